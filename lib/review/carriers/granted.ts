import type { Witness } from "../compare";
import type { Entries, Statement } from "../compare/statement";
import { CALLER } from "../compare/callers";
import type { CarrierAccess, ExampleRequest } from "./finding";
import { principalOf } from "../compare/resource-access";

/** `s3:GetObject, s3:PutObject`, or `everything except …`. */
const listed = ({ except, texts }: Entries): string =>
  `${except ? "everything except " : ""}${texts.join(", ")}`;

/** `s3:GetObject on arn:aws:s3:::logs/*`. */
const patternOf = ({ actions, resources }: Statement): string =>
  `${listed(actions)} on ${listed(resources)}`;

/** The request of a witness as it is shown: its context does not contain the caller. */
function exampleOf(witness: Witness): ExampleRequest {
  const { action, resource, context } = witness;
  const { [CALLER]: caller, ...others } = context;
  return {
    action,
    ...(resource === undefined ? {} : { resource }),
    ...(caller === undefined ? {} : { principal: principalOf(witness) }),
    context: others,
  };
}

/**
 * Describes a gain or loss by a statement.
 *
 * @param statement the statement that grants it; undefined for access without a policy
 * @param address of the resource that has the policy
 */
export function describeGrant(
  witness: Witness,
  statement: Statement | undefined,
  address: string,
  isPublic: boolean,
): CarrierAccess {
  const about = { by: { address, sid: witness.statement.sid }, example: exampleOf(witness) };
  if (statement === undefined || statement.unknown !== undefined) {
    return {
      ...about,
      who: principalOf(witness),
      what: statement === undefined ? "what is allowed without a policy" : witness.action,
      actions: ["*"],
    };
  }
  const { effect, principals, actions } = statement;
  const names = principals.map(({ name }) => name);
  const everyone = isPublic ? "anyone" : "anyone who meets its condition";
  const who = names.includes("*") ? everyone : names.join(", ");
  const pattern = patternOf(statement);
  return {
    ...about,
    who: effect === "Deny" ? principalOf(witness) : who,
    what: effect === "Deny" ? `what a Deny took: ${pattern}` : pattern,
    actions: actions.except ? ["*"] : actions.texts,
    ...(effect === "Allow" ? { statement } : {}),
  };
}
