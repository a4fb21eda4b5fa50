import type { Compared } from "../access";
import type { CarrierAccess, CarrierFinding } from "../carriers";
import type { Statement } from "../compare";
import type { Finding } from "../finding";
import type { HeldDocument } from "../plan/held-document";
import { grantOf } from "../report/statement-differences";
import { type Impact, verdictOf } from "../verdict";
import { type Escalation, escalationsByPattern, escalationsOf } from "./escalation";
import type { GateFinding } from "./finding";
import { fingerprint } from "./fingerprint";
import { overlap } from "./overlap";
import { isOpen, patternsOf, statementOf } from "./witnessed";

/** A document as it counts for a fingerprint. Its text is its key, but for policies that are not the plan's. */
const textOf = ({ key, policy, partial, read }: HeldDocument): unknown => [
  ...[key, policy === undefined ? {} : read()],
  ...[partial?.read("most"), partial?.read("least"), partial?.waitsFor],
];

/**
 * True if nothing is known of a document of the plan: of two such, nobody can tell that they are
 * the same.
 */
const isBlank = ({ from, key, partial, read }: HeldDocument): boolean => {
  if (from === undefined || partial !== undefined) return false;
  const content = read();
  return "unknown" in content && key === `unseen ${content.unknown}`;
};

/**
 * True if the change between two lists of documents is hidden: it is sensitive, or not known at
 * all.
 */
function isHidden(before: readonly HeldDocument[], after: readonly HeldDocument[]): boolean {
  const count = new Map<string, number>();
  for (const key of [before, after].flatMap((list) => [...new Set(list.map((one) => one.key))])) {
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  return [...before, ...after].some(
    (one) =>
      one.from?.shownChange.isHiding(/policy/) === true ||
      (count.get(one.key) === 1 && isBlank(one)),
  );
}

const grantText = ({ effect, actions, resources, principals, isTrust }: Statement): string => {
  const list = ({ except, texts }: Statement["actions"]): string =>
    `${except ? "everything except " : ""}${texts.join(", ")}`;
  const to = isTrust
    ? `for ${principals.map(({ name }) => name).join(", ")}`
    : `on ${list(resources)}`;
  return `${effect === "Deny" ? "a Deny ends of " : ""}${list(actions)} ${to}`;
};

/** The statements that cause a gain, one for each request; undefined if the plan does not show one. */
function gainedBy(compared: Compared): (Statement | undefined)[] {
  const { answer } = compared.gained;
  const witnesses = answer.answer === "yes" ? answer.witnesses : [];
  return witnesses.map((witness) => statementOf(compared, witness));
}

/** The ways to get more permissions that somebody gains, or may. */
export function escalationIn(compared: Compared): Escalation[] {
  const { kind, gained, questions } = compared;
  const { answer } = gained;
  if (kind === "trust policy" || answer.answer === "no") return [];
  if (answer.answer === "undecided") {
    return [{ says: `undecided: ${answer.reason}`, actions: [] }];
  }
  return escalationsOf([...new Set(gainedBy(compared).flatMap(patternsOf))], questions);
}

/** A finding about somebody's access. */
function ofCompared(
  compared: Compared,
  impact: Impact,
  escalation: readonly Escalation[],
  never: readonly string[],
): GateFinding {
  const { kind, name, account, gained, questions } = compared;
  const { answer } = gained;
  const statements = gainedBy(compared);
  const isUndecided = answer.answer === "undecided";
  const isTrust = kind === "trust policy";
  const lists = isTrust ? (["trust"] as const) : (["policies", "boundary"] as const);
  const both = lists.map((list) =>
    (["before", "after"] as const).map((side) => compared.documents(side, list)),
  );
  const what = statements.flatMap((statement) => (statement ? grantText(statement) : []));
  const where = account === undefined ? "" : ` in ${account}`;
  const says = isUndecided
    ? `undecided, because ${answer.reason}`
    : what.length > 0
      ? `gains ${[...new Set(what)].join("; ")}`
      : verdictOf(impact);
  return {
    ...impact,
    ...(both.some(([before = [], after = []]) => isHidden(before, after))
      ? {}
      : {
          fingerprint: fingerprint([
            kind,
            name,
            account,
            impact,
            both.map((sides) => sides.map((list) => list.map(textOf))),
          ]),
        }),
    text: `${kind} ${name}${where}: ${says}`,
    isPublic:
      isTrust && (isUndecided || statements.some((one) => one === undefined || isOpen(one))),
    escalation: escalation.map((one) => one.says),
    isForbidden:
      never.length > 0 &&
      (isTrust
        ? answer.answer !== "no" &&
          (isUndecided ? ["sts:*"] : statements.flatMap(patternsOf)).some((one) =>
            never.some((other) => overlap(one, other)),
          )
        : questions.gains(never).answer !== "no"),
  };
}

/** The parts of an access that a fingerprint includes. */
const accessText = ({ statement, ...rest }: CarrierAccess): unknown => [
  rest,
  statement && grantOf(statement),
];

/** A finding about a resource that carries access. */
function ofCarrier(finding: CarrierFinding, impact: Impact, never: readonly string[]): GateFinding {
  const { resource, kind, subject, isPublic, gained, lost, reasons } = finding;
  // A grant that does not name its actions may give any.
  const patterns = gained.flatMap(({ actions }) =>
    actions.length === 0 && kind === "grant" ? ["*"] : actions,
  );
  const open = gained.length === 0 && impact.broadens ? ["*"] : patterns;
  const { values, isHiding } = resource.shownChange;
  const isSensitive = (impact.unknown || gained.length === 0) && isHiding(/./);
  const isUnseen =
    impact.unknown &&
    kind.endsWith("policy") &&
    resource.changedAttributes.some((name) => name.includes("polic") && resource.hasUnknown(name));
  return {
    ...impact,
    ...(isSensitive || isUnseen
      ? {}
      : {
          fingerprint: fingerprint([
            ...[resource.address, kind, subject, impact, isPublic],
            ...[gained.map(accessText), lost.map(accessText), reasons, values],
          ]),
        }),
    text: `${subject}: ${gained.length > 0 ? `gained by ${gained.map(({ who, what }) => `${who}: ${what}`).join("; ")}` : [verdictOf(impact), ...reasons].join(". ")}`,
    isPublic: isPublic !== false || impact.unknown,
    escalation: impact.unknown
      ? [`undecided: ${reasons[0] ?? "it is not compared"}`]
      : open.includes("*")
        ? [`gain what ${resource.type} gives`]
        : escalationsByPattern(open).map(({ says }) => says),
    isForbidden:
      never.length > 0 &&
      (impact.unknown || open.some((one) => never.some((other) => overlap(one, other)))),
  };
}

/** A finding outside of the compared access. */
function ofItem(
  { resource, item }: Finding,
  impact: Impact,
  never: readonly string[],
): GateFinding {
  const { values, isHiding } = resource.shownChange;
  const isMore = impact.unknown || impact.broadens;
  return {
    ...impact,
    ...(isHiding(/./) ? {} : { fingerprint: fingerprint([item, impact, values]) }),
    text: `${item.address}: ${[item.kind, ...item.reasons].join(". ")}`,
    isPublic: isMore,
    escalation: isMore ? ["undecided: it is not compared"] : [],
    isForbidden: never.length > 0 && isMore,
  };
}

/** The parts of a plan, each with its impact. */
export interface Judged {
  readonly compared: readonly (readonly [Compared, Impact, readonly Escalation[]])[];
  readonly apart: readonly (readonly [Finding, Impact])[];
  readonly carriers: readonly (readonly [CarrierFinding, Impact])[];
}

const isImpact = ({ broadens, narrows, unknown }: Impact): boolean =>
  broadens || narrows || unknown;

/**
 * The findings of a plan as a gate judges them, each by itself.
 *
 * @param never patterns of actions that no plan may newly allow
 */
export function gateFindings(
  { compared, apart, carriers }: Judged,
  never: readonly string[],
): GateFinding[] {
  return [
    ...compared.map(([one, impact, escalation]) => ofCompared(one, impact, escalation, never)),
    ...carriers.map(([one, impact]) => ofCarrier(one, impact, never)),
    ...apart.map(([one, impact]) => ofItem(one, impact, never)),
  ].filter(isImpact);
}
