import { type DatabaseType, isDiscovered, namingVariables } from "../catalog/database-type";
import {
  accessRoleHop,
  listRegions,
  ownRole,
  type SharedStatement,
} from "../catalog/shared-statements";
import type { Statement } from "../catalog/statement";
import type { ModuleJson } from "../module/module-json";
import { code, escapeMarkdown, table } from "../text/markdown";

const COLUMNS = ["Sid", "Why", "Granted if"];

/** The default of a variable, which a composed module can have changed. */
export function presetOf({ variable }: ModuleJson, name: string): unknown {
  return (variable?.[name] as { readonly default?: unknown } | undefined)?.default;
}

/** The variables that decide whether the statement is granted, with their defaults. */
function decidedBy(module: ModuleJson, type: DatabaseType, statement: Statement): string {
  const { actions, discovery, switch: toggle, resources } = statement;
  const discovers = `${code("services")} has ${code("discovery")}`;
  if (actions.length === 0) return discovers;
  const own = [
    ...(toggle === undefined
      ? []
      : [
          `${code(toggle.variable)} (${presetOf(module, toggle.variable) === true ? "on" : "off"} by default)`,
        ]),
    ...(discovery === undefined ? [] : [discovers]),
  ];
  if (resources.kind === "kms-keys" || resources.kind === "user-roles") {
    const variables = namingVariables(type, statement).map(code).join(" or ");
    return [...own, `${variables} is not empty`].join(", ");
  }
  return own.length === 0 ? "always" : own.join(" or ");
}

/** The cells of a statement: Sid, reason, and the variable that decides. */
function cells(sid: string, source: string, reason: string, decided: string): string[] {
  return [`[${code(sid)}](${source})`, escapeMarkdown(reason.trim()), decided];
}

function rows(module: ModuleJson, type: DatabaseType, statement: Statement): string[][] {
  const { sid, source, purpose, omittable = "", separable } = statement;
  const own = cells(sid, source, `${purpose} ${omittable}`, decidedBy(module, type, statement));
  if (separable === undefined) return [own];
  const { narrowing, condition } = separable;
  const reason = `${separable.purpose} Otherwise a part of ${sid}.`;
  const decided = `${code(narrowing.variable)} or ${code(condition.variable)} is set`;
  return [own, cells(separable.sid, source, reason, decided)];
}

/** The row of a statement that belongs to no type. */
function sharedRow({ sid, source, purpose, omittable = "", variable }: SharedStatement): string[] {
  return cells(sid, source, `${purpose} ${omittable}`, `${code(variable)} is set`);
}

/** The statements of a module's policy for `types`: Sid, reason, and the variable that decides. */
export function statementTable(module: ModuleJson, types: readonly DatabaseType[]): string {
  return table(COLUMNS, [
    ...types.flatMap((type) =>
      type.statements.flatMap((statement) => rows(module, type, statement)),
    ),
    ...(types.some(isDiscovered) ? [sharedRow(listRegions)] : []),
  ]);
}

/** The statements that the database-user roles carry themselves. */
export function userRoleTable(module: ModuleJson, types: readonly DatabaseType[]): string {
  const rowsOf = (type: DatabaseType): string[][] =>
    (type.userRole?.statements ?? []).flatMap((statement) => rows(module, type, statement));
  return table(COLUMNS, types.flatMap(rowsOf));
}

/** The statements of the service role's policy. */
export function serviceRoleTable(): string {
  return table(COLUMNS, [sharedRow(accessRoleHop), sharedRow(ownRole)]);
}
