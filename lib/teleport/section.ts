import { quoted } from "../text/visible-text";
import { type Located, type Place, problemAt, type Remark } from "./place";
import { refuseTemplate } from "./template";
import { isFilled, type Mapping, type Node, type Scalar } from "./tree";

/** A mapping that is read key by key, with its place in every message. */
export class Section {
  readonly place: Place;
  private readonly mapping: Mapping | undefined;

  /**
   * @param name what messages call it: its path in the document, empty for the whole
   * @param warnings takes what is noticed
   * @param place the place of what should have it, if it is absent
   * @throws UserError if `node` is not a mapping
   */
  constructor(
    readonly node: Node | undefined,
    private readonly name: string,
    private readonly warnings: Remark[],
    place: Place,
  ) {
    this.place = node?.place ?? place;
    if (node === undefined || isNothing(node)) return;
    if (node.kind !== "mapping") {
      if (node.kind === "scalar") refuseTemplate(node);
      throw problemAt(this.place, `${name} must be a mapping (key: value).`);
    }
    this.mapping = node;
  }

  /** What messages call the value under `key`. */
  private nameOf(key: string): string {
    return this.name === "" ? key : `${this.name}.${key}`;
  }

  private value(key: string): Node | undefined {
    return this.mapping?.entries.get(key)?.value;
  }

  has(key: string): boolean {
    return this.value(key) !== undefined;
  }

  /**
   * Whether `key` has something other than a zero value: Teleport writes resources with their empty
   * settings (`rds: { iam_auth: false }`), which mean nothing.
   */
  isFilled(key: string): boolean {
    return isFilled(this.value(key));
  }

  /** The keys that the section has. */
  get keys(): readonly string[] {
    return [...(this.mapping?.entries.keys() ?? [])];
  }

  /** The place of a key's value; of the section if the key is absent. */
  placeOf(key: string): Place {
    return this.value(key)?.place ?? this.place;
  }

  /** The scalar under `key`, if it is one. */
  scalar(key: string): Scalar | undefined {
    const value = this.value(key);
    return value?.kind === "scalar" ? value : undefined;
  }

  /** The text under `key` if it is text, whatever is in it. */
  word(key: string): string | undefined {
    const scalar = this.scalar(key);
    return scalar?.isText === true ? scalar.text : undefined;
  }

  /** Notes something about the value under `key`. */
  warn(key: string, text: string): void {
    this.warnings.push({ ...this.placeOf(key), text });
  }

  private asText(node: Node | undefined, subject: string): Located | undefined {
    if (node === undefined || isNothing(node)) return undefined;
    if (node.kind !== "scalar") throw problemAt(node.place, `${subject} must be text.`);
    if (node.text === "") return undefined;
    refuseTemplate(node);
    return { ...node.place, text: node.text };
  }

  /** The text under `key`; nothing if it is absent or empty. */
  text(key: string): Located | undefined {
    return this.asText(this.value(key), this.nameOf(key));
  }

  private items(key: string): readonly Node[] {
    const node = this.value(key);
    if (node === undefined || isNothing(node)) return [];
    if (node.kind === "list") return node.items;
    if (node.kind === "scalar") refuseTemplate(node);
    throw problemAt(node.place, `${this.nameOf(key)} must be a list (- item).`);
  }

  /** The texts of the list under `key`. */
  texts(key: string): Located[] {
    return this.items(key).flatMap(
      (item) => this.asText(item, `Each item of ${this.nameOf(key)}`) ?? [],
    );
  }

  /** The texts under `key`, which is one or a list of them. */
  textOrTexts(key: string): Located[] {
    return this.scalar(key) === undefined ? this.texts(key) : [this.text(key) ?? []].flat();
  }

  /** The mapping under `key`, empty if it is absent. */
  section(key: string): Section {
    return new Section(this.value(key), this.nameOf(key), this.warnings, this.place);
  }

  /** The mappings of the list under `key`. */
  sections(key: string): Section[] {
    return this.items(key).map(
      (item) => new Section(item, `${this.nameOf(key)}[]`, this.warnings, item.place),
    );
  }

  /**
   * Texts by key, one or a list for each, as of labels and tags.
   *
   * @throws UserError for a value that is neither
   */
  textsByKey(key: string): Map<string, readonly string[]> {
    const section = this.section(key);
    return new Map(
      section.keys.map((each) => [each, section.textOrTexts(each).map(({ text }) => text)]),
    );
  }
}

function isNothing(node: Node): boolean {
  return node.kind === "scalar" && !node.isText && node.text === "";
}

/** A name from a file, as messages have it. */
export function named(what: string, name: string | undefined): string {
  return name === undefined ? `a ${what} without a name` : `${what} ${quoted(name)}`;
}
