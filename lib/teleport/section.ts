import { quoted } from "../text/visible-text";
import { type Located, type Place, problemAt } from "./place";
import { refuseTemplate } from "./template";
import { isFilled, isItems, isMapping, type Node } from "./tree";

/** The error about a value of another kind than expected, which a template can be. */
function wrong({ content, place }: Node, problem: string): Error {
  if (typeof content === "string") refuseTemplate(content, place);
  return problemAt(place, problem);
}

function asText({ content, place }: Node, subject: string): Located | undefined {
  if (content === undefined || content === "") return undefined;
  if (typeof content !== "string") throw problemAt(place, `${subject} must be text.`);
  refuseTemplate(content, place);
  return { ...place, text: content };
}

/** A mapping that is read key by key, with its place in every message. */
export class Section {
  private readonly entries: ReadonlyMap<string, Node>;

  /**
   * @param root the mapping; one without content has no keys
   * @param name its path in the document, for messages; empty for the whole
   * @throws UserError if `root` is something else
   */
  constructor(
    readonly root: Node,
    private readonly name = "",
  ) {
    const { content = new Map<string, Node>() } = root;
    if (!isMapping(content)) throw wrong(root, `${name} must be a mapping (key: value).`);
    this.entries = content;
  }

  get place(): Place {
    return this.root.place;
  }

  private nameOf(key: string): string {
    return this.name === "" ? key : `${this.name}.${key}`;
  }

  /** The value under `key`, whatever it is; without content, at the place of the section, if it is absent. */
  node(key: string): Node {
    return this.entries.get(key) ?? { place: this.place, content: undefined };
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /**
   * True if `key` has something other than a zero value: Teleport writes resources with their empty
   * settings (`rds: { iam_auth: false }`), which mean nothing.
   */
  isFilled(key: string): boolean {
    return isFilled(this.node(key));
  }

  get keys(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** The text under `key` if it is text, whatever is in it. */
  word(key: string): string | undefined {
    const { content } = this.node(key);
    return typeof content === "string" ? content : undefined;
  }

  /** The text under `key`; nothing if it is absent or empty. */
  text(key: string): Located | undefined {
    return asText(this.node(key), this.nameOf(key));
  }

  private items(key: string): readonly Node[] {
    const { content = [] } = this.node(key);
    if (isItems(content)) return content;
    throw wrong(this.node(key), `${this.nameOf(key)} must be a list (- item).`);
  }

  /** The texts of the list under `key`. */
  texts(key: string): Located[] {
    const subject = `Each item of ${this.nameOf(key)}`;
    return this.items(key).flatMap((item) => asText(item, subject) ?? []);
  }

  /** The texts under `key`, which is one or a list of them. */
  textOrTexts(key: string): Located[] {
    return this.word(key) === undefined ? this.texts(key) : [this.text(key) ?? []].flat();
  }

  /** The mapping under `key`, empty if it is absent. */
  section(key: string): Section {
    return new Section(this.node(key), this.nameOf(key));
  }

  /** The mappings of the list under `key`. */
  sections(key: string): Section[] {
    return this.items(key).map((item) => new Section(item, `${this.nameOf(key)}[]`));
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
