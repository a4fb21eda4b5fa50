import { nearest } from "../text/nearest";
import { plainOrQuoted, quoted } from "../text/visible-text";
import type { Keys } from "./known-keys";
import type { Place, Remark } from "./place";
import type { Entry, Node } from "./tree";

/** More unknown keys than this say no more than their number does. */
const MOST = 20;

interface Unknown {
  readonly place: Place;
  /** The path of the mapping that has it, with `[]` for the items of lists. */
  readonly parent: readonly string[];
  readonly key: string;
  readonly siblings: readonly string[];
}

/** The unknown keys below a node, each once however many aliases lead to it. */
function unknownKeys(root: Node, known: Keys): Unknown[] {
  const seen = new Set<Entry>();
  const found: Unknown[] = [];
  const visit = (node: Node, keys: Keys, path: readonly string[]): void => {
    if (keys === "any") return;
    if (node.kind === "list") for (const item of node.items) visit(item, keys, path);
    if (node.kind !== "mapping") return;
    for (const [key, entry] of node.entries) {
      const { place, value } = entry;
      const own = Object.hasOwn(keys, key) ? keys[key] : undefined;
      const end = value.kind === "list" ? `${key}[]` : key;
      if (own !== undefined) visit(value, own, [...path, end]);
      else if (!seen.has(entry)) {
        seen.add(entry);
        found.push({ place, parent: path, key, siblings: Object.keys(keys) });
      }
    }
  };
  visit(root, known, []);
  return found;
}

/** Paths of the keys of a tree by their last key, without the signs of lists. */
function pathsByKey(keys: Keys, path = "", paths = new Map<string, string[]>()): typeof paths {
  if (keys === "any") return paths;
  for (const [key, inner] of Object.entries(keys)) {
    const own = path === "" ? key : `${path}.${key}`;
    paths.set(key, [...(paths.get(key) ?? []), own]);
    pathsByKey(inner, own, paths);
  }
  return paths;
}

/**
 * The key that is meant: the same words in the other order (`serviceAccount.annotations`), the nearest
 * of the same mapping (`aws` for `awsDatabases`, `labels` for `static_labels`), or the only one of that name, nearest in the tree.
 */
function meant(
  { parent, key, siblings }: Unknown,
  paths: Map<string, string[]>,
): string | undefined {
  const plain = parent.map((step) => step.replace("[]", ""));
  const last = plain.at(-1);
  const reversed = last === undefined ? "" : [...plain.slice(0, -1), key, last].join(".");
  if (last !== undefined && paths.get(last)?.includes(reversed) === true) return reversed;
  const near =
    siblings.find((each) => key.length > 2 && each.startsWith(key)) ??
    nearest(key, siblings) ??
    siblings.filter((each) => each.endsWith(`_${key}`)).at(-1);
  if (near !== undefined) return near;
  const within = `${plain.join(".")}.`;
  const below = paths.get(key)?.filter((path) => path.startsWith(within)) ?? [];
  return below.length === 1 ? below[0] : undefined;
}

/**
 * Notes keys that a tree should not have, with what is meant instead, at every level.
 *
 * @param name what messages call the root
 * @param warnings takes one remark for each key
 */
export function warnOfUnknownKeys(
  root: Node,
  known: Keys,
  warnings: Remark[],
  name = "The file",
): void {
  const unknown = unknownKeys(root, known);
  const paths = pathsByKey(known);
  for (const each of unknown.slice(0, MOST)) {
    const hint = meant(each, paths);
    const owner = each.parent.length === 0 ? name : each.parent.map(plainOrQuoted).join(".");
    warnings.push({
      ...each.place,
      text: `${owner} has an unknown key ${quoted(each.key)}, which is not read.${hint === undefined ? "" : ` Did you mean ${quoted(hint)}?`}`,
    });
  }
  const more = unknown[MOST];
  if (more !== undefined) {
    const rest = String(unknown.length - MOST);
    warnings.push({ ...more.place, text: `${rest} more unknown keys from here on.` });
  }
}
