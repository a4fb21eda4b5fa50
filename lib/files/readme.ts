import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { ANY_ROLE_SID } from "../catalog/shared-statements";
import { type ModuleDefinition, withUserRoles } from "../inputs/module-definition";
import type { ModuleJson } from "../module/module-json";
import { code, codeBlock } from "../text/markdown";
import { exampleCall, type exampleInputs } from "./module-call";
import { presetOf, serviceRoleTable, statementTable, userRoleTable } from "./statement-table";
import { outputTable, variableTables } from "./variable-table";

const REFERENCE_PAGE =
  "[Teleport's IAM reference](https://goteleport.com/docs/enroll-resources/database-access/reference/aws/)";

/** The differences of every module from the reference page. */
const sharedDeviations: readonly string[] = [
  `ARNs begin with ${code("arn:")} and ${code("aws_partition")}. The page has ${code("arn:aws:")}, which is wrong in AWS GovCloud (US) and in China.`,
  `The permissions boundary lists actions without naming databases. The page repeats the policy, and such a boundary would make every role wait for the databases. The Sid ${code(ANY_ROLE_SID)} is of this project.`,
];

function usage(
  module: ModuleJson,
  kind: keyof typeof exampleInputs,
  source: string,
  name?: string,
): string[] {
  const hasDefault = (input: string): boolean =>
    Object.keys(presetOf(module, input) ?? {}).length > 0;
  return [
    "## Usage",
    "`source` is the path of this folder.",
    codeBlock("hcl", exampleCall(kind, source, hasDefault, name)),
  ];
}

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join("\n");

/** The resources that the example call creates or can create. */
function created(types: readonly DatabaseType[]): string {
  return bullets([
    "One IAM policy, `aws_iam_policy.database_access`. With the defaults it grants what the reference page lists.",
    "One attachment for each role in `attach_to_roles`. Other attachments are not touched.",
    ...(withUserRoles(types).length === 0
      ? []
      : [
          "With `create_user_roles`: the roles that database users connect as, which `trusted_principals` may assume.",
        ]),
    '`terraform_data.statements`, only in the state. A plan that changes the policy replaces it and shows each change under its Sid. Such a plan also has "1 to add, 1 to destroy".',
  ]);
}

function policyReadme(module: ModuleJson, { types }: ModuleDefinition): string[] {
  const [first, ...more] = types;
  const several = more.length > 0;
  const [name, source] =
    first === undefined || several
      ? ["database_access", "./database-access"]
      : [`${variablePrefix(first.name)}_access`, `./modules/${first.name}`];
  const carried = types.some(({ userRole }) => userRole?.statements !== undefined);
  const titles = types.map(({ title }) => title).join(", ");
  return [
    `# ${several ? "AWS database" : (first?.title ?? "")} access for Teleport's Database Service`,
    `The AWS IAM permissions that Teleport's Database Service needs for ${titles}.${several ? "" : ` ${first?.purpose ?? ""}`}`,
    "## What a call creates",
    created(types),
    "The module reads nothing from AWS and configures no provider. A plan shows every statement before anything is created.",
    ...usage(module, "database-access", source, name),
    "## Statements",
    statementTable(module, types),
    ...(carried ? ["The database-user roles carry:", userRoleTable(module, types)] : []),
    "## Differences from the reference page",
    `With its defaults the module grants what ${REFERENCE_PAGE} lists. The differences:`,
    bullets([...types.flatMap((type) => type.deviations ?? []), ...sharedDeviations]),
  ];
}

function serviceRoleReadme(module: ModuleJson): string[] {
  return [
    "# The role of Teleport's Database Service",
    "The IAM role that the Database Service runs as on EC2, ECS or EKS, or that Teleport's AWS OIDC integration uses. Attach the policies of the other modules to it, or let it assume access roles in the databases' accounts.",
    "## What a call creates",
    bullets([
      "One IAM role, `aws_iam_role.service`, trusted by each place whose `trust_…` variable is set.",
      "With `assume_role_arns` or `assume_itself`: one inline policy that allows to assume these roles.",
      "With `trust_ec2`: an instance profile of the same name.",
    ]),
    ...usage(module, "service-role", "./modules/service-role"),
    "A replaced role (another `role_name` or `role_path`) gets a new ID: trust policies that name its ARN then trust nobody until they are applied again. To avoid that, trust the account (`arn:aws:iam::123456789012:root`) with a condition on `aws:PrincipalArn`.",
    "## Statements",
    serviceRoleTable(),
  ];
}

function accessRoleReadme(module: ModuleJson): string[] {
  return [
    "# The access role for Teleport's Database Service",
    "The IAM role in the databases' account that the Database Service assumes (`assume_role_arn` in Teleport's configuration). Attach the policies of the other modules to it.",
    "## What a call creates",
    bullets(["One IAM role, `aws_iam_role.access`, that `trusted_principals` may assume."]),
    ...usage(module, "access-role", "./modules/access-role"),
    'If the trusted role is replaced, IAM keeps the ID of the old one, and nobody may assume this role until it is applied again. To avoid that, trust the account (`arn:aws:iam::111122223333:root`) with `trust_conditions = { ArnEquals = { "aws:PrincipalArn" = ["arn:aws:iam::111122223333:role/teleport-db-service-role"] } }`.',
  ];
}

/** The README of a module, from its blocks and the definition that they were rendered from. */
export function readme(module: ModuleJson, definition: ModuleDefinition): string {
  const parts =
    definition.role === undefined
      ? policyReadme(module, definition)
      : { "service-role": serviceRoleReadme, "access-role": accessRoleReadme }[definition.role](
          module,
        );
  return `${[
    // The command in it can hold any text, and an arrow would end the comment.
    `<!-- ${module["//"].replaceAll("-->", "--&gt;")} -->`,
    ...parts,
    "## Inputs",
    ...variableTables(module, definition),
    "## Outputs",
    outputTable(module),
  ].join("\n\n")}\n`;
}
