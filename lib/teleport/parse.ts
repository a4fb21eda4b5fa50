import { Composer, type CST, isScalar, LineCounter, Parser } from "yaml";
import { visible } from "../text/visible-text";
import { type Place, problemAt } from "./place";
import { Section } from "./section";
import { templateProblem } from "./template";
import { isItems, isMapping, type Node } from "./tree";
import { treeOfYaml } from "./yaml-tree";

/** Configurations are a few kilobytes, long lists of databases some hundred: the rest is not text of this kind. */
const LARGEST = 1_000_000;

/** Files nest some ten levels; what reads them calls itself for each. */
const DEEPEST = 500;

/** The error about a file that is not a configuration. `what` contains the problem and the advice. */
export function notAConfiguration(place: Place, what: string): Error {
  return problemAt(place, `The file ${what}`);
}

/** True if collections are in each other more than {@link DEEPEST} levels deep. */
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

/**
 * The mappings of a YAML or JSON text: one for each document, and for each item of a list, as
 * `tctl get --format=json` and Kubernetes' `kind: List` have them.
 *
 * @param at the place of a line and column of the text
 * @throws UserError with its place for text that is not YAML, empty, too large, binary, a template, or
 *   expands to too much
 */
export function parseConfiguration(
  text: string,
  at: (line?: number, column?: number) => Place,
): Section[] {
  const file = at();
  if (text.length > LARGEST) {
    const length = `${String(text.length)} characters long, and the limit is ${String(LARGEST)}`;
    throw notAConfiguration(file, `is ${length}. Split it, and give each part with --from.`);
  }
  if (/[\0\uFFFD]/.test(text))
    throw notAConfiguration(file, "is not UTF-8 text. Save it as UTF-8.");
  const lines = new LineCounter();
  // The parser makes a list of tokens without calling itself; at the stack's end V8 could abort.
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  if (isTooDeep(tokens)) throw notAConfiguration(file, "is nested too deeply.");
  // Failsafe: every scalar is text. The library's check for unique keys compares each with each.
  const options = {
    schema: "failsafe",
    prettyErrors: false,
    uniqueKeys: false,
    resolveKnownTags: false,
  } as const;
  const composer = new Composer({ ...options, lineCounter: lines, logLevel: "error" });
  const documents = [...composer.compose(tokens)].filter(
    ({ contents, errors }) => errors.length > 0 || !(isScalar(contents) && contents.value === ""),
  );
  if (documents.length === 0) throw notAConfiguration(file, "is empty.");
  return documents.flatMap((document, index) => {
    const locate = (offset: number): Place => {
      const { line, col } = lines.linePos(offset);
      const place = at(line, col);
      return documents.length === 1 ? place : { ...place, document: index + 1 };
    };
    const [error] = document.errors;
    const template = (): Error | undefined => templateProblem(text, (line) => at(line, 1));
    if (error !== undefined) {
      const problem = `This is not YAML: ${visible(error.message)}.`;
      throw template() ?? problemAt(locate(error.pos[0]), problem);
    }
    try {
      return mappings(treeOfYaml(document.contents, text, locate));
    } catch (problem) {
      throw template() ?? problem;
    }
  });
}

function mappings(node: Node): Section[] {
  if (isItems(node.content)) return node.content.flatMap(mappings);
  if (!isMapping(node.content)) {
    throw notAConfiguration(node.place, "is not a mapping of keys and values (db_service: …).");
  }
  const section = new Section(node);
  const isList = section.word("kind") === "List" && section.has("items");
  return isList ? mappings(section.node("items")) : [section];
}
