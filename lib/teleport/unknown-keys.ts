import { nearest } from "../text/nearest";
import { plainOrQuoted, quoted } from "../text/visible-text";
import type { Configuration } from "./configuration";
import type { Keys } from "./known-keys";
import type { Section } from "./section";
import { type Entry, isItems, isMapping, type Node } from "./tree";

/** More unknown keys than this are counted only. */
const MOST = 20;

interface Unknown {
  readonly entry: Entry;
  /** The path of the mapping that has it, with `[]` for the items of lists. */
  readonly parent: readonly string[];
  readonly key: string;
  readonly siblings: readonly string[];
}

/** The unknown keys below a node, each once however many aliases lead to it. */
function unknownKeys(root: Node, known: Keys): Unknown[] {
  const found = new Map<Entry, Unknown>();
  const visit = ({ content }: Node, keys: Keys, parent: readonly string[]): void => {
    if (keys === "any") return;
    if (isItems(content)) for (const item of content) visit(item, keys, parent);
    if (!isMapping(content)) return;
    for (const [key, entry] of content) {
      const own = Object.hasOwn(keys, key) ? keys[key] : undefined;
      const step = isItems(entry.value.content) ? `${key}[]` : key;
      if (own !== undefined) visit(entry.value, own, [...parent, step]);
      else if (!found.has(entry)) {
        found.set(entry, { entry, parent, key, siblings: Object.keys(keys) });
      }
    }
  };
  visit(root, known, []);
  return [...found.values()];
}

/** The paths of all keys of a tree. */
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
function meant({ parent, key, siblings }: Unknown, known: Keys): string | undefined {
  const near =
    siblings.find((each) => key.length > 2 && each.includes(key)) ?? nearest(key, siblings);
  if (near !== undefined) return near;
  const steps = [...parent.map((step) => step.replace("[]", "")), key];
  const paths = pathsOf(known).filter((path) => steps.every((step) => path.includes(step)));
  return paths.length === 1 ? paths[0]?.join(".") : undefined;
}

/**
 * Warns of keys that a section should not have, with what is meant instead, at every level.
 *
 * @param name the section's name in messages
 */
export function warnOfUnknownKeys(
  { root }: Section,
  known: Keys,
  configuration: Configuration,
  name = "The file",
): void {
  const unknown = root === undefined ? [] : unknownKeys(root, known);
  for (const each of unknown.slice(0, MOST)) {
    const hint = meant(each, known);
    const owner = each.parent.length === 0 ? name : each.parent.map(plainOrQuoted).join(".");
    const question = hint === undefined ? "" : ` Did you mean ${quoted(hint)}?`;
    configuration.warn(
      each.entry.place,
      `${owner} has an unknown key ${quoted(each.key)}, which is not read.${question}`,
    );
  }
  const more = unknown[MOST];
  if (more === undefined) return;
  const rest = String(unknown.length - MOST);
  configuration.warn(more.entry.place, `${rest} more unknown keys from here on.`);
}
