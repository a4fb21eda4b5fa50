import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Statement } from "../catalog/statement";
import { ACCESS_ROLE_SID } from "./policies";
import { arnTemplates } from "./statements";
import { scopesOf } from "../inputs/type-variables";
import type { PolicyStatement } from "../iam/policy-document";
import type { Values } from "./values";

/** A statement of a policy, and why it is there. */
export interface GrantedStatement {
  /** The database type that needs it; absent for the hop to access roles, which serves all types. */
  readonly type?: string;
  readonly statement: PolicyStatement;
  /** What Teleport does with it, in a sentence. */
  readonly purpose: string;
  /** When it can be left out, in a sentence. */
  readonly omittable?: string;
  /** Name of the boolean variable that leaves it out. */
  readonly variable?: string;
  /** The page that documents it. */
  readonly source: string;
}

function userRoleArns(type: DatabaseType, values: Values): string[] {
  const prefix = variablePrefix(type.name);
  const path = values.text("user_role_path");
  return [
    ...values
      .list(`${prefix}_user_role_names`)
      .map((name) => values.arn(arnTemplates.userRole, { path, name })),
    ...values.list(`${prefix}_user_role_arns`),
  ];
}

function secretArns(values: Values): string[] {
  return values
    .list("secret_key_prefixes")
    .map((prefix) => values.arn(arnTemplates.secret, { prefix: prefix.replace(/\/$/, "") }));
}

function kmsKeyArns(values: Values): string[] {
  return values
    .list("kms_key_ids")
    .map((key) => (key.startsWith("arn:") ? key : values.arn(arnTemplates.kmsKey, { key })));
}

/**
 * `Resource` of a statement:
 *
 * - what the caller names, else
 * - what the reference page has, unless `restrict_to_account` is on, else
 * - everything of the account that the ARN templates can name.
 */
function resource(
  type: DatabaseType,
  statement: Statement,
  values: Values,
): string | readonly string[] {
  const { resources } = statement;
  const restricted = values.flag("restrict_to_account");
  switch (resources.kind) {
    case "databases": {
      const named = scopesOf(statement).flatMap(({ variable, arns }) =>
        values
          .objects(variable)
          .flatMap((item) => arns.map((template) => values.arn(template, item))),
      );
      if (named.length > 0) return named;
      if (resources.unrestricted !== undefined && !restricted) return resources.unrestricted;
      const templates = [
        ...resources.scopes.flatMap(({ arns }) => arns),
        ...(resources.arns ?? []),
      ];
      return [...new Set(templates)].map((template) => values.arn(template));
    }
    case "user-roles":
      return resources.unrestricted === undefined || restricted
        ? userRoleArns(type, values)
        : resources.unrestricted;
    case "secrets":
      return secretArns(values);
    case "kms-keys":
      return kmsKeyArns(values);
  }
}

/** Whether the values put a statement in. One without a resource is none. */
function isEnabled(type: DatabaseType, { resources, switch: toggle }: Statement, values: Values) {
  if (toggle !== undefined && !values.flag(toggle.variable)) return false;
  if (resources.kind === "user-roles") return userRoleArns(type, values).length > 0;
  if (resources.kind === "kms-keys") return values.list("kms_key_ids").length > 0;
  return true;
}

function granted(type: DatabaseType, statement: Statement, values: Values): GrantedStatement {
  const [first, ...more] = statement.actions;
  const named = resource(type, statement, values);
  return {
    type: type.name,
    statement: {
      Sid: statement.sid,
      Effect: "Allow",
      Action: more.length === 0 ? first : statement.actions,
      Resource: typeof named === "string" ? named : [...new Set(named)],
    },
    purpose: statement.purpose,
    ...(statement.omittable === undefined ? {} : { omittable: statement.omittable }),
    ...(statement.switch === undefined ? {} : { variable: statement.switch.variable }),
    source: statement.source,
  };
}

/** Why the hop to access roles is there. */
export const accessRoleHop = {
  purpose: "Assume the access role in the databases' account, which carries everything else.",
  source:
    "https://goteleport.com/docs/enroll-resources/database-access/enrollment/aws/aws-cross-account/",
} as const;

/** The hop to access roles, which takes the place of all other statements. */
function accessRoleStatement(arns: readonly string[]): GrantedStatement {
  return {
    statement: {
      Sid: ACCESS_ROLE_SID,
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: [...new Set(arns)],
    },
    ...accessRoleHop,
  };
}

/** The statements of the Database Service's policy, in the order of the reference page. */
export function policyStatements(
  types: readonly DatabaseType[],
  values: Values,
): GrantedStatement[] {
  const accessRoles = values.list("assume_role_arns");
  if (accessRoles.length > 0) return [accessRoleStatement(accessRoles)];
  return types.flatMap((type) =>
    type.statements
      .filter((statement) => isEnabled(type, statement, values))
      .map((statement) => granted(type, statement, values)),
  );
}

/** The statements that the database-user roles of `type` carry. */
export function userRoleStatements(type: DatabaseType, values: Values): GrantedStatement[] {
  return (type.userRole?.statements ?? []).map((statement) => granted(type, statement, values));
}
