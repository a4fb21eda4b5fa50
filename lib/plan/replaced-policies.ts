import { isObject } from "../json";
import type { ResourceDifference } from "./difference";
import { textOf, type Value } from "./value";

/** The references of an expression, each cut to the resource or object that it begins with. */
function referencesOf(expression: unknown): string[] {
  if (!isObject(expression) || !Array.isArray(expression.references)) return [];
  return expression.references.map(
    (reference) => /^[^.[]*(\.[\w-]+)?/.exec(String(reference))?.[0] ?? "",
  );
}

/**
 * The policy of an attachment whose policy is replaced: a new ARN, but the same policy to a reader,
 * whose document is compared by itself.
 *
 * It is recognised only where nothing else is possible: the attachment refers to one resource and to
 * keys of its own, that resource has one instance, and the attachment had that instance before.
 */
export function replacedPolicy(
  attachment: ResourceDifference,
  resources: readonly ResourceDifference[],
): Value | undefined {
  const before = attachment.value("before", "policy_arn");
  const references = new Set(referencesOf(attachment.expressions?.policy_arn));
  const [target, ...others] = [...references].filter((name) => !/^(each|count)\./.test(name));
  const instances = resources.filter(
    ({ moduleAddress, type, name, action }) =>
      moduleAddress === attachment.moduleAddress &&
      `${type}.${name}` === target &&
      action !== "delete",
  );
  const [policy] = instances;
  return others.length === 0 &&
    instances.length === 1 &&
    policy?.type === "aws_iam_policy" &&
    policy.action === "replace" &&
    textOf(before) !== undefined &&
    textOf(before) === textOf(policy.value("before", "arn"))
    ? before
    : undefined;
}
