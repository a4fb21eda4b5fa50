import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Statement } from "../catalog/statement";
import { ACCESS_ROLE_SID, ANY_ROLE_SID } from "../composition/policies";
import { accessRoleHop } from "../documents/granted-statements";
import { code, escapeMarkdown, table } from "./markdown";

const COLUMNS = ["Sid", "Why", "Switch"];

/** What decides whether the statement is part of the policy. */
function decidedBy(type: DatabaseType, { switch: toggle, resources }: Statement): string {
  const own =
    toggle === undefined ? [] : [`${code(toggle.variable)} (${toggle.default ? "on" : "off"})`];
  switch (resources.kind) {
    case "kms-keys":
      return [...own, `${code("kms_key_ids")} (empty: left out)`].join(", ");
    case "user-roles": {
      const prefix = variablePrefix(type.name);
      const names = [`${prefix}_user_role_names`, `${prefix}_user_role_arns`];
      return [...own, `${names.map(code).join(" and ")} (both empty: left out)`].join(", ");
    }
    default:
      return own.length === 0 ? "always there" : own.join(", ");
  }
}

function rows(type: DatabaseType, statements: readonly Statement[]): string[][] {
  return statements.map((statement) => [
    `[${code(statement.sid)}](${statement.source})`,
    escapeMarkdown([statement.purpose, statement.omittable ?? ""].join(" ").trim()),
    decidedBy(type, statement),
  ]);
}

/** The statements of the policy that `type` needs: Sid, reason, and the variable that decides. */
export function statementTable(type: DatabaseType): string {
  return table(COLUMNS, rows(type, type.statements));
}

/** The statements of the database-user roles of `type`; undefined where their policies are the caller's. */
export function userRoleTable(type: DatabaseType): string | undefined {
  const statements = type.userRole?.statements ?? [];
  return statements.length === 0 ? undefined : table(COLUMNS, rows(type, statements));
}

/** The statements that do not belong to a database type. */
export function sharedTable(): string {
  return table(COLUMNS, [
    [
      `[${code(ACCESS_ROLE_SID)}](${accessRoleHop.source})`,
      `${escapeMarkdown(accessRoleHop.purpose)} It takes the place of all other statements.`,
      `${code("assume_role_arns")} (empty: left out)`,
    ],
    [
      code(ANY_ROLE_SID),
      "In the permissions boundary only: a boundary must allow assuming roles even where their trust policies name the Database Service's role.",
      "always there",
    ],
  ]);
}
