import { isObject } from "../../text/json";
import type { Witness } from "../compare";
import { CALLER } from "./callers";
import type { CarrierAccess, ExampleRequest } from "./finding";
import { principalOf, type ResourcePolicy } from "./resource-access";

const listOf = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const textsOf = (value: unknown): string[] =>
  listOf(value).filter((text) => typeof text === "string");

/** The statement at a place of a policy, as JSON. */
function statementAt(policy: ResourcePolicy | undefined, index: number): Record<string, unknown> {
  const content = policy !== undefined && "document" in policy ? policy.document : policy;
  if (!isObject(content)) return {};
  const statement = listOf(content.Statement)[index];
  return isObject(statement) ? statement : {};
}

/** `s3:GetObject, s3:PutObject on arn:aws:s3:::logs/*`. */
function patternOf(statement: Record<string, unknown>): string {
  const { Action: actions, NotAction: notActions } = statement;
  const { Resource: resources, NotResource: notResources } = statement;
  const doing =
    notActions === undefined
      ? textsOf(actions).join(", ")
      : `everything except ${textsOf(notActions).join(", ")}`;
  const on =
    notResources === undefined
      ? textsOf(resources).join(", ")
      : `everything except ${textsOf(notResources).join(", ")}`;
  return on === "" ? doing : `${doing} on ${on}`;
}

/** The principals of a statement as it names them; undefined if that says nothing. */
function principalsOf({ Principal: principal }: Record<string, unknown>): string[] | undefined {
  if (principal === "*") return ["*"];
  if (!isObject(principal)) return undefined;
  return Object.values(principal).flatMap(textsOf);
}

/** The request of a witness as it is shown: who sends it is no key of its context. */
export function exampleOf(witness: Witness): ExampleRequest {
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
 * Who gains or loses by a statement, and what.
 *
 * @param policy the policy that has the statement; undefined for a default
 * @param address of the resource that has the policy
 */
export function describeGrant(
  witness: Witness,
  policy: ResourcePolicy | undefined,
  address: string,
  isPublic: boolean,
): CarrierAccess {
  const { statement } = witness;
  const content = statementAt(policy, statement.statement);
  const named = statement.effect === "Allow" ? principalsOf(content) : undefined;
  const isEveryone = named?.includes("*") === true;
  const everyone = isPublic ? "anyone" : "anyone who meets the condition";
  const who = isEveryone ? everyone : (named?.join(", ") ?? principalOf(witness));
  const pattern = patternOf(content);
  const actions = textsOf(content.Action);
  return {
    who,
    what:
      pattern === ""
        ? "what is allowed without a policy"
        : statement.effect === "Deny"
          ? `what a Deny took: ${pattern}`
          : pattern,
    actions: actions.length === 0 ? [witness.action] : actions,
    by: { address, sid: statement.sid },
    example: exampleOf(witness),
  };
}
