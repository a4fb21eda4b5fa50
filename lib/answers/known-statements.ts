import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import { type SharedStatement, sharedStatements } from "../catalog/shared-statements";
import type { Statement } from "../catalog/statement";
import { allStatements } from "../inputs/type-variables";

/** A statement of the catalogue, and the type that has it; null for one that belongs to no type. */
export type KnownStatement =
  | { readonly type: DatabaseType; readonly statement: Statement }
  | { readonly type: null; readonly statement: SharedStatement };

/** All statements, in the order of the reference page. */
export const known: readonly KnownStatement[] = [
  ...databaseTypes.flatMap((type) => allStatements(type).map((statement) => ({ type, statement }))),
  ...sharedStatements.map((statement) => ({ type: null, statement })),
];

/** The Sids and actions of a statement. */
export function namesOf({ type, statement }: KnownStatement): readonly string[] {
  const { sid, actions, discovery } = statement;
  const separable = type === null ? undefined : statement.separable;
  return [sid, ...(separable ? [separable.sid] : []), ...actions, ...(discovery?.actions ?? [])];
}
