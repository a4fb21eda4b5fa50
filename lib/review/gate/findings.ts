import type { Compared } from "../access";
import type { Statement } from "../compare";
import type { Finding } from "../finding";
import type { HeldDocument } from "../plan/held-document";
import { SIDES } from "../plan/difference";
import { type Impact, verdictOf } from "../verdict";
import { type Escalation, escalationsByPattern, escalationsOf } from "./escalation";
import type { GateFinding } from "./finding";
import { fingerprint } from "./fingerprint";
import { overlap } from "./overlap";
import { gainedBy, hasPrincipals, patternsOf } from "./witnessed";

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
  const all = [...before, ...after];
  return (
    all.some((one) => count.get(one.key) === 1 && isBlank(one)) ||
    [...new Set(all.map(({ from }) => from))].some(
      (from) => from?.shownChange.isHiding(/policy/) === true,
    )
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

/** The ways to get more permissions that somebody gains, or may. */
export function escalationIn(compared: Compared): Escalation[] {
  const { kind, name, gained, questions } = compared;
  const { answer } = gained;
  if (kind === "trust policy" || answer.answer === "no") return [];
  if (answer.answer === "undecided") {
    return [{ says: `undecided: ${answer.reason}`, actions: [] }];
  }
  const patterns = [...new Set(gainedBy(compared).flatMap(patternsOf))];
  if (kind !== "resource policy") return escalationsOf(patterns, questions);
  return patterns.includes("*")
    ? [{ says: `gain what the ${name} gives`, actions: [] }]
    : escalationsByPattern(patterns);
}

/** True if a gain may include some of the actions that no plan may newly allow. */
function isForbidden(compared: Compared, never: readonly string[]): boolean {
  const { kind, gained, questions } = compared;
  const { answer } = gained;
  if (never.length === 0 || answer.answer === "no") return false;
  if (!hasPrincipals(compared)) return questions.gains(never).answer !== "no";
  const any = kind === "trust policy" ? ["sts:*"] : ["*"];
  const patterns = answer.answer === "yes" ? gainedBy(compared).flatMap(patternsOf) : any;
  return patterns.some((one) => never.some((other) => overlap(one, other)));
}

/** A finding about somebody's access. */
function ofCompared(
  compared: Compared,
  impact: Impact,
  escalation: readonly Escalation[],
  never: readonly string[],
): GateFinding {
  const { kind, name, account, item, gained, isPublic, documents } = compared;
  const { answer } = gained;
  const both = (["policies", "boundary"] as const).map((list) =>
    SIDES.map((side) => documents(side, list)),
  );
  const what = gainedBy(compared).flatMap((statement) => (statement ? grantText(statement) : []));
  const where = account === undefined ? "" : ` in ${account}`;
  const says =
    answer.answer === "undecided"
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
            ...[kind, name, account, impact],
            both.map((sides) => sides.map((list) => list.map(textOf))),
            ...(item === undefined ? [] : [item]),
          ]),
        }),
    text: `${kind} ${name}${where}: ${says}`,
    isPublic: isPublic !== false || (hasPrincipals(compared) && answer.answer === "undecided"),
    escalation: escalation.map((one) => one.says),
    isForbidden: isForbidden(compared, never),
  };
}

/** A finding that is not compared. */
function ofFinding(finding: Finding, impact: Impact, never: readonly string[]): GateFinding {
  const { resource, item, isPublic = impact.broadens, gained = [], lost = [] } = finding;
  const { type, shownChange, changedAttributes } = resource;
  // A grant that does not name its actions may give any.
  const patterns = gained.flatMap(({ actions = item.kind === "grant" ? ["*"] : [] }) => actions);
  const open = gained.length === 0 && impact.broadens ? ["*"] : patterns;
  const isSensitive = (impact.unknown || gained.length === 0) && shownChange.isHiding(/./);
  const isUnseen =
    impact.unknown &&
    item.kind.endsWith("policy") &&
    changedAttributes.some((name) => name.includes("polic") && resource.hasUnknown(name));
  const says = gained.map(({ who, what }) => `${who}: ${what}`).join("; ");
  return {
    ...impact,
    ...(isSensitive || isUnseen
      ? {}
      : { fingerprint: fingerprint([item, impact, isPublic, gained, lost, shownChange.values]) }),
    text: `${item.kind} ${item.address}: ${says === "" ? [verdictOf(impact), ...item.reasons].join(". ") : `gained by ${says}`}`,
    isPublic: isPublic || impact.unknown,
    escalation: impact.unknown
      ? [`undecided: ${item.reasons[0] ?? "it is not compared"}`]
      : open.includes("*")
        ? [`gain what ${type} gives`]
        : escalationsByPattern(open).map((one) => one.says),
    isForbidden:
      never.length > 0 &&
      (impact.unknown || open.some((one) => never.some((other) => overlap(one, other)))),
  };
}

/** The parts of a plan, each with its impact. */
export interface Judged {
  readonly compared: readonly (readonly [Compared, Impact, readonly Escalation[]])[];
  readonly apart: readonly (readonly [Finding, Impact])[];
}

const isImpact = ({ broadens, narrows, unknown }: Impact): boolean =>
  broadens || narrows || unknown;

/**
 * The findings of a plan as a gate judges them, each by itself.
 *
 * @param never patterns of actions that no plan may newly allow
 */
export function gateFindings({ compared, apart }: Judged, never: readonly string[]): GateFinding[] {
  return [
    ...compared.map(([one, impact, escalation]) => ofCompared(one, impact, escalation, never)),
    ...apart.map(([one, impact]) => ofFinding(one, impact, never)),
  ].filter(isImpact);
}
