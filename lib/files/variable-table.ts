import type { ModuleDefinition } from "../inputs/module-definition";
import { NARROWING_VALUES } from "../inputs/type-variables";
import { typeConstraint } from "../inputs/validation";
import type { Variable } from "../inputs/variable";
import type { ModuleJson } from "../module/module-json";
import { code, escapeMarkdown, table } from "../text/markdown";
import { presetOf } from "./statement-table";

/** The groups of a module's variables, in their order: the first that a variable belongs to counts. */
const GROUPS: readonly (readonly [heading: string, includes: (variable: Variable) => boolean])[] = [
  ["Required", ({ default: preset }) => preset === undefined],
  ["Narrow access", ({ type }) => type.kind === "objects"],
  ["Switches", ({ type }) => type.kind === "bool"],
  ["Names, roles and tags", () => true],
];

/** The type without the fields of objects, which the description and the message of a plan name. */
function shortType(variable: Variable): string {
  const constraint = typeConstraint(variable);
  return constraint.length <= 40 ? code(constraint) : code(constraint.replace(/\(.*\)/s, "(…)"));
}

function variableRow(module: ModuleJson, variable: Variable): string[] {
  const preset = presetOf(module, variable.name);
  return [
    code(variable.name),
    escapeMarkdown(variable.description.replace(` ${NARROWING_VALUES}`, "")),
    shortType(variable),
    preset === undefined ? "" : code(JSON.stringify(preset)),
  ];
}

/** The variables of a module in groups, as parts of Markdown. */
export function variableTables(module: ModuleJson, { variables }: ModuleDefinition): string[] {
  const groupOf = (variable: Variable): number =>
    GROUPS.findIndex(([, includes]) => includes(variable));
  return GROUPS.flatMap(([heading], index) => {
    const members = variables.filter((variable) => groupOf(variable) === index);
    if (members.length === 0) return [];
    const rows = members.map((variable) => variableRow(module, variable));
    const same = members.every(({ description }) => description.endsWith(NARROWING_VALUES));
    return [
      `### ${heading}`,
      ...(same ? [escapeMarkdown(NARROWING_VALUES)] : []),
      table(["Name", "Description", "Type", "Default"], rows),
    ];
  });
}

/** The outputs of a module. */
export function outputTable({ output = {} }: ModuleJson): string {
  return table(
    ["Name", "Description"],
    Object.entries(output).map(([name, block]) => [
      code(name),
      escapeMarkdown((block as { readonly description: string }).description),
    ]),
  );
}
