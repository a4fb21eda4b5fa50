import type { DatabaseType } from "../catalog/database-type";
import type { Narrowing } from "../catalog/narrowing";
import { narrowingsOf, type Statement } from "../catalog/statement";
import type { Inputs } from "../inputs/assignments";
import { allStatements } from "../inputs/type-variables";
import type { Database } from "./configuration";
import { lineText } from "./place";
import type { Use } from "./uses";

/** Names that fit into a policy of 6,144 characters in addition to its statements, in characters of ARNs. */
const MOST_CHARACTERS = 4_500;

/** Fields that no configuration has: which users connect is decided elsewhere. */
const NOT_CONFIGURED: readonly string[] = ["region", "user_name", "database_name"];

type Item = Readonly<Record<string, string>>;

/** The object of a narrowing that names a database; a field that is not named is any (`*`). */
function itemOf({ fields }: Narrowing, { found }: Database): Item | undefined {
  const names = Object.keys(fields);
  if (!names.some((field) => field !== "region" && found[field] !== undefined)) return undefined;
  return Object.fromEntries(names.map((field) => [field, found[field]?.text ?? "*"]));
}

/** The reason why a statement is not narrowed, if a database in it has no name that it takes. */
function whyOpen(statement: Statement, databases: readonly Database[]): string | undefined {
  const narrowings = narrowingsOf(statement);
  const unreached = databases.filter((database) =>
    narrowings.every((each) => itemOf(each, database) === undefined),
  );
  const [first, ...others] = unreached;
  if (first === undefined) return undefined;
  const fields = narrowings.flatMap((each) => Object.keys(each.fields));
  const names = [...new Set(fields)].filter((field) => !NOT_CONFIGURED.includes(field));
  const words = names.map((field) => field.replaceAll("_", " ")).join(" or ") || "users";
  if (unreached.length === databases.length) return `the file has no ${words}`;
  const more = others.length === 0 ? "" : `, nor do ${String(others.length)} others`;
  return `${lineText(first.place)} does not name its ${words}${more}`;
}

/** The number of characters that the ARNs of an item take in a statement, with `"arn:aws:",`. */
function characters({ arns }: Narrowing, item: Item): number {
  const fill = (_: string, field: string) => item[field] ?? "123456789012";
  return arns.reduce((sum, arn) => sum + arn.replace(/\{([a-z_]+)\}/g, fill).length + 11, 0);
}

/** A variable that could be set; for a type whose databases are not all known, the type. */
interface Candidate {
  readonly subject: string;
  readonly items: readonly Item[];
  /** The characters that its items take in the policy. */
  readonly size: number;
  /** The reason why it stays open. */
  why: string | undefined;
}

function candidatesOf(type: DatabaseType, databases: readonly Database[]): Candidate[] {
  const statements = allStatements(type).filter(
    ({ separable, actions }) => separable === undefined && actions.length > 0,
  );
  const byVariable = new Map(
    statements.flatMap(narrowingsOf).map((each) => [each.variable, each] as const),
  );
  return [...byVariable].flatMap(([subject, narrowing]) => {
    const narrowed = statements.filter((each) =>
      narrowingsOf(each).some(({ variable }) => variable === subject),
    );
    const [why] = narrowed.flatMap((each) => whyOpen(each, databases) ?? []);
    const all = databases
      .map((database) => itemOf(narrowing, database))
      .filter((item) => item !== undefined);
    const items = [...new Map(all.map((item) => [JSON.stringify(item), item])).values()];
    const size = items.reduce((sum, item) => sum + characters(narrowing, item), 0);
    const isIdle = why === undefined && items.length === 0;
    return isIdle ? [] : [{ subject, items, size: size * narrowed.length, why }];
  });
}

/**
 * Narrowings to the databases that are named. A variable is left open if a statement that it narrows
 * would not reach one of them, and from the largest on if the names do not fit into one policy.
 *
 * @param types those that the Database Service connects to
 * @returns the values, and sentences about unrestricted access with the reason
 */
export function narrowings(
  uses: readonly Use[],
  types: readonly DatabaseType[],
): { readonly inputs: Inputs; readonly open: readonly string[] } {
  const openUse = uses.find(({ isOpen }) => isOpen);
  const candidates = types.flatMap((type): Candidate[] => {
    if (allStatements(type).flatMap(narrowingsOf).length === 0) return [];
    const ofType = uses.filter((use) => use.types.includes(type));
    const unnamed = openUse ?? ofType.find(({ database }) => database === undefined);
    if (unnamed === undefined) {
      const databases = ofType.flatMap(({ database }) => database ?? []);
      return candidatesOf(type, databases);
    }
    const why = `${unnamed.unnamed ?? "the type of a database is not known"} (${lineText(unnamed.place)})`;
    return [{ subject: type.name, items: [], size: 0, why }];
  });
  const isNarrowed = ({ why }: Candidate) => why === undefined;
  let total = 0;
  for (const candidate of candidates.filter(isNarrowed).sort((a, b) => a.size - b.size)) {
    total += candidate.size;
    if (total <= MOST_CHARACTERS) continue;
    candidate.why = `${String(candidate.items.length)} names do not fit into one policy`;
  }
  const open = new Map<string, string[]>();
  for (const { subject, why } of candidates) {
    if (why !== undefined) open.set(why, [...(open.get(why) ?? []), subject]);
  }
  return {
    inputs: Object.fromEntries(
      candidates.filter(isNarrowed).map(({ subject, items }) => [subject, items]),
    ),
    open: [...open].map(([why, subjects]) => `${subjects.join(", ")}: ${why}`),
  };
}
