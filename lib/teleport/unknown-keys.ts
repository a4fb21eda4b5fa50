import { nearest } from "../text/nearest";
import { plainOrQuoted, quoted } from "../text/visible-text";
import type { Configuration } from "./configuration";
import type { Keys } from "./known-keys";
import type { Section } from "./section";
import { isItems, isMapping, type Node } from "./tree";

/** More unknown keys than this are counted only. */
const MOST = 20;

function pathsOf(keys: Keys): string[][] {
  if (keys === "any") return [];
  return Object.entries(keys).flatMap(([key, inner]) => [
    [key],
    ...pathsOf(inner).map((path) => [key, ...path]),
  ]);
}

/**
 * The key that is meant: one of the same mapping (`awsDatabases` for `aws`, `static_labels` for
 * `labels`), or the only path with the same steps (`annotations.serviceAccount`, `aws.assume_role_arn`).
 */
function meant(parent: readonly string[], key: string, siblings: Keys, known: Keys) {
  const names = Object.keys(siblings);
  const near = names.find((each) => key.length > 2 && each.includes(key)) ?? nearest(key, names);
  if (near !== undefined) return near;
  const steps = [...parent.map((step) => step.replace("[]", "")), key];
  const paths = pathsOf(known).filter((path) => steps.every((step) => path.includes(step)));
  return paths.length === 1 ? paths[0]?.join(".") : undefined;
}

/**
 * Warns of keys that a section should not have, with what is meant instead, at every level; of each key
 * once, however many aliases lead to it.
 *
 * @param name the section's name in messages
 */
export function warnOfUnknownKeys(
  { root }: Section,
  known: Keys,
  configuration: Configuration,
  name = "The file",
): void {
  const unknown = new Set<Node>();
  const visit = ({ content }: Node, keys: Keys, parent: readonly string[]): void => {
    if (keys === "any") return;
    if (isItems(content)) for (const item of content) visit(item, keys, parent);
    if (!isMapping(content)) return;
    for (const [key, value] of content) {
      const own = Object.hasOwn(keys, key) ? keys[key] : undefined;
      const step = isItems(value.content) ? `${key}[]` : key;
      if (own !== undefined) visit(value, own, [...parent, step]);
      else if (!unknown.has(value) && unknown.add(value).size <= MOST) {
        const hint = meant(parent, key, keys, known);
        const owner = parent.length === 0 ? name : parent.map(plainOrQuoted).join(".");
        const question = hint === undefined ? "" : ` Did you mean ${quoted(hint)}?`;
        const text = `${owner} has an unknown key ${quoted(key)}, which is not read.${question}`;
        configuration.warn(value.key ?? value.place, text);
      }
    }
  };
  visit(root, known, []);
  const more = [...unknown][MOST];
  if (more === undefined) return;
  configuration.warn(
    more.key ?? more.place,
    `${String(unknown.size - MOST)} more unknown keys follow.`,
  );
}
