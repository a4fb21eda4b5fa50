import type { Content } from "../compare";
import type { ResourceDifference, Side } from "../plan/difference";
import { textOf } from "../plan/value";
import { isSameAt, valuesAt } from "./values";

/** Reads the policy that an argument is on one side; undefined if there is none. */
export type ReadPolicy = (
  resource: ResourceDifference,
  path: string,
  side: Side,
) => Content | undefined;

/** A resource of API Gateway in short: AWS puts the ARN of the API in front. */
const inFull = (text: string): string =>
  text.replaceAll('"execute-api:/', '"arn:*:execute-api:*:*:*/');

/** The name of a policy that cannot be read: the same on both sides if it does not change. */
const unreadName = (resource: ResourceDifference, path: string, side: Side): string =>
  isSameAt(resource, path)
    ? `${path} of ${resource.address}`
    : `${path} of ${resource.address}, ${side}`;

/** Reads what the plan shows as text. */
export const readPolicyText: ReadPolicy = (resource, path, side) => {
  const [value] = valuesAt(resource, side, path);
  if (value === undefined) return undefined;
  const text = textOf(value);
  const read = text === undefined ? undefined : resource.texts.read(inFull(text), "resource");
  return read === undefined || typeof read === "string"
    ? { unknown: unreadName(resource, path, side) }
    : read;
};
