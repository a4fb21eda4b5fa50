import { databaseTypes } from "../catalog";
import { allStatements } from "../inputs/type-variables";

/** A database type in a few lines. */
export interface ListedType {
  readonly name: string;
  /** Other spellings that are taken for the name. */
  readonly aliases: readonly string[];
  /** The name as AWS writes it. */
  readonly title: string;
  /** A sentence about the Database Service's use of these databases. */
  readonly purpose: string;
  /** The statements, by Sid, and what each is for. */
  readonly statements: readonly {
    readonly sid: string;
    readonly purpose: string;
    /** Name of the variable that puts it in or leaves it out; null if there is none. */
    readonly variable: string | null;
  }[];
  /** The section of Teleport's reference page. */
  readonly source: string;
}

/** All database types, in the order of the reference page. */
export function list(): readonly ListedType[] {
  return databaseTypes.map((type) => ({
    name: type.name,
    aliases: type.aliases ?? [],
    title: type.title,
    purpose: type.purpose,
    statements: allStatements(type).map(({ sid, purpose, actions, switch: toggle }) => ({
      sid,
      purpose,
      variable: toggle?.variable ?? (actions.length === 0 ? "services" : null),
    })),
    source: type.source,
  }));
}
