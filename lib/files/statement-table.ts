import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Statement } from "../catalog/statement";
import { isDiscovered } from "../catalog/discovery";
import { accessRoleHop, listRegions, ownRole } from "../policies/documents";
import { ANY_ROLE_SID } from "../policies/policy";
import { ACCESS_ROLE_SID, LIST_REGIONS_SID, OWN_ROLE_SID } from "../policies/statements";
import type { Element } from "../module/element";
import { code, escapeMarkdown, row, table } from "../text/markdown";
import { memo, once } from "../text/memo";

const COLUMNS = ["Sid", "Why", "Switch"];

/** What decides whether the statement is part of the policy, and whether it is by default. */
function decidedBy(
  type: DatabaseType,
  { actions, discovery, switch: toggle, resources }: Statement,
  isOn: boolean,
): string {
  const discovers = `${code("services")} with ${code("discovery")}`;
  if (actions.length === 0) return discovers;
  const own = [
    ...(toggle === undefined ? [] : [`${code(toggle.variable)} (${isOn ? "on" : "off"})`]),
    ...(discovery === undefined ? [] : [discovers]),
  ];
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

function rows(type: DatabaseType, statement: Statement, isOn: boolean): string[] {
  const { sid, source, purpose, omittable = "", separable } = statement;
  return [
    row([
      `[${code(sid)}](${source})`,
      escapeMarkdown([purpose, omittable].join(" ").trim()),
      decidedBy(type, statement, isOn),
    ]),
    ...(separable === undefined
      ? []
      : [
          row([
            `[${code(separable.sid)}](${source})`,
            escapeMarkdown(`${separable.purpose} Part of ${sid} where neither variable is set.`),
            `${code(separable.narrowing.variable)} or ${code(separable.condition.variable)}`,
          ]),
        ]),
  ];
}

/** The rows of a type's statements, with their switches on and off: many modules have them in common. */
const rowsOf = memo((type: DatabaseType) =>
  memo((statement: Statement) => ({
    on: rows(type, statement, true),
    off: rows(type, statement, false),
  })),
);

function tableOf(
  elements: readonly Element[],
  type: DatabaseType,
  statements: readonly Statement[],
): string {
  return table(
    COLUMNS,
    statements.flatMap((statement) => {
      const { on, off } = rowsOf(type)(statement);
      const toggle = statement.switch?.variable;
      return toggle === undefined || presetOf(elements, toggle) === true ? on : off;
    }),
  );
}

/** The default of a variable, which a composed module can have changed. */
export function presetOf(elements: readonly Element[], variable: string): unknown {
  for (const element of elements) {
    if (element.kind === "variable" && element.name === variable) return element.overrides.default;
  }
  return undefined;
}

/** The statements of the policy that `type` needs: Sid, reason, and the variable that decides. */
export function statementTable(elements: readonly Element[], type: DatabaseType): string {
  return tableOf(elements, type, type.statements);
}

/** The statements of the database-user roles of `type`; undefined where their policies are the caller's. */
export function userRoleTable(
  elements: readonly Element[],
  type: DatabaseType,
): string | undefined {
  const statements = type.userRole?.statements ?? [];
  return statements.length === 0 ? undefined : tableOf(elements, type, statements);
}

/** The rows of the statements that do not belong to a database type. */
const sharedRows = once(() => ({
  hop: row([
    `[${code(ACCESS_ROLE_SID)}](${accessRoleHop.source})`,
    `${escapeMarkdown(accessRoleHop.purpose)} It takes the place of all other statements.`,
    `${code("assume_role_arns")} (null: left out)`,
  ]),
  self: row([
    `[${code(OWN_ROLE_SID)}](${ownRole.source})`,
    escapeMarkdown(ownRole.purpose),
    `${code(ownRole.variable)} (false: left out)`,
  ]),
  regions: row([
    `[${code(LIST_REGIONS_SID)}](${listRegions.source})`,
    escapeMarkdown(listRegions.purpose),
    `${code("discover_all_regions")} and ${code("services")} with ${code("discovery")}`,
  ]),
  anyRole: row([
    code(ANY_ROLE_SID),
    "In the permissions boundary only: a boundary must allow assuming roles even where their trust policies name the Database Service's role.",
    "always there",
  ]),
}));

/** The statements that do not belong to a database type. */
export function sharedTable(types: readonly DatabaseType[]): string {
  const { hop, self, regions, anyRole } = sharedRows();
  return table(COLUMNS, [hop, self, ...(types.some(isDiscovered) ? [regions] : []), anyRole]);
}
