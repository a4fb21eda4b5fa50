import type { Compared } from "../access";
import type { CarrierFinding } from "../carriers";
import { type Content, ReadDocument, type Statement, type Witness } from "../compare";
import type { UnknownDocument } from "../compare/statement";
import type { Finding } from "../finding";
import type { HeldDocument } from "../plan/held-document";
import { type Impact, verdictOf } from "../verdict";
import { escalationsByPattern, escalationsOf } from "./escalation";
import type { GateFinding } from "./finding";
import { fingerprint } from "./fingerprint";
import { overlap } from "./overlap";

/** The actions of a statement, as patterns that match at least as much. */
const patternsOf = (statement: Statement | undefined): readonly string[] =>
  statement === undefined || statement.actions.except ? ["*"] : statement.actions.texts;

const isUnknown = (content: Content): content is UnknownDocument => "unknown" in content;

/** The statement of a witness, read as far as the plan shows it. */
function statementOf({ documents }: Compared, witness: Witness): Statement | undefined {
  const { side, list, document, statement, sid } = witness.statement;
  const held = documents(side, list)[document];
  if (held === undefined) return undefined;
  const contents = [held.partial?.read("most"), held.read()].map((content) =>
    content !== undefined && isUnknown(content) ? content.document : content,
  );
  for (const content of contents) {
    if (!(content instanceof ReadDocument)) continue;
    const own = content.statements.find((one) => one.index === statement && one.sid === sid);
    if (own !== undefined) return own;
  }
  return undefined;
}

/** A document as it counts for a fingerprint. */
const textOf = ({ key, partial, read }: HeldDocument): unknown => {
  const content = read();
  const known = content instanceof ReadDocument ? content.statements : {};
  return [key, known, partial?.read("most"), partial?.read("least"), partial?.waitsFor];
};

/** Whether a document is hidden because it is sensitive. */
const isHidden = ({ from }: HeldDocument): boolean => from?.shownChange.isHiding(/policy/) === true;

const grantText = ({ effect, actions, resources, principals, isTrust }: Statement): string => {
  const list = ({ except, texts }: Statement["actions"]): string =>
    `${except ? "everything except " : ""}${texts.join(", ")}`;
  const to = isTrust
    ? `for ${principals.map(({ name }) => name).join(", ")}`
    : `on ${list(resources)}`;
  return `${effect === "Deny" ? "a Deny ends of " : ""}${list(actions)} ${to}`;
};

/** Keys whose value tells callers apart by an account or organisation. */
const OF_CALLERS =
  /^aws:(principal(account|arn|orgid|orgpaths)|source(account|arn|orgid|orgpaths|owner))$/i;

/** Whether a statement of a trust policy lets anybody in the world assume the role. */
const isOpen = ({ principals, notPrincipals, conditions }: Statement): boolean =>
  (notPrincipals !== undefined || principals.some(({ name }) => name === "*")) &&
  !conditions.some(
    ({ operator, key, values }) =>
      /^(String|Arn)(Equals|Like|EqualsIgnoreCase)$/i.test(operator) &&
      OF_CALLERS.test(key) &&
      values.every((value) => !/^[*?]+$/.test(value)),
  );

/** A finding about somebody's access. */
function ofCompared(compared: Compared, impact: Impact, never: readonly string[]): GateFinding {
  const { kind, name, account, gained, questions } = compared;
  const { answer } = gained;
  const witnesses = answer.answer === "yes" ? answer.witnesses : [];
  const statements = witnesses.map((witness) => statementOf(compared, witness));
  const patterns = [...new Set(statements.flatMap(patternsOf))];
  const isUndecided = answer.answer === "undecided";
  const isTrust = kind === "trust policy";
  const both = (["before", "after"] as const).map((side) =>
    (isTrust ? (["trust"] as const) : (["policies", "boundary"] as const)).map((list) =>
      compared.documents(side, list),
    ),
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
    ...(both.flat(2).some(isHidden)
      ? {}
      : {
          fingerprint: fingerprint([
            kind,
            name,
            account,
            impact,
            both.map((lists) => lists.map((list) => list.map(textOf))),
          ]),
        }),
    text: `${kind} ${name}${where}: ${says}`,
    isPublic:
      isTrust && (isUndecided || statements.some((one) => one === undefined || isOpen(one))),
    escalation:
      isTrust || answer.answer === "no"
        ? []
        : isUndecided
          ? [`undecided: ${answer.reason}`]
          : escalationsOf(patterns, questions),
    isForbidden:
      never.length > 0 &&
      (isTrust
        ? answer.answer !== "no" &&
          (isUndecided ? ["sts:*"] : patterns).some((one) =>
            never.some((other) => overlap(one, other)),
          )
        : questions.gains(never).answer !== "no"),
  };
}

/** A finding about a resource that carries access. */
function ofCarrier(
  { resource, kind, subject, isPublic, gained, lost, reasons }: CarrierFinding,
  impact: Impact,
  never: readonly string[],
): GateFinding {
  // A grant that does not name its actions may give any.
  const patterns = gained.flatMap(({ actions }) =>
    actions.length === 0 && kind === "grant" ? ["*"] : actions,
  );
  const open = gained.length === 0 && impact.broadens ? ["*"] : patterns;
  const { values, isHiding } = resource.shownChange;
  const mayHide = impact.unknown || gained.length === 0;
  return {
    ...impact,
    ...(mayHide && isHiding(/./)
      ? {}
      : {
          fingerprint: fingerprint([
            resource.address,
            kind,
            subject,
            impact,
            isPublic,
            gained,
            lost,
            reasons,
            values,
          ]),
        }),
    text: `${subject}: ${gained.length > 0 ? `gained by ${gained.map(({ who, what }) => `${who}: ${what}`).join("; ")}` : [verdictOf(impact), ...reasons].join(". ")}`,
    isPublic: isPublic || impact.unknown,
    escalation: impact.unknown
      ? [`undecided: ${reasons[0] ?? "it is not compared"}`]
      : open.includes("*")
        ? [`gain what ${resource.type} gives`]
        : escalationsByPattern(open),
    isForbidden:
      never.length > 0 &&
      (impact.unknown || open.some((one) => never.some((other) => overlap(one, other)))),
  };
}

/** A finding that is told by itself. */
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

/** What a plan consists of, each part with its impact. */
export interface Judged {
  readonly compared: readonly (readonly [Compared, Impact])[];
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
    ...compared.map(([one, impact]) => ofCompared(one, impact, never)),
    ...carriers.map(([one, impact]) => ofCarrier(one, impact, never)),
    ...apart.map(([one, impact]) => ofItem(one, impact, never)),
  ].filter(isImpact);
}
