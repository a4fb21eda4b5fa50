import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  Scalar,
  type YAMLMap,
} from "yaml";
import { nearest } from "../text/nearest";
import { type Located, type Place, problemAt, type Remark } from "./place";

/** The document that sections are read from. */
export class Source {
  /**
   * @param document what aliases are resolved in
   * @param locate the place of an offset of the document's text
   * @param warnings takes what is noticed
   * @param text the document's text
   */
  constructor(
    private readonly document: Document,
    private readonly locate: (offset: number) => Place,
    private readonly warnings: Remark[],
    private readonly text = "",
  ) {}

  /** A node as it was written, with its indentation. */
  written(node: unknown): string {
    const [start, end] = (node as Node | null)?.range ?? [0, 0];
    return this.text.slice(start, end);
  }

  place(node: unknown): Place {
    return this.locate((node as Node | null)?.range?.[0] ?? 0);
  }

  /** The node that an alias stands for. Cycles were refused when the document was parsed. */
  resolve(node: unknown): unknown {
    return isAlias(node) ? this.resolve(node.resolve(this.document)) : node;
  }

  /** @throws UserError that names the place of `node` */
  fail(node: unknown, problem: string): never {
    throw problemAt(this.place(node), problem);
  }

  warn(node: unknown, text: string): void {
    this.warnings.push({ ...this.place(node), text });
  }
}

/** A key as it was written; the library turns the key of merged maps (<<) into a symbol. */
export function keyText(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : String(key);
}

/** A mapping whose keys are known. */
export class Section {
  private readonly values = new Map<string, unknown>();
  readonly place: Place;

  /**
   * @param name what messages call it: its path in the document, empty for the whole
   * @param known its keys; any other is a warning
   * @throws UserError where `node` is no mapping
   */
  constructor(
    private readonly source: Source,
    node: unknown,
    private readonly name: string,
    private readonly known: readonly string[],
  ) {
    const map = source.resolve(node);
    this.place = source.place(node ?? map);
    if (map === undefined || map === null || (isScalar(map) && map.value === null)) return;
    if (!isMap(map)) source.fail(node, `${name} must be a mapping (key: value).`);
    this.add(map);
  }

  /** Takes the pairs of a map. Those of a merged map (<<) come last, and replace nothing. */
  private add(map: YAMLMap): void {
    const merged: unknown[] = [];
    for (const pair of map.items) {
      const key = keyText(pair.key);
      if (key === "<<") merged.push(this.source.resolve(pair.value));
      else if (!this.known.includes(key)) this.warnOfKey(pair.key, key);
      else if (!this.values.has(key)) this.values.set(key, pair.value);
    }
    for (const other of merged.flatMap((node) => (isSeq(node) ? node.items : [node]))) {
      const resolved = this.source.resolve(other);
      if (isMap(resolved)) this.add(resolved);
    }
  }

  /** What messages call the value under `key`. */
  private nameOf(key: string): string {
    return this.name === "" ? key : `${this.name}.${key}`;
  }

  private warnOfKey(node: unknown, key: string): void {
    const near = nearest(key, this.known);
    const hint = near === undefined ? "" : ` Did you mean ${JSON.stringify(near)}?`;
    this.source.warn(
      node,
      `${this.name === "" ? "The file" : this.name} has an unknown key ${JSON.stringify(key)}, which is not read.${hint}`,
    );
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  /**
   * Whether something other than a zero value stands under `key`: Teleport writes resources with
   * their empty settings (`rds: { iam_auth: false }`), which say nothing.
   */
  isFilled(key: string): boolean {
    const filled = (node: unknown): boolean => {
      const value = this.source.resolve(node);
      if (isPair(value)) return filled(value.value);
      if (isCollection(value)) return value.items.some(filled);
      return isScalar(value) && Boolean(value.value);
    };
    return filled(this.values.get(key));
  }

  /** The keys that the section has. */
  get keys(): readonly string[] {
    return [...this.values.keys()];
  }

  /** The keys of the mapping under `key`, which are the user's own. */
  mappingKeys(key: string): string[] {
    const map = this.source.resolve(this.values.get(key));
    return isMap(map) ? map.items.map((pair) => keyText(pair.key)) : [];
  }

  /** The place of a key's value. */
  placeOf(key: string): Place {
    return this.source.place(this.values.get(key));
  }

  /** The value under `key` as it was parsed. */
  private node(key: string): unknown {
    return this.source.resolve(this.values.get(key));
  }

  /**
   * The lines under `key` as they were written, each with its indentation; nothing where it is not
   * a block (`|`), whose lines stand for themselves.
   */
  block(key: string): string | undefined {
    const node = this.node(key);
    return isScalar(node) && node.type === Scalar.BLOCK_LITERAL
      ? this.source.written(node).replace(/^.*\n/, "")
      : undefined;
  }

  /** Notes something about the value under `key`. */
  warn(key: string, text: string): void {
    this.source.warn(this.values.get(key), text);
  }

  private asText(node: unknown, subject: string): Located | undefined {
    const scalar = this.source.resolve(node);
    if (scalar === undefined || scalar === null) return undefined;
    if (!isScalar(scalar)) this.source.fail(node, `${subject} must be text.`);
    if (scalar.value === null || scalar.value === "") return undefined;
    // What was written: 012345678901 is an account ID, not a number.
    const text = typeof scalar.value === "string" ? scalar.value : (scalar.source ?? "");
    return { ...this.source.place(node), text };
  }

  /** The text under `key`; nothing where it is absent or empty. */
  text(key: string): Located | undefined {
    return this.asText(this.values.get(key), this.nameOf(key));
  }

  private items(key: string): readonly unknown[] {
    const node = this.values.get(key);
    const list = this.source.resolve(node);
    if (list === undefined || list === null || (isScalar(list) && list.value === null)) return [];
    if (!isSeq(list)) this.source.fail(node, `${this.nameOf(key)} must be a list (- item).`);
    return list.items;
  }

  /** The texts of the list under `key`. */
  texts(key: string): Located[] {
    return this.items(key).flatMap(
      (item) => this.asText(item, `Each item of ${this.nameOf(key)}`) ?? [],
    );
  }

  /** The texts under `key`, which is one or a list of them. */
  textOrTexts(key: string): Located[] {
    return isScalar(this.node(key)) ? [this.text(key) ?? []].flat() : this.texts(key);
  }

  /** The mapping under `key`, empty where it is absent. */
  section(key: string, known: readonly string[]): Section {
    return new Section(this.source, this.values.get(key), this.nameOf(key), known);
  }

  /** The mapping under `key`, whose keys are the user's own. */
  mapping(key: string): Section {
    return this.section(key, this.mappingKeys(key));
  }

  /** The mappings of the list under `key`. */
  sections(key: string, known: readonly string[]): Section[] {
    return this.items(key).map(
      (item) => new Section(this.source, item, `${this.nameOf(key)}[]`, known),
    );
  }
}
