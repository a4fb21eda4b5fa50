import { type ModuleDefinition, withUserRoles } from "../inputs/module-definition";
import type { DatabaseType } from "../catalog/database-type";
import type { TextRule } from "../catalog/text-rule";
import { allStatements } from "../inputs/type-variables";
import type { Json } from "../text/json";
import { expression as hcl } from "./module-call";
import type { Variable, VariableType } from "../inputs/variable";

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
/** A statement that keeps a policy from being empty. */
const OWN_STATEMENT =
  '[{ Sid = "Own", Effect = "Allow", Action = ["s3:ListBucket"], Resource = ["*"], Condition = {} }]';
const KEY = "01234567-89ab-cdef-0123-456789abcdef";

/** The Sids of the planned policy, as an expression. */
const SIDS = "[for statement in jsondecode(output.policy_json).Statement : statement.Sid]";

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
function statementSwitchRuns(type: DatabaseType): Run[] {
  return allStatements(type).flatMap((statement): Run[] => {
    const { sid, resources } = statement;
    if (statement.switch === undefined) return [];
    const { variable, default: on } = statement.switch;
    const kms: Assignment[] = resources.kind === "kms-keys" ? [["kms_key_ids", hcl([KEY])]] : [];
    const only = isOnlyStatement(type, sid)
      ? [["additional_statements", OWN_STATEMENT] as const]
      : [];
    return [
      {
        name: `${on ? "without" : "with"}_${sid}`,
        variables: [[variable, hcl(!on)], ...kms, ...only],
        assert: [
          `${on ? "!" : ""}contains(${SIDS}, ${hcl(sid)})`,
          `${variable} = ${String(!on)} does not ${on ? "leave out" : "grant"} ${sid}.`,
        ],
      },
    ];
  });
}

/** True if a policy would be empty without the statement. */
function isOnlyStatement({ statements }: DatabaseType, sid: string): boolean {
  const granted = statements.filter(
    ({ actions, switch: toggle }) => actions.length > 0 && toggle?.default !== false,
  );
  return granted.length === 1 && granted[0]?.sid === sid;
}

/** A condition on how many of a resource are planned. */
function counts(resource: string, count: number): string {
  return `length(${resource}) == ${String(count)}`;
}

/** Switches of the module as a whole, by variable. */
function moduleSwitchRuns({ types, variables }: ModuleDefinition): Run[] {
  const conditions: Readonly<
    Record<string, readonly [condition: string, holds: string, more?: readonly Assignment[]]>
  > = {
    create_policy: [counts("aws_iam_policy.database_access", 0), "leaves out the policy"],
    restrict_to_account: ['!strcontains(output.policy_json, "\\"*\\"")', 'leaves no "*"'],
    create_user_roles: [
      counts("aws_iam_role.user", withUserRoles(types).length),
      "plans the database-user roles",
      [["trusted_principals", hcl([`arn:aws:iam::${ACCOUNT}:role/teleport`])]],
    ],
    trust_ec2: [counts("aws_iam_instance_profile.service", 1), "plans the instance profile"],
    assume_itself: [
      counts("aws_iam_role_policy.assume_roles", 1),
      "plans the policy",
      [["trust_ecs", "true"]],
    ],
  };
  return variables.flatMap(({ name, default: preset }) => {
    const found = conditions[name];
    if (found === undefined) return [];
    const [condition, holds, more = []] = found;
    return {
      name,
      variables: [[name, hcl(preset !== true)], ...more],
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
    case "maps":
      return [
        { [longerThan(roleNameLength)]: { key: "x" } },
        { role: { key: refusedBy(type.rule) } },
      ];
    case "policies":
      return [{ [longerThan(roleNameLength)]: "{}" }, { role: "no such value" }];
    case "string":
      return [refusedBy(type.rule)];
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
    case "object":
      return Object.entries(type.fields).flatMap(([field, rule]) =>
        rule === "bool"
          ? []
          : [
              Object.fromEntries(
                Object.entries(type.fields).map(([each, of]) => [
                  each,
                  of === "bool" ? true : each === field ? [refusedBy(rule)] : [],
                ]),
              ),
            ],
      );
    case "conditions": {
      const operator = { Sounds: { "aws:SourceIp": ["192.0.2.1"] } };
      const key = { StringEquals: { "no key": ["value"] } };
      return type.bySid === true ? [{ Sid: operator }, { Sid: key }] : [operator, key];
    }
    case "statements":
      return [
        { Sid: "no letters" },
        { Effect: "Perhaps" },
        { Action: [] },
        { Condition: { Sounds: { "aws:SourceIp": ["192.0.2.1"] } } },
      ].map((wrong) => [
        {
          Sid: "Own",
          Effect: "Allow",
          Action: ["s3:ListBucket"],
          Resource: ["*"],
          Condition: {},
          ...wrong,
        },
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
const wrongValues = ({ type }: Variable): string[] =>
  wrongValuesOf(type).map((value) => hcl(value));

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

/** Values that rules across variables refuse. */
function preconditionRuns({ role, types }: ModuleDefinition): Run[] {
  const another: Assignment = ["trusted_principals", hcl(["arn:aws:iam::210987654321:root"])];
  if (role === "service-role") {
    return [{ name: "without_trust", variables: [], expectFailures: ["aws_iam_role.service"] }];
  }
  if (role === "access-role") {
    return [
      {
        name: "cross_account_without_external_id",
        variables: [another],
        expectFailures: ["aws_iam_role.access"],
      },
    ];
  }
  const attached: Run = {
    name: "attach_without_policy",
    variables: [
      ["create_policy", "false"],
      ["attach_to_roles", hcl({ service: "teleport" })],
    ],
    expectFailures: ["output.policy_arn"],
  };
  const userRoles: Run = {
    name: "cross_account_without_external_id",
    variables: [["create_user_roles", "true"], another],
    expectFailures: ["aws_iam_role.user"],
  };
  return [attached, ...(withUserRoles(types).length === 0 ? [] : [userRoles])];
}

/**
 * Well-formed ARNs of mocked resources, for the tests of a root that calls the module, too. Their
 * account is `aws`, which the module accepts whatever `aws_account_id` is.
 */
function mocks(marker: string): string {
  const arns = {
    aws_iam_policy: "arn:aws:iam::aws:policy/mocked",
    aws_iam_role: "arn:aws:iam::aws:role/mocked",
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
  const needed: Assignment[] =
    definition.role === "access-role"
      ? [["trusted_principals", hcl([`arn:aws:iam::${ACCOUNT}:role/teleport`])]]
      : [];
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
    ...assignments([["aws_account_id", hcl(ACCOUNT)], ...needed, ...original], "  "),
    "}",
  ].join("\n");
  const files: Readonly<Record<string, readonly string[]>> = {
    defaults: definition.role === undefined ? [render(defaultRun(definition))] : [],
    switches: [
      ...definition.types.flatMap(statementSwitchRuns),
      ...moduleSwitchRuns(definition),
    ].map(render),
    validations: [...wrongValueRuns(definition.variables), ...preconditionRuns(definition)].map(
      render,
    ),
  };
  return new Map([
    ...Object.entries(files)
      .filter(([, runs]) => runs.length > 0)
      .map(
        ([name, runs]) =>
          [`tests/${name}.tftest.hcl`, `${[head, ...runs].join("\n\n")}\n`] as const,
      ),
    ["tests/mocks/aws.tfmock.hcl", mocks(marker)] as const,
  ]);
}
