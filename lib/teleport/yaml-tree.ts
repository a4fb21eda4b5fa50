import { isAlias, isMap, isPair, isScalar, isSeq, type Node as YamlNode } from "yaml";
import { type Pair, Scalar, type YAMLMap } from "yaml";
import { plainOrQuoted, quoted } from "../text/visible-text";
import { type Place, problemAt } from "./place";
import { type Entry, isItems, isMapping, type Node } from "./tree";

/** Values that aliases expand to: more than this is nobody's configuration. */
const MOST_EXPANDED = 1_000_000;

/** A tree, and how many values it has with its aliases written out. */
interface Sized {
  readonly node: Node;
  readonly size: number;
}

/**
 * The tree of a document of YAML that was read with the failsafe schema. Each node is visited once and an
 * alias shares the tree of its anchor, so the work is linear in the text.
 *
 * @param text the file's text, which the ranges of the nodes refer to
 * @param locate the place of an offset of the text
 * @throws UserError with its place for aliases that name nothing, themselves or too much, for a key
 *   that is not text, and for a key that is there twice
 */
export function treeOfYaml(
  contents: YamlNode | null,
  text: string,
  locate: (offset: number) => Place,
): Node {
  /** The trees by anchor; `open` while the anchored node is being converted. */
  const anchors = new Map<string, Sized | "open">();
  let expanded = 0;

  const convert = (node: YamlNode | null, parent: Place): Sized => {
    if (node === null) return { node: { place: parent, content: undefined }, size: 1 };
    const place = locate(node.range?.[0] ?? 0);
    if (isAlias(node)) return followed(node.source, place);
    const { anchor } = node as { readonly anchor?: string };
    if (anchor !== undefined) anchors.set(anchor, "open");
    const converted = isMap(node)
      ? mapping(node, place)
      : isSeq(node)
        ? list(node.items, place)
        : { node: scalar(node, place), size: 1 };
    if (anchor !== undefined) anchors.set(anchor, converted);
    return converted;
  };

  const list = (items: readonly unknown[], place: Place): Sized => {
    // An item like `- ? a` is a pair.
    const all = items.map((item) =>
      convert((isPair(item) ? item.value : item) as YamlNode | null, place),
    );
    const size = all.reduce((sum, item) => sum + item.size, 1);
    return { node: { place, content: all.map(({ node }) => node) }, size };
  };

  const scalar = ({ value, type, range }: Scalar, place: Place): Node => {
    const content = String(value);
    const isNull = type === Scalar.PLAIN && /^(~|null|Null|NULL)?$/.test(content);
    if (isNull) return { place, content: undefined };
    if (type !== Scalar.BLOCK_LITERAL || !range) return { place, content };
    const block = text.slice(range[0], range[1]);
    return { place, content, block: block.slice(block.indexOf("\n") + 1) };
  };

  /** Keys of merged maps (<<) come last, and replace nothing. */
  const mapping = ({ items }: YAMLMap, place: Place): Sized => {
    const entries = new Map<string, Entry>();
    const merged: Node[] = [];
    let size = 1;
    for (const { key, value } of items as Pair<YamlNode | null, YamlNode | null>[]) {
      const keyPlace = locate(key?.range?.[0] ?? 0);
      if (key !== null && !isScalar(key)) {
        throw problemAt(keyPlace, "This key is a mapping or a list, and a key must be text.");
      }
      const name = (key as Scalar<string> | null)?.value ?? "";
      const converted = convert(value, keyPlace);
      size += converted.size;
      if (name === "<<" && key?.type === Scalar.PLAIN) {
        const { content } = converted.node;
        for (const node of isItems(content) ? content : [converted.node]) merged.push(node);
      } else if (entries.has(name)) {
        throw problemAt(
          keyPlace,
          `The key ${quoted(name)} is duplicate in this mapping. Remove one of the two.`,
        );
      } else entries.set(name, { place: keyPlace, value: converted.node });
    }
    for (const { content } of merged) {
      if (!isMapping(content)) continue;
      for (const [name, entry] of content) if (!entries.has(name)) entries.set(name, entry);
    }
    return { node: { place, content: entries }, size };
  };

  const followed = (name: string, place: Place): Sized => {
    const target = anchors.get(name);
    if (target === undefined)
      throw problemAt(place, `The anchor &${plainOrQuoted(name)} is missing.`);
    if (target === "open") {
      throw problemAt(place, `The alias *${plainOrQuoted(name)} is inside its own anchor.`);
    }
    expanded += target.size;
    if (expanded > MOST_EXPANDED) {
      throw problemAt(
        place,
        `The aliases of this file expand to more than ${MOST_EXPANDED.toLocaleString("en")} values. Write them out, or split the file.`,
      );
    }
    return { ...target, node: { ...target.node, place } };
  };

  return convert(contents, locate(0)).node;
}
