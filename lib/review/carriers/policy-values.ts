import { isObject } from "../../text/json";
import type { ResourceDifference, Side } from "../plan/difference";
import { textOf } from "../plan/value";
import type { ResourcePolicy } from "./resource-access";
import { isSameAt, valuesAt } from "./values";

/** Reads the policy that an argument is on one side; undefined if there is none. */
export type ReadPolicy = (
  resource: ResourceDifference,
  path: string,
  side: Side,
) => ResourcePolicy | undefined;

/** ARNs of API Gateway in short: AWS puts the API's own in front. */
const SHORT = /^execute-api:\//;

/** Resources of a statement with ARNs in full. */
function inFull(statement: unknown): unknown {
  if (!isObject(statement)) return statement;
  const long = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(long);
    return typeof value === "string" ? value.replace(SHORT, "arn:*:execute-api:*:*:*/") : value;
  };
  return Object.fromEntries(
    Object.entries(statement).map(([name, value]) =>
      /^(Not)?Resource$/.test(name) ? [name, long(value)] : [name, value],
    ),
  );
}

/** A text as a policy, or undefined if it is not JSON of one. */
function parsePolicy(text: string): object | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(content) || !text.includes("execute-api:/")) {
    return isObject(content) ? content : undefined;
  }
  const { Statement: statements } = content;
  return {
    ...content,
    Statement: Array.isArray(statements) ? statements.map(inFull) : inFull(statements),
  };
}

/** The name of a policy that cannot be read. */
export const unreadName = (resource: ResourceDifference, path: string, side: Side): string =>
  isSameAt(resource, path)
    ? `${path} of ${resource.address}`
    : `${path} of ${resource.address}, ${side}`;

/** Reads what the plan shows as text; anything else is unknown, and the same if it does not change. */
export const readPolicyText: ReadPolicy = (resource, path, side) => {
  const [value] = valuesAt(resource, side, path);
  if (value === undefined) return undefined;
  const text = textOf(value);
  const policy = text === undefined ? undefined : parsePolicy(text);
  return policy ?? { unknown: unreadName(resource, path, side) };
};
