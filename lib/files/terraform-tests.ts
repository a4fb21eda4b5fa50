import type { ModuleDefinition } from "../inputs/module-definition";
import { literal } from "../hcl";
import { variablePrefix } from "../catalog/database-type";
import { quotas } from "../iam/quotas";
import type { TextRule } from "../iam/text-rule";
import { allStatements } from "../inputs/type-variables";
import { isList, type Json } from "../json";
import type { Variable } from "../inputs/variable";

/** One `run` block: what is set, and what must hold then or must be refused. */
interface Run {
  readonly name: string;
  readonly variables: Readonly<Record<string, Json>>;
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
function assignments(values: Readonly<Record<string, Json>>, indent: string): string[] {
  const width = Math.max(...Object.keys(values).map((name) => name.length));
  return Object.entries(values).map(
    ([name, value]) => `${indent}${name.padEnd(width)} = ${hcl(value)}`,
  );
}

function render(run: Run): string {
  const lines = [`run "${run.name}" {`, "  command = plan"];
  if (Object.keys(run.variables).length > 0) {
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
    variables: {},
    assert: [
      `jsonencode(${SIDS}) == jsonencode(${hcl(sids)})`,
      "The default policy does not have the statements of the reference page.",
    ],
  };
}

/** Switches of single statements: each is turned the other way. */
function statementSwitchRuns({ types }: ModuleDefinition): Run[] {
  return types.flatMap(allStatements).flatMap((statement) => {
    const { sid, resources } = statement;
    if (statement.switch === undefined) return [];
    const { variable, default: on } = statement.switch;
    const kms: Record<string, Json> = resources.kind === "kms-keys" ? { kms_key_ids: [KEY] } : {};
    // The module warns where Teleport modifies what it may not look at.
    const alone: Record<string, Json> =
      sid === "RDSFetchMetadata" ? { rds_auto_enable_iam_auth: false } : {};
    return {
      name: `${on ? "without" : "with"}_${sid}`,
      variables: { [variable]: !on, ...kms, ...alone },
      assert: [
        `${on ? "!" : ""}contains(${SIDS}, ${hcl(sid)})`,
        `${variable} = ${String(!on)} does not ${on ? "leave out" : "put in"} ${sid}.`,
      ],
    };
  });
}

/** How many of a resource are planned, as a condition. */
function counts(resource: string, count: number): string {
  return `length(${resource}) == ${String(count)}`;
}

/** Switches of the module as a whole, by variable. */
function moduleSwitchRuns({ types, variables }: ModuleDefinition): Run[] {
  const named: Readonly<Record<string, Json>> = Object.fromEntries(
    types.flatMap(({ name, userRole }) =>
      userRole === undefined
        ? []
        : [[`${variablePrefix(name)}_user_role_names`, [userRole.defaultName]]],
    ),
  );
  const roles = Object.keys(named).length;
  const conditions: Readonly<Record<string, readonly [condition: string, holds: string]>> = {
    create_policy: [counts("aws_iam_policy.database_access", 0), "leaves out the policy"],
    restrict_to_account: ['!strcontains(output.policy_json, "\\"*\\"")', 'leaves no "*"'],
    split_policy_by_type: [
      counts("aws_iam_policy.further", types.length - 1),
      "plans a policy per type",
    ],
    create_user_roles: [counts("aws_iam_role.user", roles), "plans the database-user roles"],
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
      variables: {
        [name]: preset !== true,
        ...(name === "create_user_roles" ? named : {}),
        ...(name === "create_permissions_boundary" ? { create_access_role: true } : {}),
      },
      ...(tooMany ? { expectFailures: ["check.policies_per_role"] } : {}),
      ...(bare ? { expectFailures: ["check.user_roles_have_policies"] } : {}),
      assert: [condition, `${name} = ${String(preset !== true)}: not so that it ${holds}.`],
    };
  });
}

/** A text that a rule refuses. */
const refusedBy = ({ refused = "no such value" }: Pick<TextRule, "refused">): string => refused;

/** Wrong values of a variable, one for each of its `validation` blocks. */
function wrongValues({ type }: Variable): readonly Json[] {
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

/** Every validation in as few plans as there are validations of one variable. */
function wrongValueRuns(variables: readonly Variable[]): Run[] {
  const runs: Record<string, Json>[] = [];
  for (const variable of variables) {
    wrongValues(variable).forEach((value, index) => {
      (runs[index] ??= {})[variable.name] = value;
    });
  }
  return runs.map((values, index) => ({
    name: `wrong_values_${String(index + 1)}`,
    variables: values,
    expectFailures: Object.keys(values).map((name) => `var.${name}`),
  }));
}

function validationRuns({ types, variables }: ModuleDefinition): Run[] {
  const withUserRoles = types.some(({ userRole }) => userRole !== undefined);
  return [
    ...wrongValueRuns(variables),
    {
      name: "attach_without_policy",
      variables: { create_policy: false, attach_to_roles: { service: "teleport" } },
      expectFailures: ["output.policy_arns"],
    },
    {
      name: "cross_account_without_external_id",
      variables: { service_account_id: "210987654321", create_access_role: true },
      expectFailures: ["aws_iam_role.access"],
    },
    ...(withUserRoles
      ? [
          {
            name: "user_roles_without_external_id",
            variables: { service_account_id: "210987654321", create_policy: false },
            expectFailures: ["output.user_role_trust_policies"],
          },
        ]
      : []),
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
  const original = Object.fromEntries(
    definition.variables
      .filter(({ name }) => name !== "aws_account_id" && changed.includes(name))
      .map(({ name, default: preset = null }) => [name, preset]),
  );
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
    ...assignments({ aws_account_id: ACCOUNT, ...original }, "  "),
    "}",
  ].join("\n");
  const files: Readonly<Record<string, readonly Run[]>> = {
    defaults: [defaultRun(definition)],
    switches: [...statementSwitchRuns(definition), ...moduleSwitchRuns(definition)],
    validations: validationRuns(definition),
  };
  return new Map([
    ...Object.entries(files).map(
      ([name, runs]) =>
        [`tests/${name}.tftest.hcl`, `${[head, ...runs.map(render)].join("\n\n")}\n`] as const,
    ),
    ["tests/mocks/aws.tfmock.hcl", mocks(marker)] as const,
  ]);
}
