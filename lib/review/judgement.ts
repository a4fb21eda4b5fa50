import { addTo } from "./add-to";
import type { Answer } from "./compare";
import type { Compared } from "./access";
import { impactOf } from "./judged";
import type { Finding } from "./finding";
import type { GateFinding } from "./gate/finding";
import { escalationIn, gateFindings } from "./gate/findings";
import type { WaitingWitness } from "./partial-answers";
import type { ResourceDifference } from "./plan/difference";
import type {
  ReportAccess,
  ReportAnswer,
  ReportItem,
  ReportRow,
  ReportWitness,
} from "./report/report";
import { reportRows, requestOf } from "./report/rows";
import { combine, type Impact, noImpact, verdictOf } from "./verdict";

function reportWitness(witness: WaitingWitness, { documents }: Compared): ReportWitness {
  const { waitsFor } = witness;
  const { side, list, document, sid, effect } = witness.statement;
  const held = documents(side, list)[document];
  const [address, policy] = [held?.from?.address, held?.policy];
  return {
    ...requestOf(witness),
    ...(waitsFor === undefined ? {} : { waitsFor }),
    statement: {
      sid,
      effect,
      ...(address === undefined ? {} : { address }),
      ...(policy === undefined ? {} : { policy }),
    },
  };
}

function reportAnswer(answer: Answer, compared: Compared): ReportAnswer {
  return answer.answer === "yes"
    ? {
        answer: "yes",
        witnesses: answer.witnesses.map((witness) => reportWitness(witness, compared)),
      }
    : answer;
}

/** The access of an identity, or of whoever has its policies; undefined for that of another resource. */
function reportAccess(compared: Compared, impact: Impact): ReportAccess | undefined {
  const { kind, name, account, gained, lost } = compared;
  if (kind === "resource policy" || kind === "identity policy" || kind === "handed role") {
    return undefined;
  }
  return {
    kind,
    name,
    ...(account === undefined ? {} : { account }),
    verdict: verdictOf(impact),
    gained: reportAnswer(gained.answer, compared),
    lost: reportAnswer(lost.answer, compared),
  };
}

/** Indexes the comparisons by the resources that take part, and by the names of users. */
function indexed(compared: readonly Compared[]): (finding: Finding) => readonly Compared[] {
  const lists = new Map<ResourceDifference | string, Set<Compared>>();
  for (const one of compared) {
    if (one.item !== undefined) continue;
    if (one.kind === "user") addTo(lists, one.name, one);
    for (const resource of one.resources) addTo(lists, resource, one);
  }
  const isTrust = (kind: string): boolean => kind === "trust policy";
  return ({ user, resource, item }) =>
    [...(lists.get(user ?? resource) ?? [])].filter(
      (one) => one.resources.has(resource) && isTrust(one.kind) === isTrust(item.kind),
    );
}

/** The verdict on a plan, and its parts. */
export interface Judgement {
  readonly impact: Impact;
  readonly rows: readonly ReportRow[];
  readonly access: readonly ReportAccess[];
  readonly items: readonly ReportItem[];
  readonly findings: readonly GateFinding[];
}

const unknown: Impact = { ...noImpact, unknown: true };

/** An item with its verdict. Public access comes first. */
function judgedItem(item: Finding["item"], impact: Impact, isPublic: boolean): ReportItem {
  const publicly = isPublic ? ["Anybody in the world gains access."] : [];
  return { ...item, reasons: [...publicly, ...item.reasons], verdict: verdictOf(impact) };
}

/**
 * The verdict on a plan. A finding about documents of identities has its impact on all of these
 * identities; another one cannot be compared.
 *
 * @param never patterns of actions that no plan may newly allow
 */
export function judge(
  compared: readonly Compared[],
  findings: readonly Finding[],
  never: readonly string[],
): Judgement {
  const impacts = new Map(compared.map((one) => [one, impactOf(one)]));
  const concerned = indexed(compared);
  const apart: (readonly [Finding, Impact])[] = [];
  const items = findings.map((finding): ReportItem => {
    const about = finding.isCompared === true ? concerned(finding) : [];
    const own = about.map((one) => impacts.get(one) ?? unknown);
    const impact = own.length === 0 ? (finding.impact ?? unknown) : combine(own);
    if (own.length === 0) apart.push([finding, impact]);
    return judgedItem(finding.item, impact, finding.isPublic === true);
  });
  const ofCompared = [...impacts].flatMap(([{ item, isPublic }, impact]) =>
    item === undefined ? [] : [judgedItem(item, impact, isPublic === true)],
  );
  const changed = [...impacts]
    .filter(([{ isSame }]) => !isSame)
    .map(([one, impact]) => [one, impact, escalationIn(one)] as const);
  const judged = { compared: changed, apart };
  return {
    impact: combine([...impacts, ...apart].map(([, impact]) => impact)),
    findings: gateFindings(judged, never),
    rows: reportRows(judged),
    access: changed.flatMap(([one, impact]) => reportAccess(one, impact) ?? []),
    items: [...items, ...ofCompared],
  };
}
