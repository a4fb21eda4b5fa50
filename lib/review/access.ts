import {
  type Access,
  type AccessComparison,
  type Answer,
  type Budget,
  compareAccess,
  compareTrust,
  type Witness,
} from "./compare";
import { combine, type Impact, noImpact } from "./comparison/impact";
import { accountOf } from "./plan/accounts";
import type { ResourceDifference, Side } from "./plan/difference";
import { type HeldDocument, heldDocument } from "./plan/held-document";
import { isSameAccess, type PlannedAccess } from "./plan/identity-access";
import { textOf } from "./plan/value";
import type { Finding } from "./finding";
import type { ReportAccess, ReportAnswer, ReportWitness } from "./report";
import { verdictOf } from "./verdict";

/** Who may do what before and after a plan, as far as it was compared. */
export interface Compared {
  readonly kind: ReportAccess["kind"];
  readonly name: string;
  readonly comparison: AccessComparison;
  /** The documents, by the lists that witnesses refer to. */
  readonly documents: (side: Side, list: Witness["statement"]["list"]) => readonly HeldDocument[];
  /** Whether something goes that no finding tells of. */
  readonly losesUnseen: boolean;
  readonly resources: ReadonlySet<ResourceDifference>;
}

const SAME: AccessComparison = { gained: { answer: "no" }, lost: { answer: "no" } };

/** A document of one side, parsed. */
interface ReadDocument {
  readonly key: string;
  readonly content: ReturnType<HeldDocument["read"]>;
}

const readAll = (documents: readonly HeldDocument[]): ReadDocument[] =>
  documents.map(({ key, read }) => ({ key, content: read() }));

const contents = (documents: readonly ReadDocument[]): ReadDocument["content"][] =>
  documents.map(({ content }) => content);

/**
 * A request that one side does not allow, as far as its documents are known, may be allowed by one that
 * is not: it may be where the statement went.
 */
function certain(
  answer: Answer,
  without: readonly ReadDocument[],
  others: readonly ReadDocument[],
): Answer {
  if (answer.answer !== "yes") return answer;
  const keys = new Set(others.map(({ key }) => key));
  for (const { key, content } of without) {
    if (!("unknown" in content) || keys.has(key)) continue;
    const reason = `it depends on ${content.unknown}, which cannot be read`;
    return { answer: "undecided", reason };
  }
  return answer;
}

/** Both answers of a comparison, as far as they are certain. */
function certainBoth(
  { gained, lost }: AccessComparison,
  before: readonly ReadDocument[],
  after: readonly ReadDocument[],
): AccessComparison {
  return { gained: certain(gained, before, after), lost: certain(lost, after, before) };
}

function comparedAccess(access: PlannedAccess, budget: Budget): Compared {
  const { kind, name, losesUnseen, resources } = access;
  const documents: Compared["documents"] = (side, list) =>
    (list === "boundary" ? access[side].boundary : access[side].policies) ?? [];
  const about = { kind, name, documents, losesUnseen, resources };
  if (isSameAccess(access)) return { ...about, comparison: SAME };
  const side = ({
    policies,
    boundary,
  }: PlannedAccess["before"]): { all: ReadDocument[]; content: Access } => {
    const [own, bounds] = [readAll(policies), boundary && readAll(boundary)];
    const content: Access = { policies: contents(own), boundary: bounds && contents(bounds) };
    return { all: [...own, ...(bounds ?? [])], content };
  };
  const [before, after] = [side(access.before), side(access.after)];
  const comparison = certainBoth(
    compareAccess(before.content, after.content, budget),
    before.all,
    after.all,
  );
  return { ...about, comparison };
}

/** Who may assume a role of the plan. */
function comparedTrust(role: ResourceDifference, budget: Budget): Compared {
  const attribute = role.attribute("assume_role_policy");
  const held = (side: Side): HeldDocument[] => {
    const document = heldDocument(role, attribute, side);
    return document === undefined ? [] : [document];
  };
  const [before, after] = [held("before"), held("after")];
  const account = accountOf(role);
  const name =
    textOf(role.value("after", "name")) ?? textOf(role.value("before", "name")) ?? role.address;
  const compared = (): AccessComparison => {
    const [old, next] = [readAll(before), readAll(after)];
    return certainBoth(
      compareTrust(old[0]?.content, next[0]?.content, { account, budget }),
      old,
      next,
    );
  };
  return {
    kind: "trust policy",
    name,
    comparison: before[0]?.key === after[0]?.key ? SAME : compared(),
    documents: (side) => (side === "before" ? before : after),
    losesUnseen: false,
    resources: new Set([role]),
  };
}

/** Compares all that a plan shows of who may do what, on one budget. */
export function comparedAccesses(
  accesses: readonly PlannedAccess[],
  resources: readonly ResourceDifference[],
  budget: Budget,
): Compared[] {
  return [
    ...accesses.map((access) => comparedAccess(access, budget)),
    ...resources
      .filter(({ type, action }) => type === "aws_iam_role" && action !== "none")
      .map((role) => comparedTrust(role, budget)),
  ];
}

const isTrust = ({ kind }: Compared): boolean => kind === "trust policy";

/** Whether a finding is of what was compared. */
const isAbout = ({ resource, item }: Finding, compared: Compared): boolean =>
  compared.resources.has(resource) && (item.kind === "trust policy") === isTrust(compared);

/**
 * What was compared, as an impact. What is undecided has the impact that its documents and attachments
 * have one by one.
 */
function impactOf({ comparison, losesUnseen }: Compared, findings: readonly Finding[]): Impact {
  const { gained, lost } = comparison;
  const apart = combine(findings.map(({ impact }) => impact));
  const isOpen = apart.unknown || findings.length === 0 || losesUnseen;
  const broadens = gained.answer === "yes" || (gained.answer === "undecided" && apart.broadens);
  const isGainOpen = gained.answer === "undecided" && !broadens;
  const isLossOpen = lost.answer === "undecided" && !apart.narrows;
  const nothingGained = gained.answer === "no";
  return {
    broadens,
    narrows:
      lost.answer === "yes" ||
      (lost.answer === "undecided" && apart.narrows) ||
      // Where nothing is gained, a loss is all that it can be.
      (isLossOpen && isOpen && nothingGained),
    unknown: isOpen && (isGainOpen || (isLossOpen && !nothingGained)),
  };
}

/**
 * The impact of a finding, corrected by what was compared of all whom it concerns: it broadens nothing
 * where nobody gains anything.
 */
function corrected(finding: Finding, about: readonly Compared[]): Finding {
  if (about.length === 0) return finding;
  const { broadens, narrows, unknown } = finding.impact;
  const mayGain = about.some(({ comparison }) => comparison.gained.answer !== "no");
  const mayLose = about.some(({ comparison }) => comparison.lost.answer !== "no");
  const impact = {
    broadens: broadens && mayGain,
    narrows: (narrows || (unknown && !mayGain)) && mayLose,
    unknown: unknown && mayGain,
  };
  const isSame = JSON.stringify(impact) === JSON.stringify(finding.impact);
  // A reason explains the impact that the finding has by itself.
  return {
    ...finding,
    impact,
    item: { ...finding.item, reasons: isSame ? finding.item.reasons : [] },
  };
}

function reportWitness(
  { action, resource, principal, withoutPermission, context, assumes, statement }: Witness,
  { documents }: Compared,
): ReportWitness {
  const { side, list, document, sid, effect } = statement;
  const address = documents(side, list)[document]?.from?.address;
  return {
    action,
    ...(resource === undefined ? {} : { resource }),
    ...(principal === undefined ? {} : { principal }),
    ...(withoutPermission === undefined ? {} : { withoutPermission }),
    context,
    assumes: assumes.map((unknown) => ({ name: unknown.name, effect: unknown.effect })),
    statement: { sid, effect, ...(address === undefined ? {} : { address }) },
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

/** What was compared, and the findings with the impact that it leaves them. */
export interface Judgement {
  readonly impact: Impact;
  readonly access: readonly ReportAccess[];
  readonly findings: readonly Finding[];
}

/** What was compared, by the resources that have a part in it, and of users by their names. */
function indexed(compared: readonly Compared[]): (finding: Finding) => readonly Compared[] {
  const lists = new Map<ResourceDifference | string, Compared[]>();
  const add = (key: ResourceDifference | string, one: Compared): void => {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [one]);
    else list.push(one);
  };
  for (const one of compared) {
    if (one.kind === "user") add(one.name, one);
    for (const resource of one.resources) add(resource, one);
  }
  return ({ user, resource }) => lists.get(user ?? resource) ?? [];
}

/** Judges findings by what was compared. */
export function judge(compared: readonly Compared[], findings: readonly Finding[]): Judgement {
  const candidates = indexed(compared);
  const own = new Map<Compared, Finding[]>(compared.map((one) => [one, []]));
  const impacts: Impact[] = [];
  const corrections = findings.map((finding) => {
    const about = candidates(finding).filter((one) => finding.isCompared && isAbout(finding, one));
    for (const one of about) own.get(one)?.push(finding);
    if (about.length === 0) impacts.push(finding.impact);
    return corrected(finding, about);
  });
  const access = compared
    .filter(({ comparison }) => comparison !== SAME)
    .map((one): ReportAccess => {
      const impact = impactOf(one, own.get(one) ?? []);
      impacts.push(impact);
      const { kind, name, comparison } = one;
      return {
        kind,
        name,
        verdict: verdictOf(impact),
        gained: reportAnswer(comparison.gained, one),
        lost: reportAnswer(comparison.lost, one),
      };
    });
  return { impact: combine([noImpact, ...impacts]), access, findings: corrections };
}
