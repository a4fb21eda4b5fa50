import type { Content } from "../compare";
import type { Partial } from "../plan/held-document";
import type { PlannedDocuments } from "../plan/planned-documents";
import type { ResourceDifference, Side } from "../plan/difference";
import { textOf } from "../plan/value";
import { isSameAt, valuesAt } from "./values";

/** A policy, with the known part of one that is not completely known. */
export interface PolicyValue {
  readonly policy: Content;
  readonly partial?: Partial | undefined;
}

/** Reads the policy that an argument is on one side; undefined if there is none. */
export type ReadPolicy = (
  resource: ResourceDifference,
  path: string,
  side: Side,
) => PolicyValue | undefined;

/** A resource of API Gateway in short: AWS puts the ARN of the API in front. */
const inFull = (text: string): string =>
  text.replaceAll('"execute-api:/', '"arn:*:execute-api:*:*:*/');

/** The name of a policy that cannot be read: the same on both sides if it does not change. */
const unreadName = (resource: ResourceDifference, path: string, side: Side): string =>
  isSameAt(resource, path)
    ? `${path} of ${resource.address}`
    : `${path} of ${resource.address}, ${side}`;

/** Reads policies as the plan shows them, whole or in part. */
export const policyReader =
  (texts: PlannedDocuments): ReadPolicy =>
  (resource, path, side) => {
    const [value] = valuesAt(resource, side, path);
    if (value === undefined) return undefined;
    const text = textOf(value);
    const read = text === undefined ? undefined : resource.texts.read(inFull(text), "resource");
    if (read !== undefined && typeof read !== "string") return { policy: read };
    const isTop = value.kind === "unknown" && !path.includes(".");
    const held = isTop ? texts.held(resource, path, side, "resource") : undefined;
    return {
      policy: { unknown: unreadName(resource, path, side) },
      partial: held?.partial,
    };
  };
