import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { fields } from "../catalog/fields";
import type { Scope } from "../catalog/scope";
import type { Statement } from "../catalog/statement";
import * as rules from "../iam/formats";
import type { Variable } from "./variable";

/** The statements of a type: those of the policy and those that its database-user roles carry. */
export function allStatements(type: DatabaseType): readonly Statement[] {
  return [...type.statements, ...(type.userRole?.statements ?? [])];
}

/** The scopes of a statement; none where it names no databases. */
export function scopesOf({ resources }: Statement): readonly Scope[] {
  return resources.kind === "databases" ? resources.scopes : [];
}

function scopeVariable(scope: Scope): Variable {
  return {
    name: scope.variable,
    type: {
      kind: "objects",
      fields: Object.fromEntries(
        Object.entries(scope.fields).map(([name, kind]) => [name, fields[kind]]),
      ),
    },
    description: `${scope.description}. A field that is left out means any. Empty: all of them.`,
    default: [],
  };
}

function userRoleVariables(type: DatabaseType): Variable[] {
  if (type.userRole === undefined) return [];
  const prefix = variablePrefix(type.name);
  const names: Variable[] = [
    {
      name: `${prefix}_user_role_names`,
      type: { kind: "list", rule: rules.roleNameWithPath },
      description: `Names, with path, of the IAM roles in aws_account_id that users connect to ${type.title} as.`,
      default: [type.userRole.defaultName],
    },
    {
      name: `${prefix}_user_role_arns`,
      type: { kind: "list", rule: rules.roleArn },
      description: `ARNs of further existing IAM roles, in any account, that users connect to ${type.title} as.`,
      default: [],
    },
  ];
  if (type.userRole.statements.length > 0) return names;
  return [
    ...names,
    {
      name: `${prefix}_user_role_policy_arns`,
      type: { kind: "list", rule: rules.policyArn },
      description: `ARNs of managed policies to attach to the created ${type.title} user roles: what users may do is yours to decide.`,
      default: [],
    },
    {
      name: `${prefix}_user_role_policy_json`,
      type: { kind: "policy" },
      description: `Policy document (JSON text) to put into the created ${type.title} user roles.`,
      default: null,
    },
  ];
}

/** The variables of one database type, from its catalogue entry: switches, scopes, roles. */
export function typeVariables(type: DatabaseType): Variable[] {
  const statements = allStatements(type);
  const variables = [
    ...statements.flatMap((statement) =>
      statement.switch === undefined
        ? []
        : [
            {
              name: statement.switch.variable,
              type: { kind: "bool" } as const,
              description: statement.switch.description,
              default: statement.switch.default,
            },
          ],
    ),
    ...statements.flatMap(scopesOf).map(scopeVariable),
    ...userRoleVariables(type),
  ];
  // Statements share switches and scopes: each is one variable.
  return [...new Map(variables.map((variable) => [variable.name, variable])).values()];
}

const secretVariables: readonly Variable[] = [
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
      "KMS keys that encrypt these secrets (secret_store.kms_key_id): IDs of keys in aws_account_id, or key ARNs of any account. Empty: Secrets Manager's own key, which needs no permission.",
    default: [],
  },
];

/** Whether one of `types` can keep the passwords of managed users in Secrets Manager. */
export function keepsSecrets(types: readonly DatabaseType[]): boolean {
  return types.some((type) =>
    type.statements.some(({ resources }) => resources.kind === "secrets"),
  );
}

/** The variables of managed users, where one of `types` has them. */
export function managedUserVariables(types: readonly DatabaseType[]): readonly Variable[] {
  return keepsSecrets(types) ? secretVariables : [];
}
