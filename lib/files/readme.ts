import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Element } from "../module/element";
import type { ModuleJson } from "../module/module-json";
import { deviations } from "./deviations";
import { diagram } from "./diagram";
import { codeBlock } from "../text/markdown";
import { exampleInputs, moduleCall } from "./module-call";
import { presetOf, sharedTable, statementTable, userRoleTable } from "./statement-table";
import { terraformDocs } from "./terraform-docs";

const REFERENCE_PAGE =
  "[Teleport's IAM reference](https://goteleport.com/docs/enroll-resources/database-access/reference/aws/)";

/** A call of the module with what has no default of the module's own. */
function usage(elements: readonly Element[], types: readonly DatabaseType[]): string {
  const inputs = Object.fromEntries(
    Object.entries(exampleInputs).filter(
      ([name]) => Object.keys(presetOf(elements, name) ?? {}).length === 0,
    ),
  );
  const [first, ...more] = types;
  const [name, source] =
    first === undefined || more.length > 0
      ? ["database_access", "./database-access"]
      : [`${variablePrefix(first.name)}_access`, `./modules/${first.name}`];
  return [
    moduleCall(name, source, inputs),
    `output "${name}_statements" {\n  value = module.${name}.statements\n}`,
  ].join("\n\n");
}

/** The purpose of a type as it goes on after "The service". */
function asPredicate(type: DatabaseType | undefined): string {
  const purpose = type?.purpose ?? "";
  return `${purpose.slice(0, 1).toLowerCase()}${purpose.slice(1)}`;
}

/** The statements of one type, below a heading of its own where there are several types. */
function statementSection(
  elements: readonly Element[],
  type: DatabaseType,
  heading: boolean,
): string[] {
  const userRole = userRoleTable(elements, type);
  return [
    ...(heading ? [`### ${type.title}`, `[${type.name}](${type.source}): ${type.purpose}`] : []),
    statementTable(elements, type),
    ...(userRole === undefined ? [] : ["The database-user roles carry:", userRole]),
  ];
}

/**
 * The README of a module, from the same data as the module itself.
 *
 * @param module the module's blocks
 * @param elements what they were rendered from
 * @param types its database types, in the order of the reference page
 */
export function readme(
  module: ModuleJson,
  elements: readonly Element[],
  types: readonly DatabaseType[],
): string {
  const [first, ...more] = types;
  const several = more.length > 0;
  const title = several ? "AWS database" : (first?.title ?? "");
  return `${[
    // The command in it can hold any text, and an arrow would end the comment.
    `<!-- ${module["//"].replaceAll("-->", "--&gt;")} -->`,
    `# ${title} access for Teleport's Database Service`,
    `The AWS IAM permissions that Teleport's Database Service needs for ${types.map((type) => type.title).join(", ")}, as a Terraform module.${several ? "" : ` The service ${asPredicate(first)}`}`,
    "The module reads nothing from AWS and configures no provider: a plan shows every statement before anything is created.",
    "## Usage",
    "`source` is the folder of this file, as your configuration sees it.",
    codeBlock("hcl", usage(elements, types)),
    "The output makes a plan say under its Sid what a change grants or takes away, which the diff of the policy's JSON does not.",
    "## Who assumes what",
    "Dotted lines: with `create_access_role` in a call for the databases' account, and `assume_role_arns` in a call for the Database Service's account, the policy belongs to the access role.",
    codeBlock("mermaid", diagram(types)),
    "## Statements",
    ...types.flatMap((type) => statementSection(elements, type, several)),
    several ? "### Independent of the database type" : "Independent of the database type:",
    sharedTable(types),
    "## Differences from the reference page",
    `With its defaults the module grants what ${REFERENCE_PAGE} lists${several ? "" : ` for [${first?.title ?? ""}](${first?.source ?? ""})`}. What differs:`,
    deviations(types)
      .map((deviation) => `- ${deviation}`)
      .join("\n"),
    terraformDocs(module, elements),
  ].join("\n\n")}\n`;
}
