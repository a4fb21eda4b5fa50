import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/** A statement of a policy on a page. */
export interface PageStatement {
  readonly sid: string | undefined;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Whether it says who may assume a role. */
  readonly isTrust: boolean;
}

/** A policy on a page, and where it stands. */
export interface PagePolicy {
  readonly file: string;
  readonly line: number;
  /** The headings above it, the nearest last, and the file's path. */
  readonly headings: readonly string[];
  readonly statements: readonly PageStatement[];
}

/** A page, or a part of one that is a file of its own. */
export interface Page {
  /** What the page is called; absent of a part. */
  readonly title: string | undefined;
  readonly policies: readonly PagePolicy[];
  /** SHA-256 of each statement's purpose by Sid, as {@link purposeHash} gives it. */
  readonly purposes: ReadonlyMap<string, string>;
  /** What could not be read, as lines with their place. */
  readonly problems: readonly string[];
}

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

/** The nearest folder above `file` that has `target`, and that file in it. */
function above(file: string, target: string): string | undefined {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    const found = path.join(folder, target);
    if (fs.existsSync(found)) return found;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** The page's placeholders, in both of its forms, and the parameters of an include. */
function filled(text: string, parameters: ReadonlyMap<string, string>): string {
  return text
    .replace(/<Var name="([^"]+)"\s*\/>/g, "$1")
    .replace(/\{\{ *(\w+) *\}\}/g, (whole, name: string) => parameters.get(name) ?? whole);
}

/** The lines of a file, with those of the files that it includes in their place. */
function linesOf(
  file: string,
  problems: string[],
  parameters: ReadonlyMap<string, string> = new Map(),
): Line[] {
  return fs
    .readFileSync(file, "utf8")
    .split(/\r?\n/)
    .flatMap((text, index): Line[] => {
      const line = { file, number: index + 1, text: filled(text, parameters) };
      const [, target, rest = ""] = /^\s*\(!([^\s!]+)(.*)!\)\s*$/.exec(text) ?? [];
      if (target === undefined) return [line];
      const included = above(file, target);
      if (included === undefined) {
        problems.push(`${file}:${String(line.number)}  ${target} is included and is not there`);
        return [];
      }
      const given = [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(
        ([, name = "", value = ""]) => [name, value] as const,
      );
      return linesOf(included, problems, new Map(given));
    });
}

const asList = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");

/** The statements of a policy document; undefined of other JSON. */
function statementsOf(document: unknown): PageStatement[] | undefined {
  if (typeof document !== "object" || document === null || !("Statement" in document)) return;
  return [document.Statement].flat().map((each) => {
    const statement = each as Readonly<Record<string, unknown>>;
    return {
      sid: typeof statement.Sid === "string" ? statement.Sid : undefined,
      actions: asList(statement.Action),
      resources: asList(statement.Resource),
      isTrust: "Principal" in statement,
    };
  });
}

/**
 * Reads a page, or a part of it: Markdown with policies as JSON in fences, and tables of the
 * statements' purposes. Lines `(!path!)` stand for files, which are looked for in the folders above.
 *
 * @throws Error of the file system where the file cannot be read
 */
export function readPage(name: string): Page {
  const problems: string[] = [];
  const policies: PagePolicy[] = [];
  const purposes = new Map<string, string>();
  let title: string | undefined;
  let headings: readonly (readonly [level: number, text: string])[] = [];
  let fence: { readonly at: Line; readonly text: string[] } | undefined;

  const close = ({ at, text }: { readonly at: Line; readonly text: readonly string[] }): void => {
    const json = text.join("\n").trim();
    if (!json.startsWith("{")) return;
    try {
      const statements = statementsOf(JSON.parse(json));
      const above = [at.file, ...headings.map(([, heading]) => heading)];
      if (statements !== undefined)
        policies.push({ file: at.file, line: at.number, headings: above, statements });
    } catch (error) {
      problems.push(`${at.file}:${String(at.number)}  not JSON: ${(error as Error).message}`);
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
    problems.push(`${fence.at.file}:${String(fence.at.number)}  the fence has no end`);
  return { title, policies, purposes, problems };
}
