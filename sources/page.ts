import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/** A statement of a policy on a page. */
export interface PageStatement {
  readonly sid: string | undefined;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** The AWS principals of a trust policy; undefined in other policies. */
  readonly principals: readonly string[] | undefined;
  /** The condition as JSON with sorted keys; undefined if there is none. */
  readonly condition: string | undefined;
  /** The names of all other elements, such as `NotAction`. */
  readonly otherElements: readonly string[];
}

/** A policy on a page, and its place. */
export interface PagePolicy {
  readonly file: string;
  readonly line: number;
  /** The headings above it, the nearest last; without those of level one. */
  readonly headings: readonly string[];
  readonly statements: readonly PageStatement[];
}

/** A page, or a part of one that is a file of its own. */
export interface Page {
  readonly file: string;
  /** The page's title; undefined for a part. */
  readonly title: string | undefined;
  readonly policies: readonly PagePolicy[];
  /** SHA-256 of each statement's purpose by Sid, see {@link purposeHash}. */
  readonly purposes: ReadonlyMap<string, string>;
  /** The parts that could not be read, as lines with their place. */
  readonly problems: readonly string[];
}

/** A parameter of an include that has no value yet: `{{ name }}`. */
const PARAMETER = /\{\{ *(\w+) *\}\}/g;

/** True if a text contains a parameter without a value. */
export const hasParameter = (text: string): boolean => text.search(PARAMETER) >= 0;

/** SHA-256 of a sentence in lower case, with every run of other characters than letters and digits as one space. */
export function purposeHash(sentence: string): string {
  const words = sentence
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  return createHash("sha256").update(words).digest("hex");
}

interface Line {
  readonly file: string;
  readonly number: number;
  readonly text: string;
}

/** The file `target` in the nearest folder above `file` that has it. */
function above(file: string, target: string): string | undefined {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    const found = path.join(folder, target);
    if (fs.existsSync(found)) return found;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** The assignments `name="value"` of a text. */
function assignments(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/**
 * The lines of a file with its includes in their place. A part begins with the default values of its
 * parameters, `{{ name="value" }}`; an include overrides them.
 */
function linesOf(
  file: string,
  problems: string[],
  given: ReadonlyMap<string, string> = new Map(),
): Line[] {
  const lines = fs.readFileSync(file, "utf8").split(/\r?\n/);
  const isDefaults = (text: string): boolean => /^\s*\{\{(\s*\w+="[^"]*")+\s*\}\}\s*$/.test(text);
  const values = new Map([
    ...lines.filter(isDefaults).flatMap((text) => [...assignments(text)]),
    ...given,
  ]);
  return lines.flatMap((text, index): Line[] => {
    if (isDefaults(text)) return [];
    const [, target, rest = ""] = /^\s*\(!([^\s!]+)(.*)!\)\s*$/.exec(text) ?? [];
    if (target === undefined) {
      const filled = text
        .replace(/<Var name="([^"]+)"\s*\/>/g, "$1")
        .replace(PARAMETER, (whole, name: string) => values.get(name) ?? whole);
      return [{ file, number: index + 1, text: filled }];
    }
    const included = above(file, target);
    if (included === undefined) {
      problems.push(`${file}:${String(index + 1)}  cannot find the included file ${target}`);
      return [];
    }
    return linesOf(included, problems, assignments(rest));
  });
}

const asList = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");

/** JSON with the keys of every object in alphabetical order. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  );
}

/** The statements of a policy document; undefined for other JSON. */
function statementsOf(document: unknown): PageStatement[] | undefined {
  if (typeof document !== "object" || document === null || !("Statement" in document)) return;
  return [document.Statement].flat().map((each) => {
    const { Sid, Effect, Action, Resource, Principal, Condition, ...others } = each as Readonly<
      Record<string, unknown>
    >;
    const principal = (Principal ?? {}) as Readonly<Record<string, unknown>>;
    return {
      sid: typeof Sid === "string" ? Sid : undefined,
      effect: String(Effect),
      actions: asList(Action),
      resources: asList(Resource),
      principals:
        Principal === undefined
          ? undefined
          : Object.entries(principal).flatMap(([kind, names]) =>
              asList(names).map((name) => (kind === "AWS" ? name : `${kind}:${name}`)),
            ),
      condition: Condition === undefined ? undefined : sortedJson(Condition),
      otherElements: Object.keys(others),
    };
  });
}

/** True for text that is not JSON and contains elements of a policy, as HCL or YAML has them. */
const looksLikePolicy = (text: string): boolean =>
  /\b(statement|action|actions|effect)"?\s*[={:[]/i.test(text);

/**
 * Reads a page, or a part of it: Markdown with policies as JSON in fences, and tables of the
 * statements' purposes. Lines `(!path!)` include files, which are looked for in the folders above.
 *
 * @throws Error of the file system if the file cannot be read
 */
export function readPage(name: string): Page {
  const problems: string[] = [];
  const policies: PagePolicy[] = [];
  const purposes = new Map<string, string>();
  let title: string | undefined;
  let headings: readonly (readonly [level: number, text: string])[] = [];
  let fence: { readonly at: Line; readonly text: string[] } | undefined;

  const close = ({ at, text }: { readonly at: Line; readonly text: readonly string[] }): void => {
    const block = text.join("\n").trim();
    const place = `${at.file}:${String(at.number)}`;
    if (!block.startsWith("{")) {
      if (looksLikePolicy(block))
        problems.push(`${place}  a policy that is not JSON: compare it by hand`);
      return;
    }
    try {
      const statements = statementsOf(JSON.parse(block));
      if (statements === undefined) return;
      const names = headings.filter(([level]) => level > 1).map(([, heading]) => heading);
      policies.push({ file: at.file, line: at.number, headings: names, statements });
      const [missing] = block.match(PARAMETER) ?? [];
      if (missing !== undefined && at.file !== name)
        problems.push(`${place}  ${missing} has no value: the include does not set it`);
    } catch (error) {
      problems.push(`${place}  invalid JSON: ${(error as Error).message}`);
    }
  };

  for (const line of linesOf(name, problems)) {
    const { text } = line;
    if (/^\s*```/.test(text)) {
      if (fence !== undefined) close(fence);
      fence = fence === undefined ? { at: line, text: [] } : undefined;
    } else if (fence !== undefined) {
      fence.text.push(text);
    } else {
      const [, marks = "", heading = ""] = /^(#+) +(.+?)\s*$/.exec(text) ?? [];
      const [, frontMatter] = /^title: *"?(.+?)"?\s*$/.exec(text) ?? [];
      title ??= marks.length === 1 ? heading : frontMatter;
      if (marks !== "")
        headings = [...headings.filter(([level]) => level < marks.length), [marks.length, heading]];
      const [, sid, purpose = ""] = /^\|\s*`(\w+)`\s*\|(.*)\|\s*$/.exec(text) ?? [];
      if (sid !== undefined) purposes.set(sid, purposeHash(purpose));
    }
  }
  if (fence !== undefined)
    problems.push(`${fence.at.file}:${String(fence.at.number)}  the fence does not end`);
  return { file: name, title, policies, purposes, problems };
}
