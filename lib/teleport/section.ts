import { quoted } from "../text/visible-text";
import { type Located, type Place, problemAt } from "./place";
import { refuseTemplate } from "./template";
import { type Entry, isFilled, isItems, isMapping, type Node } from "./tree";

/** A mapping that is read key by key, with its place in every message. */
export class Section {
  readonly place: Place;
  private readonly entries: ReadonlyMap<string, Entry>;

  /**
   * @param root the mapping; without one, the section has no keys
   * @param name its path in the document, for messages; empty for the whole
   * @param place the place of what should have it, if it is absent
   * @throws UserError if `root` is not a mapping
   */
  constructor(
    readonly root: Node | undefined,
    private readonly name: string,
    place: Place,
  ) {
    this.place = root?.place ?? place;
    const content = root?.content ?? new Map<string, Entry>();
    if (!isMapping(content)) throw this.wrong(root, `${name} must be a mapping (key: value).`);
    this.entries = content;
  }

  private wrong(node: Node | undefined, problem: string): Error {
    const place = node?.place ?? this.place;
    if (typeof node?.content === "string") refuseTemplate(node.content, place);
    return problemAt(place, problem);
  }

  private nameOf(key: string): string {
    return this.name === "" ? key : `${this.name}.${key}`;
  }

  /** The value under `key`, whatever it is. */
  node(key: string): Node | undefined {
    return this.entries.get(key)?.value;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /**
   * True if `key` has something other than a zero value: Teleport writes resources with their empty
   * settings (`rds: { iam_auth: false }`), which mean nothing.
   */
  isFilled(key: string): boolean {
    const node = this.node(key);
    return node !== undefined && isFilled(node);
  }

  get keys(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** The place of a key's value; of the section if the key is absent. */
  placeOf(key: string): Place {
    return this.node(key)?.place ?? this.place;
  }

  /** The text under `key` if it is text, whatever is in it. */
  word(key: string): string | undefined {
    const content = this.node(key)?.content;
    return typeof content === "string" ? content : undefined;
  }

  private asText(node: Node | undefined, subject: string): Located | undefined {
    if (node?.content === undefined || node.content === "") return undefined;
    if (typeof node.content !== "string") throw problemAt(node.place, `${subject} must be text.`);
    refuseTemplate(node.content, node.place);
    return { ...node.place, text: node.content };
  }

  /** The text under `key`; nothing if it is absent or empty. */
  text(key: string): Located | undefined {
    return this.asText(this.node(key), this.nameOf(key));
  }

  private items(key: string): readonly Node[] {
    const node = this.node(key);
    const content = node?.content ?? [];
    if (isItems(content)) return content;
    throw this.wrong(node, `${this.nameOf(key)} must be a list (- item).`);
  }

  /** The texts of the list under `key`. */
  texts(key: string): Located[] {
    const subject = `Each item of ${this.nameOf(key)}`;
    return this.items(key).flatMap((item) => this.asText(item, subject) ?? []);
  }

  /** The texts under `key`, which is one or a list of them. */
  textOrTexts(key: string): Located[] {
    return this.word(key) === undefined ? this.texts(key) : [this.text(key) ?? []].flat();
  }

  /** The mapping under `key`, empty if it is absent. */
  section(key: string): Section {
    return new Section(this.node(key), this.nameOf(key), this.place);
  }

  /** The mappings of the list under `key`. */
  sections(key: string): Section[] {
    return this.items(key).map((item) => new Section(item, `${this.nameOf(key)}[]`, item.place));
  }

  /** Texts by key, one or a list for each, as of labels and tags. */
  textsByKey(key: string): ReadonlyMap<string, readonly string[]> {
    const section = this.section(key);
    const texts = (each: string) => section.textOrTexts(each).map(({ text }) => text);
    return new Map(section.keys.map((each) => [each, texts(each)]));
  }
}

/** A name from a file, as messages have it. */
export function named(what: string, name: string | undefined): string {
  return name === undefined ? `a ${what} without a name` : `${what} ${quoted(name)}`;
}
