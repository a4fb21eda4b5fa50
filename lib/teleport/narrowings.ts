import type { DatabaseType } from "../catalog/database-type";
import type { Narrowing } from "../catalog/narrowing";
import { narrowingsOf, type Statement } from "../catalog/statement";
import type { Inputs } from "../inputs/assignments";
import { allStatements } from "../inputs/type-variables";
import type { Json } from "../text/json";
import type { Database } from "./configuration";
import { type Place, placeText } from "./place";
import type { Use } from "./uses";

/** Names that fit into a policy of 6,144 characters beside its statements, in characters of ARNs. */
const MOST_CHARACTERS = 4_500;

/** What is narrowed to the databases by name, and why the rest is not. */
export interface Narrowed {
  readonly inputs: Inputs;
  /** Sentences: what stays open, and why. */
  readonly open: readonly string[];
}

/** Fields that no configuration has: which users connect is decided elsewhere. */
const NOT_CONFIGURED: readonly string[] = ["region", "user_name", "database_name"];

function fieldsOf({ fields }: Narrowing): string[] {
  return Object.keys(fields).filter((field) => !NOT_CONFIGURED.includes(field));
}

/** The object of a narrowing that names a database; a field that is not named is any (`*`). */
function narrowingItem(
  { fields }: Narrowing,
  { found }: Database,
): Readonly<Record<string, string>> | undefined {
  const names = Object.keys(fields);
  if (!names.some((field) => field !== "region" && found[field] !== undefined)) return undefined;
  return Object.fromEntries(names.map((field) => [field, found[field]?.text ?? "*"]));
}

/** Databases that a statement would not reach if it were narrowed to what is named. */
function unreached(statement: Statement, databases: readonly Database[]): Database[] {
  return databases.filter((database) =>
    narrowingsOf(statement).every((each) => narrowingItem(each, database) === undefined),
  );
}

/** What databases would have to be named by, in words. */
function words(fields: readonly string[]): string {
  const names = [...new Set(fields)].map((field) => field.replaceAll("_", " "));
  return names.length === 0 ? "users" : names.join(" or ");
}

/** Where something is, without the column, which is for mistakes. */
function lineOf({ place }: { readonly place: Place }): string {
  return placeText({ ...place, column: undefined });
}

/** Why a statement is not narrowed, if a database in it has no name that the statement takes. */
function whyUnreached(statement: Statement, databases: readonly Database[]): string | undefined {
  const fields = narrowingsOf(statement).flatMap(fieldsOf);
  const [first, ...others] = unreached(statement, databases);
  if (first === undefined) return undefined;
  if (others.length + 1 === databases.length) return `the file has no ${words(fields)}`;
  const more = others.length === 0 ? "" : `, nor do ${String(others.length)} others`;
  return `${lineOf(first)} does not name its ${words(fields)}${more}`;
}

/** How many characters the ARNs of an item take in all statements that it narrows. */
function characters(narrowing: Narrowing, item: Readonly<Record<string, string>>): number {
  const filled = narrowing.arns.map(
    (arn) =>
      arn.replace(/\{([a-z_]+)\}/g, (_, field: string) => item[field] ?? "123456789012").length,
  );
  // `"arn:aws:",` around each.
  return filled.reduce((sum, length) => sum + length + 11, 0);
}

/** A narrowing that could be set. */
interface Candidate {
  readonly variable: string;
  readonly items: readonly Json[];
  readonly size: number;
}

/** What stays open, by the reason. */
class Open {
  private readonly subjects = new Map<string, string[]>();

  add(subject: string, reason: string): void {
    const known = this.subjects.get(reason);
    if (known === undefined) this.subjects.set(reason, [subject]);
    else known.push(subject);
  }

  sentences(): string[] {
    return [...this.subjects].map(([reason, subjects]) => `${subjects.join(", ")}: ${reason}`);
  }
}

/** The narrowings of one type that could be set; the others are added to what stays open. */
function candidatesOf(
  type: DatabaseType,
  databases: readonly Database[],
  open: Open,
): readonly Candidate[] {
  const statements = allStatements(type).filter(
    ({ separable, actions }) => separable === undefined && actions.length > 0,
  );
  const byVariable = new Map(
    statements.flatMap(narrowingsOf).map((each) => [each.variable, each] as const),
  );
  return [...byVariable].flatMap(([variable, narrowing]): readonly Candidate[] => {
    const narrowed = statements.filter((each) =>
      narrowingsOf(each).some((own) => own.variable === variable),
    );
    const [why] = narrowed.flatMap((each) => whyUnreached(each, databases) ?? []);
    if (why !== undefined) {
      open.add(variable, why);
      return [];
    }
    const items = databases
      .map((database) => narrowingItem(narrowing, database))
      .filter((item) => item !== undefined);
    const distinct = [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
    const size = distinct.reduce((sum, item) => sum + characters(narrowing, item), 0);
    return distinct.length === 0
      ? []
      : [{ variable, items: distinct, size: size * narrowed.length }];
  });
}

/**
 * Narrowings to the databases that are named. A variable is left open if a statement that it narrows
 * would not reach one of them, and from the largest on if the names do not fit into one policy.
 *
 * @param types those that the Database Service connects to
 */
export function narrowings(uses: readonly Use[], types: readonly DatabaseType[]): Narrowed {
  const open = new Open();
  const openUse = uses.find(({ isOpen }) => isOpen);
  const candidates = types.flatMap((type) => {
    if (allStatements(type).flatMap(narrowingsOf).length === 0) return [];
    const ofType = uses.filter((use) => use.types.includes(type));
    const unnamed = openUse ?? ofType.find(({ database }) => database === undefined);
    if (unnamed === undefined) {
      return candidatesOf(
        type,
        ofType.flatMap(({ database }) => database ?? []),
        open,
      );
    }
    const why = unnamed.unnamed ?? "the type of a database is not known";
    open.add(type.name, `${why} (${lineOf(unnamed)})`);
    return [];
  });
  const fitting = new Set<string>();
  let total = 0;
  for (const { variable, items, size } of [...candidates].sort((a, b) => a.size - b.size)) {
    total += size;
    if (total <= MOST_CHARACTERS) fitting.add(variable);
    else open.add(variable, `${String(items.length)} names do not fit into one policy`);
  }
  const inputs = candidates
    .filter(({ variable }) => fitting.has(variable))
    .map(({ variable, items }) => [variable, items] as const);
  return { inputs: Object.fromEntries(inputs), open: open.sentences() };
}
