import { databaseTypes } from "../lib/catalog";
import { roleModules } from "../lib/inputs/module-definition";
import { moduleCall } from "../lib/files/module-call";
import { code, codeBlock, table } from "../lib/text/markdown";
import { archiveSource, gitSource, PROJECT_PAGE, registrySource } from "./names";

const attached = {
  aws_account_id: '"123456789012"',
  attach_to_roles: '{ service = "teleport-db-service-role" }',
};

/** A call of the root module from the registry, with its version. */
function rootCall(version: string): string {
  return moduleCall("database_access", registrySource(), {
    types: '["rds", "redshift"]',
    ...attached,
  }).replace(/^ {2}source = (.*)$/m, `  source  = $1\n  version = ${JSON.stringify(version)}`);
}

/** The README of the repository of modules, for one version. */
export function treeReadme(version: string): string {
  return `${[
    "# AWS database access for Teleport",
    `The AWS IAM permissions of [Teleport](https://goteleport.com)'s Database Service, as Terraform modules: one for each database type, two that create roles, and one at the root that calls the types you name. They are generated and tested in [teleport-db-iam](${PROJECT_PAGE}). Send issues and changes there. This is version ${version}.`,
    "The modules read nothing from AWS: a plan shows every statement, without credentials or a network.",
    "## Usage",
    "Several types, each with its own policy:",
    codeBlock("hcl", rootCall(version)),
    "One type, from git:",
    codeBlock("hcl", moduleCall("rds_access", gitSource("rds", version), attached)),
    "One type, from an archive of this module only. `SHA256SUMS` of the release has the checksum:",
    codeBlock("hcl", moduleCall("rds_access", archiveSource("rds", version), attached)),
    `The root's \`types\` selects the types. Its other variables are those of the types' modules, with the same names, types and meaning. The root creates no service role and no access role: call \`modules/service-role\` and \`modules/access-role\`. It has no \`additional_statements\` and no \`statement_conditions\`, because each type has its own policy. It checks each type separately, so it does not warn if one type allows what another type narrows. For one policy with all types, [compose a module](${PROJECT_PAGE}/blob/main/docs/command-line.md#compose-a-module).`,
    "## Modules",
    table(
      ["Type", "Databases", "Module"],
      databaseTypes.map(({ name, title }) => [
        code(name),
        title,
        `[modules/${name}](modules/${name})`,
      ]),
    ),
    "These make the roles that the policies are attached to:",
    table(
      ["Module", "Role"],
      Object.entries(roleModules).map(([name, { purpose }]) => [
        `[modules/${name}](modules/${name})`,
        purpose,
      ]),
    ),
    "## Examples",
    "Each folder of [examples](examples) is a root configuration that plans as it is.",
    "## Licence",
    "[Apache-2.0](LICENSE)",
  ].join("\n\n")}\n`;
}
