import {
  Composer,
  type CST,
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
  type YAMLMap,
} from "yaml";
import { UserError } from "../text/user-error";
import { placeText, type Place, problemAt, type Remark } from "./place";
import { keyText, Section, Source } from "./section";

/** Configurations are a few kilobytes, long lists of databases some hundred: the rest is no text of this kind. */
const LARGEST = 1_000_000;

/** More aliases than this expand to more than anybody wrote. */
const MAX_ALIASES = 100;

/** Configurations nest some ten levels; what composes and reads them calls itself for each. */
const DEEPEST = 500;

/** A mapping at the top of a file, or of an item of the list that the file is. */
export class ConfigurationDocument {
  /** @param json what JSON.parse gave, of a file that is too large to be read as YAML */
  constructor(
    readonly source: Source,
    private readonly map: YAMLMap,
    readonly json?: unknown,
  ) {}

  get place(): Place {
    return this.source.place(this.map);
  }

  get keys(): readonly string[] {
    return this.map.items.map(({ key }) => keyText(key));
  }

  /** The text under `key`, where it is text. */
  word(key: string): string | undefined {
    const value: unknown = this.source.resolve(this.map.get(key, true));
    return isScalar(value) && typeof value.value === "string" ? value.value : undefined;
  }

  /** The document as a section; keys that are not `known` are warnings. */
  section(known: readonly string[]): Section {
    return new Section(this.source, this.map, "", known);
  }

  /** The mapping under `key` as a document, where it is one. */
  nested(key: string): ConfigurationDocument | undefined {
    const value: unknown = this.source.resolve(this.map.get(key, true));
    return isMap(value) ? new ConfigurationDocument(this.source, value) : undefined;
  }
}

/** Something that is no configuration. `what` says what it is, and what to do. */
export function notAConfiguration(place: Place, what: string): UserError {
  return new UserError(`${placeText(place)}: The file ${what}`);
}

/** Whether collections stand in each other more than {@link DEEPEST} levels deep. */
function isTooDeep(tokens: readonly CST.Token[]): boolean {
  let level: (CST.Token | null | undefined)[] = [...tokens];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((token) => {
      const inner = token?.type === "document" ? token.value : token;
      return inner !== null && inner !== undefined && "items" in inner
        ? inner.items.flatMap(({ key, value }) => [key, value])
        : [];
    });
  }
  return false;
}

/** Refuses aliases that expand too often, name nothing, or stand inside what they stand for. */
function refuseEndlessAliases(document: Document, source: Source, file: Place): void {
  try {
    document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    // What is unresolved is found below, with its place.
    if (!(error instanceof ReferenceError && error.message.startsWith("Unresolved"))) {
      throw notAConfiguration(
        file,
        `has aliases that expand more than ${String(MAX_ALIASES)} times. Write them out.`,
      );
    }
  }
  visit(document, {
    Alias(_key, alias, ancestors) {
      const target = alias.resolve(document);
      if (target === undefined) {
        return source.fail(alias, `There is no anchor &${alias.source}.`);
      }
      if (ancestors.includes(target)) {
        source.fail(alias, `The alias *${alias.source} stands inside what it stands for.`);
      }
    },
  });
}

/**
 * The mappings of a YAML or JSON text: one for each document, and for each item of a list, as
 * `tctl get --format=json` and Kubernetes' `kind: List` have them.
 *
 * @param at the place of a line and column of the text
 * @throws UserError with its place for text that is no YAML, empty, too large, binary or endless
 */
export function parseConfiguration(
  text: string,
  at: (line?: number, column?: number) => Place,
  warnings: Remark[],
): ConfigurationDocument[] {
  const file = at();
  if (text.length > LARGEST) {
    throw notAConfiguration(
      file,
      `is ${String(text.length)} characters long, and at most ${String(LARGEST)} are read. Name a part of it.`,
    );
  }
  if (/[\0\uFFFD]/.test(text)) throw notAConfiguration(file, "is not text in UTF-8.");
  const lines = new LineCounter();
  // The parser makes a list of tokens without calling itself; at the stack's end V8 could abort.
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  if (isTooDeep(tokens)) throw notAConfiguration(file, "is nested too deeply.");
  const composer = new Composer({ lineCounter: lines, merge: true, prettyErrors: false });
  const documents = [...composer.compose(tokens)].filter(
    ({ contents, errors }) => !isNothing(contents) || errors.length > 0,
  );
  if (documents.length === 0) throw notAConfiguration(file, "is empty.");
  return documents.flatMap((document, index) => {
    const locate = (offset: number): Place => {
      const { line, col } = lines.linePos(offset);
      const place = at(line, col);
      return documents.length === 1 ? place : { ...place, document: index + 1 };
    };
    const source = new Source(document, locate, warnings, text);
    const [error] = document.errors;
    if (error !== undefined) {
      throw problemAt(locate(error.pos[0]), `This is not YAML: ${error.message}.`);
    }
    refuseEndlessAliases(document, source, file);
    return mappings(document.contents, source);
  });
}

function isNothing(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

/** @throws UserError for what is neither a mapping nor a list of mappings */
function mappings(node: unknown, source: Source): ConfigurationDocument[] {
  const contents = source.resolve(node);
  if (isSeq(contents)) return contents.items.flatMap((item) => mappings(item, source));
  if (!isMap(contents)) {
    throw notAConfiguration(
      source.place(isNode(contents) ? contents : null),
      "is not a mapping of keys and values (db_service: …).",
    );
  }
  const document = new ConfigurationDocument(source, contents);
  return document.word("kind") === "List" && document.keys.includes("items")
    ? mappings(contents.get("items", true), source)
    : [document];
}
