import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node as YamlNode,
  type Pair,
  Scalar as YamlScalar,
} from "yaml";
import { plainOrQuoted, quoted } from "../text/visible-text";
import { type Place, problemAt } from "./place";
import type { Entry, Node } from "./tree";

/** What aliases expand to, in values: more than this is nobody's configuration. */
const MOST_EXPANDED = 1_000_000;

/** A tree, and how many values it has with its aliases written out. */
interface Sized {
  readonly node: Node;
  readonly size: number;
}

/**
 * Turns a document of YAML into a {@link Node}. Each node is visited once and an alias shares the tree
 * of its anchor, so the work is linear in the text.
 */
class Conversion {
  /** The trees by anchor; `open` while the anchored node is being converted. */
  private readonly anchors = new Map<string, Sized | "open">();
  private expanded = 0;

  constructor(
    private readonly text: string,
    private readonly locate: (offset: number) => Place,
    private readonly template: () => Error | undefined,
  ) {}

  convert(node: YamlNode | null | undefined, parent: Place): Sized {
    if (node === null || node === undefined) return { node: nothing(parent), size: 1 };
    const place = this.locate(node.range?.[0] ?? 0);
    if (isAlias(node)) return this.followed(node.source, place);
    const { anchor } = node as { readonly anchor?: string };
    if (anchor !== undefined) this.anchors.set(anchor, "open");
    const converted = this.converted(node, place);
    if (anchor !== undefined) this.anchors.set(anchor, converted);
    return converted;
  }

  private converted(node: YamlNode, place: Place): Sized {
    if (isSeq(node)) {
      const items = node.items.map((item) => this.convert(valueOf(item), place));
      return {
        node: { kind: "list", place, items: items.map((item) => item.node) },
        size: total(items),
      };
    }
    if (isMap(node)) return this.mapping(node.items, place);
    if (isScalar(node)) return { node: this.scalar(node, place), size: 1 };
    return { node: nothing(place), size: 1 };
  }

  private scalar(scalar: YamlScalar, place: Place): Node {
    const { value, source = "", type, range } = scalar;
    const isBlock = type === YamlScalar.BLOCK_LITERAL && range !== undefined && range !== null;
    return {
      kind: "scalar",
      place,
      text: typeof value === "string" ? value : value === null ? "" : source,
      isText: typeof value === "string",
      isZero: !value,
      ...(isBlock ? { block: afterFirstLine(this.text.slice(range[0], range[1])) } : {}),
    };
  }

  /** Keys of merged maps (<<) come last, and replace nothing. */
  private mapping(pairs: readonly Pair[], place: Place): Sized {
    const entries = new Map<string, Entry>();
    const merged: Sized[] = [];
    let size = 1;
    for (const pair of pairs) {
      const key = pair.key as YamlNode | null;
      const keyPlace = this.locate(key?.range?.[0] ?? 0);
      if (key !== null && !isScalar(key)) {
        throw (
          this.template() ??
          problemAt(keyPlace, "This key is a mapping or a list, and a key must be text.")
        );
      }
      const name = key === null ? "" : (key.source ?? String(key.value));
      const sized = this.convert(pair.value as YamlNode | null, keyPlace);
      size += sized.size;
      if (name === "<<" && key?.type === YamlScalar.PLAIN) merged.push(sized);
      else if (entries.has(name)) {
        throw problemAt(keyPlace, `The key ${quoted(name)} is in this mapping twice.`);
      } else entries.set(name, { place: keyPlace, value: sized.node });
    }
    for (const { node } of merged) {
      for (const map of node.kind === "list" ? node.items : [node]) {
        if (map.kind !== "mapping") continue;
        for (const [name, entry] of map.entries) if (!entries.has(name)) entries.set(name, entry);
      }
    }
    return { node: { kind: "mapping", place, entries }, size };
  }

  /** @throws UserError for an alias of nothing, of what it is in, and of too much */
  private followed(name: string, place: Place): Sized {
    const target = this.anchors.get(name);
    if (target === undefined) {
      throw problemAt(place, `There is no anchor &${plainOrQuoted(name)}.`);
    }
    if (target === "open") {
      throw problemAt(place, `The alias *${plainOrQuoted(name)} is inside what it stands for.`);
    }
    this.expanded += target.size;
    if (this.expanded > MOST_EXPANDED) {
      throw problemAt(
        place,
        `The aliases of this file expand to more than ${MOST_EXPANDED.toLocaleString("en")} values. Write them out, or name a part of the file.`,
      );
    }
    return { ...target, node: { ...target.node, place } };
  }
}

function nothing(place: Place): Node {
  return { kind: "scalar", place, text: "", isText: false, isZero: true };
}

function total(items: readonly Sized[]): number {
  return items.reduce((sum, { size }) => sum + size, 1);
}

/** An item of a list; one like `- ? a` is a pair. */
function valueOf(item: unknown): YamlNode | null {
  return (isPair(item) ? item.value : item) as YamlNode | null;
}

function afterFirstLine(text: string): string {
  return text.slice(text.indexOf("\n") + 1);
}

/**
 * The tree of a document of YAML.
 *
 * @param text the file's text, which the document's ranges refer to
 * @param locate the place of an offset of the text
 * @param template what is wrong if the text is a template
 * @throws UserError with its place for aliases that name nothing, themselves or too much, for a key
 *   that is not text, and for a key that is there twice
 */
export function treeOfYaml(
  document: Document,
  text: string,
  locate: (offset: number) => Place,
  template: () => Error | undefined,
): Node {
  return new Conversion(text, locate, template).convert(document.contents, locate(0)).node;
}
