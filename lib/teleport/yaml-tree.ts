import { isAlias, isMap, isPair, isScalar, isSeq, type Node as YamlNode } from "yaml";
import { type Pair, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { plainOrQuoted, quoted } from "../text/visible-text";
import { type Place, problemAt } from "./place";
import { isItems, isMapping, type Node } from "./tree";

/** Values of a file with its aliases written out: more than this is nobody's configuration. */
const MOST_VALUES = 1_000_000;

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
  /** The trees by anchor, with the number of their values; `open` while one is being converted. */
  const anchors = new Map<string, { readonly node: Node; readonly size: number } | "open">();
  /** The number of values so far, with aliases written out. */
  let values = 0;

  const convert = (node: YamlNode | null, parent: Place): Node => {
    const before = values;
    if (node !== null && isAlias(node)) return followed(node.source, locate(node.range?.[0] ?? 0));
    values += 1;
    if (node === null) return { place: parent, content: undefined };
    const place = locate(node.range?.[0] ?? 0);
    const { anchor } = node as { readonly anchor?: string };
    if (anchor !== undefined) anchors.set(anchor, "open");
    const converted = isMap(node)
      ? { place, content: mapping(node) }
      : isSeq(node)
        ? { place, content: list(node, place) }
        : scalar(node, place);
    if (anchor !== undefined) anchors.set(anchor, { node: converted, size: values - before });
    return converted;
  };

  // An item like `- ? a` is a pair.
  const list = ({ items }: YAMLSeq, place: Place): Node[] =>
    items.map((item) => convert((isPair(item) ? item.value : item) as YamlNode | null, place));

  const scalar = ({ value, type, range }: Scalar, place: Place): Node => {
    const content = String(value);
    const isNull = type === Scalar.PLAIN && /^(~|null|Null|NULL)?$/.test(content);
    if (isNull) return { place, content: undefined };
    if (type !== Scalar.BLOCK_LITERAL || !range) return { place, content };
    const block = text.slice(range[0], range[1]);
    return { place, content, block: block.slice(block.indexOf("\n") + 1) };
  };

  /** Keys of merged maps (<<) come last, and replace nothing. */
  const mapping = ({ items }: YAMLMap): ReadonlyMap<string, Node> => {
    const entries = new Map<string, Node>();
    const merged: Node[] = [];
    for (const { key, value } of items as Pair<YamlNode | null, YamlNode | null>[]) {
      const keyPlace = locate(key?.range?.[0] ?? 0);
      if (key !== null && !isScalar(key)) {
        throw problemAt(keyPlace, "This key is a mapping or a list, and a key must be text.");
      }
      const name = (key as Scalar<string> | null)?.value ?? "";
      const converted = convert(value, keyPlace);
      if (name === "<<" && key?.type === Scalar.PLAIN) {
        const { content } = converted;
        for (const node of isItems(content) ? content : [converted]) merged.push(node);
      } else if (entries.has(name)) {
        throw problemAt(
          keyPlace,
          `The key ${quoted(name)} is duplicate in this mapping. Remove one of the two.`,
        );
      } else entries.set(name, { ...converted, key: keyPlace });
    }
    for (const { content } of merged) {
      if (!isMapping(content)) continue;
      for (const [name, value] of content) if (!entries.has(name)) entries.set(name, value);
    }
    return entries;
  };

  const followed = (name: string, place: Place): Node => {
    const target = anchors.get(name);
    if (target === undefined)
      throw problemAt(place, `The anchor &${plainOrQuoted(name)} is missing.`);
    if (target === "open") {
      throw problemAt(place, `The alias *${plainOrQuoted(name)} is inside its own anchor.`);
    }
    values += target.size;
    if (values > MOST_VALUES) {
      throw problemAt(
        place,
        `The aliases of this file expand to more than ${MOST_VALUES.toLocaleString("en")} values. Write them out, or split the file.`,
      );
    }
    return { ...target.node, place };
  };

  return convert(contents, locate(0));
}
