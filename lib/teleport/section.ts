import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type YAMLMap,
} from "yaml";
import { configurationProblem } from "../user-error";
import { nearest } from "../nearest";

/** A place in the file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something to say about a place in the file. */
export interface Remark extends Place {
  readonly text: string;
}

/** A text value and where it stands. */
export type Located = Remark;

/** The file that sections are read from, and what has been noticed so far. */
export class Source {
  readonly warnings: Remark[] = [];

  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  place(node: unknown): Place {
    const range = (node as Node | null)?.range;
    const { line, col } = this.lines.linePos(range?.[0] ?? 0);
    return { line, column: col };
  }

  /** The node that an alias stands for. Cycles were refused when the file was parsed. */
  resolve(node: unknown): unknown {
    return isAlias(node) ? this.resolve(node.resolve(this.document)) : node;
  }

  /** @throws UserError that names the place of `node` */
  fail(node: unknown, problem: string): never {
    throw configurationProblem(this.place(node), problem);
  }
}

/** A key as it was written; the library turns the key of merged maps (<<) into a symbol. */
export function keyText(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : String(key);
}

/** A mapping of the file whose keys are known. */
export class Section {
  private readonly values = new Map<string, unknown>();
  readonly place: Place;

  /**
   * @param name what messages call it: its path in the file, empty for the whole
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
      else if (!this.known.includes(key)) this.warn(pair.key, key);
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

  private warn(node: unknown, key: string): void {
    const near = nearest(key, this.known);
    const hint = near === undefined ? "" : ` Did you mean ${JSON.stringify(near)}?`;
    this.source.warnings.push({
      ...this.source.place(node),
      text: `${this.name === "" ? "The file" : this.name} has an unknown key ${JSON.stringify(key)}, which is not read.${hint}`,
    });
  }

  has(key: string): boolean {
    return this.values.has(key);
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

  /** The mapping under `key`, empty where it is absent. */
  section(key: string, known: readonly string[]): Section {
    return new Section(this.source, this.values.get(key), this.nameOf(key), known);
  }

  /** The mappings of the list under `key`. */
  sections(key: string, known: readonly string[]): Section[] {
    return this.items(key).map(
      (item) => new Section(this.source, item, `${this.nameOf(key)}[]`, known),
    );
  }
}
