import { actionOf } from "./action";
import { expressionsOf } from "./configuration";
import type { Plan, ResourceChange } from "./plan";
import { textOf, type Value, valueAt } from "./value";

/** The references of an expression, each cut to the resource or object that it begins with. */
function referencesOf(expression: unknown): string[] {
  if (typeof expression !== "object" || expression === null || !("references" in expression)) {
    return [];
  }
  const { references } = expression;
  if (!Array.isArray(references)) return [];
  return references.map((reference) => /^[^.[]*(\.[\w-]+)?/.exec(String(reference))?.[0] ?? "");
}

/**
 * The policy of an attachment whose policy is replaced: a new ARN, but the same policy to a reader,
 * whose document is compared by itself.
 *
 * It is recognised only where nothing else is possible: the attachment refers to one resource and to
 * keys of its own, that resource has one instance, and the attachment had that instance before.
 */
export function replacedPolicy(
  attachment: ResourceChange,
  changes: readonly ResourceChange[],
  plan: Plan,
): Value | undefined {
  const before = valueAt(attachment, "before", ["policy_arn"]);
  const references = new Set(referencesOf(expressionsOf(plan, attachment)?.policy_arn));
  const resources = [...references].filter((name) => !/^(each|count)\./.test(name));
  const instances = changes.filter(
    (change) =>
      change.module_address === attachment.module_address &&
      `${change.type}.${change.name}` === resources[0] &&
      actionOf(change) !== "delete",
  );
  const [policy] = instances;
  return resources.length === 1 &&
    instances.length === 1 &&
    policy?.type === "aws_iam_policy" &&
    actionOf(policy) === "replace" &&
    textOf(before) !== undefined &&
    textOf(before) === textOf(valueAt(policy, "before", ["arn"]))
    ? before
    : undefined;
}
