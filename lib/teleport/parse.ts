import { type Document, isMap, isScalar, LineCounter, type Pair, parseDocument, visit } from "yaml";
import { configurationProblem, UserError } from "../user-error";
import { knownKeys } from "./known-keys";
import { keyText, Section, Source } from "./section";

/** Teleport's own files are a few kilobytes: what is larger is something else. */
const LARGEST = 1_000_000;

/** More aliases than this expand to more than anybody wrote. */
const MAX_ALIASES = 100;

/** A file that is no configuration of Teleport. */
function notAConfiguration(what: string): UserError {
  return new UserError(`The file ${what}. Name the teleport.yaml of a Database Service.`);
}

/** Refuses aliases that expand too often, name nothing, or stand inside what they stand for. */
function refuseEndlessAliases(document: Document, source: Source): void {
  try {
    document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    // What is unresolved is found below, with its place.
    if (!(error instanceof ReferenceError && error.message.startsWith("Unresolved"))) {
      throw notAConfiguration(`has aliases that expand more than ${String(MAX_ALIASES)} times`);
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
 * Parses a Teleport configuration file.
 *
 * @throws UserError with line and column for text that is no YAML, and for what is no configuration
 *   of Teleport: empty, too large, binary, endless, or a file of another kind
 */
export function parseConfiguration(text: string): { source: Source; file: Section } {
  if (text.length > LARGEST) {
    throw notAConfiguration(
      `is ${String(text.length)} characters long, and at most ${String(LARGEST)} are read`,
    );
  }
  if (/[\0\uFFFD]/.test(text)) throw notAConfiguration("is not text in UTF-8");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const source = new Source(document, lines);
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw configurationProblem({ line, column: col }, `This is not YAML: ${error.message}.`);
  }
  refuseEndlessAliases(document, source);
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    throw notAConfiguration("is empty");
  }
  if (!isMap(contents)) throw notAConfiguration("is not a mapping of sections (db_service: …)");
  const keys = (contents.items as Pair[]).map(({ key }) => keyText(key));
  if (keys.includes("kind")) {
    throw notAConfiguration(
      'is a resource of Teleport (it has a "kind"), not the configuration of an agent',
    );
  }
  if (!keys.some((key) => key !== "version" && knownKeys.file.includes(key))) {
    throw notAConfiguration(
      `has none of the sections of Teleport's configuration; it has ${keys.slice(0, 5).join(", ")}`,
    );
  }
  return { source, file: new Section(source, contents, "", knownKeys.file) };
}
