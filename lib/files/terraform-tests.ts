import type { ModuleDefinition } from "../inputs/module-definition";
import { literal } from "../text/hcl";
import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { quotas } from "../catalog/quotas";
import type { TextRule } from "../catalog/text-rule";
import { allStatements } from "../inputs/type-variables";
import { isList, type Json } from "../text/json";
import type { Variable, VariableType } from "../inputs/variable";
import { memo } from "../text/memo";

/** A variable, and the expression that it is set to. */
type Assignment = readonly [variable: string, expression: string];

/** One `run` block: what is set, and what must hold then or must be refused. */
interface Run {
  readonly name: string;
  readonly variables: readonly Assignment[];
  /** A condition and what it says when it does not hold. */
  readonly assert?: readonly [condition: string, message: string];
  /** Addresses of what must refuse the plan. */
  readonly expectFailures?: readonly string[];
}

const ACCOUNT = "123456789012";
const KEY = "01234567-89ab-cdef-0123-456789abcdef";

/** The Sids of the planned policy, as an expression. */
const SIDS = "[for statement in jsondecode(output.policy_json).Statement : statement.Sid]";

/** A value as an expression of Terraform's language, as `terraform fmt` writes it. */
function hcl(value: Json): string {
  if (isList(value)) return `[${value.map(hcl).join(", ")}]`;
  if (typeof value !== "object" || value === null) return literal(JSON.stringify(value));
  const items = Object.entries(value).map(([key, inner]) => `${key} = ${hcl(inner)}`);
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
}

/** Arguments with their equals signs in one column, as `terraform fmt` has them. */
function assignments(values: readonly Assignment[], indent: string): string[] {
  const width = Math.max(...values.map(([name]) => name.length));
  return values.map(([name, expression]) => `${indent}${name.padEnd(width)} = ${expression}`);
}

function render(run: Run): string {
  const lines = [`run "${run.name}" {`, "  command = plan"];
  if (run.variables.length > 0) {
    lines.push("", "  variables {", ...assignments(run.variables, "    "), "  }");
  }
  if (run.expectFailures !== undefined) {
    lines.push(
      "",
      "  expect_failures = [",
      ...run.expectFailures.map((address) => `    ${address},`),
      "  ]",
    );
  }
  if (run.assert !== undefined) {
    const [condition, message] = run.assert;
    lines.push(
      "",
      "  assert {",
      `    condition     = ${condition}`,
      `    error_message = ${hcl(message)}`,
      "  }",
    );
  }
  return [...lines, "}"].join("\n");
}

function defaultRun({ types }: ModuleDefinition): Run {
  const sids = types
    .flatMap(({ statements }) => statements)
    .filter(({ actions, switch: toggle }) => actions.length > 0 && toggle?.default !== false)
    .map(({ sid }) => sid);
  return {
    name: "defaults",
    variables: [],
    assert: [
      `jsonencode(${SIDS}) == jsonencode(${hcl(sids)})`,
      "The default policy does not have the statements of the reference page.",
    ],
  };
}

/** Switches of a type's statements: each is turned the other way. */
const statementSwitchRuns = memo((type: DatabaseType): readonly string[] =>
  allStatements(type).flatMap((statement) => {
    const { sid, resources } = statement;
    if (statement.switch === undefined) return [];
    const { variable, default: on } = statement.switch;
    const kms: Assignment[] = resources.kind === "kms-keys" ? [["kms_key_ids", hcl([KEY])]] : [];
    // The module warns where Teleport modifies what it may not look at.
    const alone: Assignment[] =
      sid === "RDSFetchMetadata" ? [["rds_auto_enable_iam_auth", "false"]] : [];
    return render({
      name: `${on ? "without" : "with"}_${sid}`,
      variables: [[variable, hcl(!on)], ...kms, ...alone],
      assert: [
        `${on ? "!" : ""}contains(${SIDS}, ${hcl(sid)})`,
        `${variable} = ${String(!on)} does not ${on ? "leave out" : "put in"} ${sid}.`,
      ],
    });
  }),
);

/** How many of a resource are planned, as a condition. */
function counts(resource: string, count: number): string {
  return `length(${resource}) == ${String(count)}`;
}

/** Switches of the module as a whole, by variable. */
function moduleSwitchRuns({ types, variables }: ModuleDefinition): Run[] {
  const named = types.flatMap(({ name, userRole }): Assignment[] =>
    userRole === undefined
      ? []
      : [[`${variablePrefix(name)}_user_role_names`, hcl([userRole.defaultName])]],
  );
  const conditions: Readonly<Record<string, readonly [condition: string, holds: string]>> = {
    create_policy: [counts("aws_iam_policy.database_access", 0), "leaves out the policy"],
    restrict_to_account: ['!strcontains(output.policy_json, "\\"*\\"")', 'leaves no "*"'],
    split_policy_by_type: [
      counts("aws_iam_policy.further", types.length - 1),
      "plans a policy per type",
    ],
    create_user_roles: [counts("aws_iam_role.user", named.length), "plans the database-user roles"],
    trust_account: [
      'endswith(jsondecode(local.access_role_trust_policy).Statement[0].Principal.AWS, ":root")',
      "makes the account the principal",
    ],
    create_access_role: [counts("aws_iam_role.access", 1), "plans the access role"],
    create_permissions_boundary: [
      counts("aws_iam_policy.permissions_boundary", 1),
      "plans the boundary",
    ],
    create_service_role: [
      `${counts("aws_iam_role.service", 1)} && ${counts("aws_iam_instance_profile.service", 1)}`,
      "plans the service's role and its instance profile",
    ],
  };
  return variables.flatMap(({ name, default: preset }) => {
    const found = conditions[name];
    if (found === undefined) return [];
    const [condition, holds] = found;
    const tooMany = name === "split_policy_by_type" && types.length > quotas.policiesPerRole;
    // Roles whose permissions are the caller's are created without any here.
    const bare =
      name === "create_user_roles" &&
      types.some(({ userRole }) => userRole?.statements.length === 0);
    return {
      name,
      variables: [
        [name, hcl(preset !== true)],
        ...(name === "create_user_roles" ? named : []),
        ...(name === "create_permissions_boundary"
          ? ([["create_access_role", "true"]] as const)
          : []),
      ],
      ...(tooMany ? { expectFailures: ["check.policies_per_role"] } : {}),
      ...(bare ? { expectFailures: ["check.user_roles_have_policies"] } : {}),
      assert: [condition, `${name} = ${String(preset !== true)}: not so that it ${holds}.`],
    };
  });
}

/** A text that a rule refuses. */
const refusedBy = ({ refused = "no such value" }: Pick<TextRule, "refused">): string => refused;

/** Wrong values of a type of variables, one for each of their `validation` blocks. */
function wrongValuesOf(type: VariableType): readonly Json[] {
  switch (type.kind) {
    case "bool":
      return [];
    case "number":
      return [type.min - 1];
    case "maps":
      return [
        { [longerThan(roleNameLength)]: { key: "x" } },
        { role: { key: refusedBy(type.rule) } },
      ];
    case "policies":
      return [{ [longerThan(roleNameLength)]: "{}" }, { role: "no such value" }];
    case "string":
      return type.rule === undefined ? [] : [refusedBy(type.rule)];
    case "list":
      return [[refusedBy(type.rule)], ...(type.minItems === undefined ? [] : [[]])];
    case "map":
      return [
        { key: refusedBy(type.rule) },
        ...(type.keyRule?.maxLength === undefined
          ? []
          : [{ [longerThan(type.keyRule.maxLength)]: "" }]),
      ];
    case "objects":
      return Object.entries(type.fields).map(([field, rule]) => [
        Object.fromEntries(
          Object.keys(type.fields).map((each) => [each, each === field ? refusedBy(rule) : "*"]),
        ),
      ]);
  }
}

/** The longest name of a role. */
const roleNameLength = 64;

/** Text that is longer than is allowed. */
function longerThan(length: number): string {
  return "x".repeat(length + 1);
}

/** Wrong values of a variable, as expressions. */
const wrongValues = memo(({ type }: Variable): readonly string[] => wrongValuesOf(type).map(hcl));

/** Every validation in as few plans as there are validations of one variable. */
function wrongValueRuns(variables: readonly Variable[]): Run[] {
  const runs: Assignment[][] = [];
  for (const variable of variables) {
    wrongValues(variable).forEach((value, index) => {
      (runs[index] ??= []).push([variable.name, value]);
    });
  }
  return runs.map((values, index) => ({
    name: `wrong_values_${String(index + 1)}`,
    variables: values,
    expectFailures: values.map(([name]) => `var.${name}`),
  }));
}

/** Database-user roles for a service of another account, which nobody told an external ID. */
const withoutExternalId: Run = {
  name: "user_roles_without_external_id",
  variables: [
    ["service_account_id", hcl("210987654321")],
    ["create_policy", "false"],
  ],
  expectFailures: ["output.user_role_trust_policies"],
};

function validationRuns({ types, variables }: ModuleDefinition): Run[] {
  const withUserRoles = types.some(({ userRole }) => userRole !== undefined);
  return [
    ...wrongValueRuns(variables),
    {
      name: "attach_without_policy",
      variables: [
        ["create_policy", "false"],
        ["attach_to_roles", hcl({ service: "teleport" })],
      ],
      expectFailures: ["output.policy_arns"],
    },
    {
      name: "cross_account_without_external_id",
      variables: [
        ["service_account_id", hcl("210987654321")],
        ["create_access_role", "true"],
      ],
      expectFailures: ["aws_iam_role.access"],
    },
    ...(withUserRoles ? [withoutExternalId] : []),
  ];
}

/**
 * What a mocked provider says of what the module creates: ARNs that are ARNs, in the account of the
 * tests. Tests of a root that calls the module can use it, too.
 */
function mocks(marker: string): string {
  const arns = {
    aws_iam_policy: `arn:aws:iam::${ACCOUNT}:policy/mocked`,
    aws_iam_role: `arn:aws:iam::${ACCOUNT}:role/mocked`,
    aws_iam_openid_connect_provider: `arn:aws:iam::${ACCOUNT}:oidc-provider/mocked`,
  };
  return `${[
    ...marker.split("\n").map((line) => `# ${line}`),
    "",
    ...Object.entries(arns).map(
      ([type, arn]) => `mock_resource "${type}" {\n  defaults = {\n    arn = "${arn}"\n  }\n}`,
    ),
  ].join("\n")}\n`;
}

/**
 * The tests that a module ships: its defaults, each switch, each validation. They run offline with
 * `terraform test`, against a mocked provider.
 *
 * @param marker the comment that says how the files were generated
 * @param changed variables with other defaults than the catalogue's; the tests set them back
 * @returns the content by path
 * @see https://developer.hashicorp.com/terraform/language/tests
 */
export function terraformTests(
  marker: string,
  definition: ModuleDefinition,
  changed: readonly string[],
): ReadonlyMap<string, string> {
  const original = definition.variables
    .filter(({ name }) => name !== "aws_account_id" && changed.includes(name))
    .map(({ name, default: preset = null }): Assignment => [name, hcl(preset)]);
  const head = [
    // A default in the command can have several lines, and each must stay a comment.
    ...marker.split("\n").map((line) => `# ${line}`),
    "# Needs no credentials and no AWS. With Terraform 1.7 or newer: terraform init && terraform test",
    "",
    'mock_provider "aws" {',
    '  source = "./tests/mocks"',
    "}",
    "",
    "variables {",
    ...assignments([["aws_account_id", hcl(ACCOUNT)], ...original], "  "),
    "}",
  ].join("\n");
  const files: Readonly<Record<string, readonly string[]>> = {
    defaults: [render(defaultRun(definition))],
    switches: [
      ...definition.types.flatMap(statementSwitchRuns),
      ...moduleSwitchRuns(definition).map(render),
    ],
    validations: validationRuns(definition).map(render),
  };
  return new Map([
    ...Object.entries(files).map(
      ([name, runs]) => [`tests/${name}.tftest.hcl`, `${[head, ...runs].join("\n\n")}\n`] as const,
    ),
    ["tests/mocks/aws.tfmock.hcl", mocks(marker)] as const,
  ]);
}
