import * as path from "node:path";
import { databaseTypes } from "../lib/catalog";
import type { DatabaseType } from "../lib/catalog/database-type";
import type { Statement } from "../lib/catalog/statement";

/** Teleport's pages: of the Database Service, and of discovery. */
export type Kind = "reference" | "discovery";

/** The policies that a section of the pages can have. */
type Policy = "access" | "managed users" | "keys" | "user role" | "discovery";

/** A statement as a page should have it. */
export interface Expected {
  readonly sid: string;
  readonly type: DatabaseType;
  readonly actions: readonly string[];
  readonly policy: Policy;
  readonly statement: Statement;
}

/** True for the statement about KMS keys, to which the page gives no Sid. */
export const isKms = ({ resources }: Statement): boolean => resources.kind === "kms-keys";

/** The statements of a type that a page should have. */
export function expectedOf(type: DatabaseType, kind: Kind): Expected[] {
  if (kind === "discovery") {
    return type.statements.flatMap((statement) =>
      statement.discovery === undefined
        ? []
        : {
            sid: statement.sid,
            type,
            actions: statement.discovery.actions,
            policy: "discovery",
            statement,
          },
    );
  }
  const own = type.statements.filter(({ actions }) => actions.length > 0);
  const policyOf = (statement: Statement): Policy =>
    isKms(statement) ? "keys" : statement.switch?.default === false ? "managed users" : "access";
  return [
    ...own.map((statement) => ({ statement, policy: policyOf(statement) })),
    ...(type.userRole?.statements ?? []).map((statement) => ({
      statement,
      policy: "user role" as const,
    })),
  ].map(({ statement, policy }) => ({
    sid: statement.sid,
    type,
    actions: statement.actions,
    policy,
    statement,
  }));
}

/** The policies of a part of the reference page, by the part's file name. */
const PARTS: Readonly<Record<string, readonly Policy[]>> = {
  "access-policy": ["access"],
  "role-as-user-policy": ["user role"],
  "auto-password-access-policy": ["managed users", "keys"],
};

/** The policies that a part should have; undefined if its file name does not tell. */
export function policiesOfPart(file: string, kind: Kind): readonly Policy[] | undefined {
  return kind === "discovery" ? ["discovery"] : PARTS[path.basename(file, path.extname(file))];
}

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");

/** The type that the nearest of some headings names: by its name, an alias, or the page's anchor. */
export function typeNamed(headings: readonly string[]): DatabaseType | undefined {
  return headings
    .map(slug)
    .reverse()
    .map((heading) =>
      databaseTypes.find(({ name, aliases = [], source }) =>
        [name, ...aliases, source.replace(/^.*#/, "")].includes(heading),
      ),
    )
    .find((type) => type !== undefined);
}

/** The type of a part, by its path: `…/<type>/access-policy.mdx`, or `…/<type>.mdx`. */
export function typeOfPart(file: string): DatabaseType | undefined {
  return typeNamed(
    file
      .replace(/\.\w+$/, "")
      .split("/")
      .slice(-2),
  );
}

/** The resources that a page should have; a name in braces marks what each page fills in. */
export function resourcesOf({ statement, type }: Expected, kind: Kind): readonly string[] {
  const { resources } = statement;
  if (kind === "discovery") return ["*"];
  switch (resources.kind) {
    case "databases":
      return resources.unrestricted === undefined
        ? resources.narrowings.flatMap(({ arns }) => arns.map((arn) => `arn:aws:${arn}`))
        : ["*"];
    case "user-roles":
      return resources.unrestricted === undefined
        ? [`arn:aws:iam::{account}:role/${String(type.userRole?.defaultName)}`]
        : ["*"];
    case "secrets":
      return ["arn:aws:secretsmanager:*:{account}:secret:teleport/*"];
    case "kms-keys":
      return ["arn:aws:kms:*:{account}:key/{key}"];
  }
}
