import { Composer, type CST, isScalar, LineCounter, Parser } from "yaml";
import { isObject, type Json } from "../text/json";
import { visible } from "../text/visible-text";
import { type Place, problemAt, type Remark } from "./place";
import { Section } from "./section";
import { templateProblem } from "./template";
import { DEEPEST, type Mapping, type Node } from "./tree";
import { treeOfYaml } from "./yaml-tree";

/** Configurations are a few kilobytes, long lists of databases some hundred: the rest is not text of this kind. */
const LARGEST = 1_000_000;

/** A mapping at the top of a file, or of an item of the list that the file is. */
export interface ConfigurationDocument {
  readonly root: Mapping;
  readonly section: Section;
  /** What JSON.parse gave of a plan or state of Terraform, which is too large to be read as YAML. */
  readonly plan?: Readonly<Record<string, Json>>;
}

/** The document of a mapping. */
export function documentOf(root: Mapping, warnings: Remark[]): ConfigurationDocument {
  return { root, section: new Section(root, "", warnings, root.place) };
}

/** Something that is not a configuration. `what` says what it is, and what to do. */
export function notAConfiguration(place: Place, what: string): Error {
  return problemAt(place, `The file ${what}`);
}

/** Whether collections are in each other more than {@link DEEPEST} levels deep. */
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

/** What `terraform show -json` prints: parsed as JSON, because it can be long. */
export function parsePlan(
  text: string,
  file: Place,
  warnings: Remark[],
): ConfigurationDocument | undefined {
  if (!text.trimStart().startsWith("{") || !text.includes('"format_version"')) return undefined;
  let plan: Json;
  try {
    plan = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (!isObject(plan) || !Object.hasOwn(plan, "format_version")) return undefined;
  const root: Mapping = { kind: "mapping", place: file, entries: new Map() };
  return { ...documentOf(root, warnings), plan };
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
  // The library's check for unique keys compares each with each.
  const composer = new Composer({ lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const documents = [...composer.compose(tokens)].filter(
    ({ contents, errors }) => !isNothing(contents) || errors.length > 0,
  );
  if (documents.length === 0) throw notAConfiguration(file, "is empty.");
  const template = (): Error | undefined => templateProblem(text, (line) => at(line, 1));
  const trees = documents.map((document, index) => {
    const locate = (offset: number): Place => {
      const { line, col } = lines.linePos(offset);
      const place = at(line, col);
      return documents.length === 1 ? place : { ...place, document: index + 1 };
    };
    const [error] = document.errors;
    if (error !== undefined) {
      throw (
        template() ??
        problemAt(locate(error.pos[0]), `This is not YAML: ${visible(error.message)}.`)
      );
    }
    return treeOfYaml(document, text, locate, template);
  });
  return trees.flatMap((tree) => mappings(tree).map((each) => documentOf(each, warnings)));
}

function isNothing(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

/** @throws UserError for what is neither a mapping nor a list of mappings */
function mappings(tree: Node): Mapping[] {
  if (tree.kind === "list") return tree.items.flatMap(mappings);
  if (tree.kind === "scalar") {
    throw notAConfiguration(tree.place, "is not a mapping of keys and values (db_service: …).");
  }
  const { kind, items } = Object.fromEntries(
    ["kind", "items"].map((key) => [key, tree.entries.get(key)?.value]),
  );
  const isList = kind?.kind === "scalar" && kind.text === "List" && items !== undefined;
  return isList ? mappings(items) : [tree];
}
