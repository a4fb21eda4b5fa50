import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Scope } from "../catalog/scope";
import type { Statement, Unrestricted } from "../catalog/statement";
import { arn, interpolate, list, quote } from "../hcl";
import { allStatements, keepsSecrets, scopesOf } from "../inputs/type-variables";

/** ARN templates of what the variables name beside databases. */
export const arnTemplates = {
  userRole: "iam::{account}:role{path}{name}",
  secret: "secretsmanager:*:{account}:secret:{prefix}/*",
  kmsKey: "kms:*:{account}:key/{key}",
} as const;

/**
 * An entry of `local.statements`: a statement of the policy, the type that needs it, and whether the
 * caller's variables put it in. Strings are Terraform templates.
 */
export interface StatementEntry {
  readonly type: string;
  readonly enabled: true | string;
  readonly statement: {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
  };
}

/** Name of the local value with the ARNs of a type's database-user roles. */
function userRoleArns(type: DatabaseType): string {
  return `local.${variablePrefix(type.name)}_user_role_arns`;
}

const scopeArns = ({ variable }: Scope): string => `local.${variable}_arns`;

/** ARN templates with `*` in every field: all that they can name in the account. */
function accountArns(templates: readonly string[]): string {
  return list([...new Set(templates)].map((template) => arn(template, () => "*")));
}

/**
 * `arns` where `restricted` holds, else what the page has.
 *
 * Text and a list cannot be the two results of a conditional, hence the choice by index. It also
 * keeps the length of the list known while an element is not.
 */
function unlessUnrestricted(
  unrestricted: Unrestricted | undefined,
  restricted: string,
  arns: string,
): string {
  if (unrestricted === undefined) return interpolate(arns);
  const page =
    typeof unrestricted === "string" ? quote(unrestricted) : list(unrestricted.map(quote));
  return interpolate(`[${arns}, ${page}][${restricted} ? 0 : 1]`);
}

/** `Resource` of a statement: as on the page where it is unrestricted, otherwise a list. */
function resource(type: DatabaseType, { resources }: Statement): string {
  switch (resources.kind) {
    case "databases": {
      const templates = [
        ...resources.scopes.flatMap(({ arns }) => arns),
        ...(resources.arns ?? []),
      ];
      const account = accountArns(templates);
      if (resources.scopes.length === 0) {
        return unlessUnrestricted(resources.unrestricted, "var.restrict_to_account", account);
      }
      const named = resources.scopes.map(scopeArns);
      const scoped = named.length === 1 ? named.join("") : `concat(${named.join(", ")})`;
      const anyNamed = resources.scopes
        .map(({ variable }) => `length(var.${variable}) > 0`)
        .join(" || ");
      return unlessUnrestricted(
        resources.unrestricted,
        `${anyNamed} || var.restrict_to_account`,
        `coalescelist(${scoped}, ${account})`,
      );
    }
    case "user-roles":
      return unlessUnrestricted(
        resources.unrestricted,
        "var.restrict_to_account",
        userRoleArns(type),
      );
    case "secrets":
      return interpolate("local.secret_arns");
    case "kms-keys":
      return interpolate("local.kms_key_arns");
  }
}

/** The condition under which a statement is part of the policy. */
function enabled(type: DatabaseType, statement: Statement): true | string {
  const { resources } = statement;
  const conditions = statement.switch === undefined ? [] : [`var.${statement.switch.variable}`];
  if (resources.kind === "user-roles") {
    // A statement without a resource is no statement. The variables' lengths are always known.
    const prefix = variablePrefix(type.name);
    conditions.push(
      `length(var.${prefix}_user_role_names) + length(var.${prefix}_user_role_arns) > 0`,
    );
  }
  if (resources.kind === "kms-keys") conditions.push("length(var.kms_key_ids) > 0");
  return conditions.length === 0 ? true : interpolate(conditions.join(" && "));
}

function entry(type: DatabaseType, statement: Statement): StatementEntry {
  const [first, ...more] = statement.actions;
  return {
    type: type.name,
    enabled: enabled(type, statement),
    statement: {
      Sid: statement.sid,
      Effect: "Allow",
      Action: more.length === 0 ? first : statement.actions,
      Resource: resource(type, statement),
    },
  };
}

/** The statements of the policy for `types`, in the order of the reference page. */
export function policyStatements(types: readonly DatabaseType[]): StatementEntry[] {
  return types.flatMap((type) => type.statements.map((statement) => entry(type, statement)));
}

/** The statements that the database-user roles of `types` carry. */
export function userRoleStatements(types: readonly DatabaseType[]): StatementEntry[] {
  return types.flatMap((type) =>
    (type.userRole?.statements ?? []).map((statement) => entry(type, statement)),
  );
}

/** The local values with the ARNs of the secrets of managed users and of the keys that encrypt them. */
function secretLocals(): Record<string, string> {
  const secret = arn(arnTemplates.secret, () => interpolate('trimsuffix(prefix, "/")'));
  const key = arn(arnTemplates.kmsKey, () => interpolate("key"));
  return {
    secret_arns: interpolate(`[for prefix in var.secret_key_prefixes : ${secret}]`),
    kms_key_arns: interpolate(
      `[for key in var.kms_key_ids : can(regex("^arn:", key)) ? key : ${key}]`,
    ),
  };
}

/** The local values with the ARNs that the statements of `types` refer to. */
export function arnLocals(types: readonly DatabaseType[]): Record<string, string> {
  const locals: Record<string, string> = {};
  for (const type of types) {
    if (type.userRole !== undefined) {
      const prefix = variablePrefix(type.name);
      const created = arn(arnTemplates.userRole, (part) =>
        interpolate(part === "path" ? "var.user_role_path" : part),
      );
      locals[`${prefix}_user_role_arns`] = interpolate(
        `concat([for name in var.${prefix}_user_role_names : ${created}], var.${prefix}_user_role_arns)`,
      );
    }
    for (const { variable, arns } of allStatements(type).flatMap(scopesOf)) {
      const filled = arns.map((template) => arn(template, (field) => interpolate(`item.${field}`)));
      locals[`${variable}_arns`] = interpolate(
        filled.length === 1
          ? `[for item in var.${variable} : ${filled.join("")}]`
          : `flatten([for item in var.${variable} : ${list(filled)}])`,
      );
    }
  }
  return keepsSecrets(types) ? { ...locals, ...secretLocals() } : locals;
}
