/** The statements by which somebody gains or loses, as far as the plan shows them. */
import type { Compared } from "../access";
import { type Content, ReadDocument, type Statement, type Witness } from "../compare";
import { isUnknown } from "../compare/statement";
import type { Side } from "../plan/difference";
import type { HeldDocument } from "../plan/held-document";

/** True if it is about policies of a resource, which name their principals. */
export const hasPrincipals = ({ kind }: Compared): boolean =>
  kind === "trust policy" || kind === "resource policy";

/** The contents of a document, the one that allows most first. */
const contentsOf = ({ partial, read }: HeldDocument): (Content | undefined)[] =>
  [partial?.read("most"), read()].map((content) =>
    content !== undefined && isUnknown(content) ? content.document : content,
  );

/** The statement of a witness; undefined if the plan does not show it. */
export function statementOf({ documents }: Compared, witness: Witness): Statement | undefined {
  const { side, list, document, statement, sid } = witness.statement;
  const held = documents(side, list)[document];
  for (const content of held === undefined ? [] : contentsOf(held)) {
    if (!(content instanceof ReadDocument)) continue;
    const own = content.statements.find((one) => one.index === statement && one.sid === sid);
    if (own !== undefined) return own;
  }
  return undefined;
}

/** The statements that cause a gain, one for each request; undefined if the plan does not show one. */
export function gainedBy(compared: Compared): (Statement | undefined)[] {
  const { answer } = compared.gained;
  const witnesses = answer.answer === "yes" ? answer.witnesses : [];
  return witnesses.map((witness) => statementOf(compared, witness));
}

/** All statements of the policies of one side, as far as they can be read. */
export const statementsOf = ({ documents }: Compared, side: Side): Statement[] =>
  documents(side, "policies")
    .map(({ read }) => read())
    .flatMap((content) => (content instanceof ReadDocument ? content.statements : []));

/** The actions of a statement, as patterns that match at least as much. */
export const patternsOf = (statement: Statement | undefined): readonly string[] =>
  statement === undefined || statement.actions.except ? ["*"] : statement.actions.texts;
