import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { type Field, fields } from "../catalog/fields";
import type { Narrowing } from "../catalog/narrowing";
import { narrowingsOf, type Statement, type Switch } from "../catalog/statement";
import * as rules from "../catalog/formats";
import { bool, type Variable } from "./variable";

/** The statements of a type: those of the policy and those that its database-user roles carry. */
export function allStatements(type: DatabaseType): readonly Statement[] {
  return [...type.statements, ...(type.userRole?.statements ?? [])];
}

/** The switches of types by variable, each once. */
export function switchesOf(types: readonly DatabaseType[]): ReadonlyMap<string, Switch> {
  const switches = types.flatMap(allStatements).flatMap((statement) => statement.switch ?? []);
  return new Map(switches.map((each) => [each.variable, each]));
}

/** The values of every narrowing, as sentences. */
export const NARROWING_VALUES =
  '"*" in a field allows any value. null (the default) allows everything; [] allows nothing and removes the statement.';

function narrowingVariable(narrowing: Narrowing): Variable {
  const objects = Object.fromEntries(
    Object.entries(narrowing.fields).map(([name, kind]) => [name, fields[kind]]),
  );
  const sources = Object.entries<Field>(objects).flatMap(([name, { attribute }]) =>
    attribute === undefined ? [] : [`${name} is ${attribute}`],
  );
  return {
    name: narrowing.variable,
    type: { kind: "objects", fields: objects },
    description: `${[narrowing.description, ...sources].join("; ")}. ${NARROWING_VALUES}`,
    default: null,
  };
}

function userRoleVariables(type: DatabaseType): Variable[] {
  if (type.userRole === undefined) return [];
  const prefix = variablePrefix(type.name);
  const names: Variable[] = [
    {
      name: `${prefix}_user_role_names`,
      type: { kind: "list", rule: rules.roleNameWithPath, distinctNames: true },
      description: `Names (with path) of the IAM roles in aws_account_id that users of ${type.title} connect as. create_user_roles creates them. null (the default): ${type.userRole.defaultName}, as on the reference page. []: none.`,
      default: null,
    },
    {
      name: `${prefix}_user_role_arns`,
      type: { kind: "list", rule: rules.roleArn },
      description: `ARNs of existing IAM roles, in any account, that users of ${type.title} also connect as.`,
      default: [],
    },
  ];
  if (type.userRole.statements !== undefined) return names;
  return [
    ...names,
    {
      name: `${prefix}_user_role_policy_arns`,
      type: { kind: "maps", keyRule: rules.roleName, rule: rules.policyArn },
      description: `ARNs of managed policies for the created ${type.title} user roles, by role name (without path) and a key of your choice: { reader = { tables = "arn:…" } }. A role without a policy can do nothing.`,
      default: {},
    },
    {
      name: `${prefix}_user_role_policies`,
      type: { kind: "policies", keyRule: rules.roleName },
      description: `Inline policies (JSON text) of the created ${type.title} user roles, by role name (without path): { reader = data.aws_iam_policy_document.reader.json }.`,
      default: {},
    },
  ];
}

/** The variables of one database type, from its catalogue entry: switches, narrowings, roles. */
export function typeVariables(type: DatabaseType): readonly Variable[] {
  const statements = allStatements(type);
  const variables = [
    ...statements.flatMap(({ switch: toggle, separable }) => [
      ...(toggle === undefined ? [] : [bool(toggle.variable, toggle.description, toggle.default)]),
      ...(separable === undefined
        ? []
        : [bool(separable.condition.variable, separable.condition.description, false)]),
    ]),
    ...statements.flatMap(narrowingsOf).map(narrowingVariable),
    ...userRoleVariables(type),
  ];
  // Statements share switches and narrowings: each is one variable.
  return [...new Map(variables.map((variable) => [variable.name, variable])).values()];
}

/** The variables of managed users. */
export const secretVariables: readonly Variable[] = [
  {
    name: "secret_key_prefixes",
    type: { kind: "list", rule: rules.secretKeyPrefix, minItems: 1 },
    description:
      "Prefixes of the secrets that hold the passwords of managed users, as in secret_store.key_prefix of Teleport's configuration, with or without the trailing slash.",
    default: ["teleport/"],
  },
  {
    name: "kms_key_ids",
    type: { kind: "list", rule: rules.kmsKeyId },
    description:
      "KMS keys that encrypt these secrets (secret_store.kms_key_id): IDs of keys in aws_account_id, or key ARNs of any account. []: Secrets Manager's own key, which needs no permission.",
    default: [],
  },
  bool(
    "restrict_secrets_to_type",
    "Whether each type's statement allows only that type's secrets under the prefixes (teleport/elasticache/*, teleport/memorydb/*).",
    false,
  ),
];

/** The switches of managed users, of the types that can keep passwords in Secrets Manager. */
export function managedUserSwitches(types: readonly DatabaseType[]): string[] {
  return types
    .flatMap(({ statements }) => statements)
    .filter(({ resources }) => resources.kind === "secrets")
    .flatMap((statement) => statement.switch?.variable ?? []);
}
