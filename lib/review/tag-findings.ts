import { isObject } from "../text/json";
import { type ResourceDifference, SIDES } from "./plan/difference";
import type { Value } from "./plan/value";

/** Where documents of IAM stand in the resources that are compared. */
const DOCUMENTS = ["policy", "assume_role_policy", "inline_policy"] as const;

/** The tags that documents ask a caller for, in small letters: condition keys have no case. */
function tagsAskedFor(resources: readonly ResourceDifference[]): ReadonlySet<string> {
  const values = resources.flatMap((resource) =>
    DOCUMENTS.flatMap((attribute) => SIDES.map((side) => resource.value(side, attribute))),
  );
  const text = values.map((value) => (value.kind === "known" ? JSON.stringify(value.value) : ""));
  const keys = text.join("\n").matchAll(/aws:PrincipalTag\/([^"\\},]+)/gi);
  return new Set([...keys].map(([, key = ""]) => key.toLowerCase()));
}

const tagsOf = (value: Value): Readonly<Record<string, unknown>> =>
  value.kind === "known" && isObject(value.value) ? value.value : {};

/** The tags of a role or user that change; undefined where the plan does not tell which. */
function changedTags(resource: ResourceDifference): readonly string[] | undefined {
  const sides = ["tags", "tags_all"].map((attribute) => resource.attribute(attribute));
  const [tags] = sides.filter(({ isSame }) => !isSame);
  if (tags === undefined) return [];
  const { before, after } = tags;
  if ([before, after].some(({ kind }) => kind === "unknown" || kind === "sensitive")) {
    return undefined;
  }
  const [old, next] = [tagsOf(before), tagsOf(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])].filter(
    (key) => old[key] !== next[key],
  );
}

/**
 * Why a change of the tags of a role or user can affect access, by resource: documents can ask for the
 * tags of who calls.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltag
 */
export function tagsThatCount(
  resources: readonly ResourceDifference[],
): readonly (readonly [ResourceDifference, string])[] {
  const changed = resources.flatMap((resource) => {
    const isTagged = /^aws_iam_(role|user)$/.test(resource.type);
    if (!isTagged || !["update", "replace"].includes(resource.action)) return [];
    const tags = changedTags(resource);
    return tags?.length === 0 ? [] : [[resource, tags] as const];
  });
  if (changed.length === 0) return [];
  const askedFor = tagsAskedFor(resources);
  return changed.flatMap(([resource, tags]) => {
    const [counts] = (tags ?? [...askedFor]).filter((tag) => askedFor.has(tag.toLowerCase()));
    if (counts === undefined) return [];
    const what = tags === undefined ? "tags change" : `tag ${counts} changes`;
    const reason = `Its ${what}, and a document of the plan asks for aws:PrincipalTag/${counts}. What hangs on that is not compared.`;
    return [[resource, reason] as const];
  });
}
