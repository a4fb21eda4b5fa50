import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Statement } from "../catalog/statement";
import { isDiscovered } from "../catalog/discovery";
import { accessRoleHop, listRegions, ownRole } from "../policies/documents";
import { ANY_ROLE_SID } from "../policies/policy";
import { ACCESS_ROLE_SID, LIST_REGIONS_SID, OWN_ROLE_SID } from "../policies/statements";
import type { ModuleJson } from "../module/module-json";
import { code, escapeMarkdown, table } from "../markdown";

const COLUMNS = ["Sid", "Why", "Switch"];

/** A switch with its default in this module, which a composed module can have changed. */
function switchCell({ variable }: ModuleJson, name: string): string {
  const { default: preset } = variable?.[name] as { readonly default: boolean };
  return `${code(name)} (${preset ? "on" : "off"})`;
}

/** What decides whether the statement is part of the policy. */
function decidedBy(
  module: ModuleJson,
  type: DatabaseType,
  { actions, discovery, switch: toggle, resources }: Statement,
): string {
  const discovers = `${code("services")} with ${code("discovery")}`;
  if (actions.length === 0) return discovers;
  const own = [
    ...(toggle === undefined ? [] : [switchCell(module, toggle.variable)]),
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

function rows(
  module: ModuleJson,
  type: DatabaseType,
  statements: readonly Statement[],
): string[][] {
  return statements.flatMap((statement) => {
    const { sid, source, purpose, omittable = "", separable } = statement;
    return [
      [
        `[${code(sid)}](${source})`,
        escapeMarkdown([purpose, omittable].join(" ").trim()),
        decidedBy(module, type, statement),
      ],
      ...(separable === undefined
        ? []
        : [
            [
              `[${code(separable.sid)}](${source})`,
              escapeMarkdown(`${separable.purpose} Part of ${sid} where neither variable is set.`),
              `${code(separable.narrowing.variable)} or ${code(separable.condition.variable)}`,
            ],
          ]),
    ];
  });
}

/** The statements of the policy that `type` needs: Sid, reason, and the variable that decides. */
export function statementTable(module: ModuleJson, type: DatabaseType): string {
  return table(COLUMNS, rows(module, type, type.statements));
}

/** The statements of the database-user roles of `type`; undefined where their policies are the caller's. */
export function userRoleTable(module: ModuleJson, type: DatabaseType): string | undefined {
  const statements = type.userRole?.statements ?? [];
  return statements.length === 0 ? undefined : table(COLUMNS, rows(module, type, statements));
}

/** The statements that do not belong to a database type. */
export function sharedTable(types: readonly DatabaseType[]): string {
  return table(COLUMNS, [
    [
      `[${code(ACCESS_ROLE_SID)}](${accessRoleHop.source})`,
      `${escapeMarkdown(accessRoleHop.purpose)} It takes the place of all other statements.`,
      `${code("assume_role_arns")} (null: left out)`,
    ],
    [
      `[${code(OWN_ROLE_SID)}](${ownRole.source})`,
      escapeMarkdown(ownRole.purpose),
      `${code(ownRole.variable)} (false: left out)`,
    ],
    ...(types.some(isDiscovered)
      ? [
          [
            `[${code(LIST_REGIONS_SID)}](${listRegions.source})`,
            escapeMarkdown(listRegions.purpose),
            `${code("discover_all_regions")} and ${code("services")} with ${code("discovery")}`,
          ],
        ]
      : []),
    [
      code(ANY_ROLE_SID),
      "In the permissions boundary only: a boundary must allow assuming roles even where their trust policies name the Database Service's role.",
      "always there",
    ],
  ]);
}
