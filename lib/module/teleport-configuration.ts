import type { DatabaseType } from "../catalog/database-type";
import { interpolate, quote } from "../text/hcl";
import type { ModuleDefinition } from "../inputs/module-definition";
import { once } from "../text/memo";
import { dbUsers } from "../policies/db-users";
import { expression, localsOf } from "../policies/terraform";
import { type Element, locals, output } from "./element";
import { POLICY_ACCOUNT } from "./policies";

/** `{ key = value }` while `condition` holds, else nothing: the parts of an object for `merge`. */
function part(condition: string, key: string, value: string): string {
  return `${condition} ? { ${key} = ${value} } : {}`;
}

/** The `secret_store` of a type with managed users: a bare key ID for keys of the same account. */
const SECRET_STORE = `merge({ key_prefix = var.secret_key_prefixes[0] }, ${part(
  "length(var.kms_key_ids) > 0",
  "kms_key_id",
  'replace(var.kms_key_ids[0], "/^arn:[a-z-]+:kms:[a-z0-9-]+:${var.aws_account_id}:key\\\\//", "")',
)})`;

function settings({ statements, userRole }: DatabaseType): string {
  const parts = [
    "local.teleport_connection",
    part(
      `var.external_id != null && ${userRole?.always === true ? "true" : "var.create_access_role"}`,
      "external_id",
      "var.external_id",
    ),
    ...statements
      .filter(({ resources }) => resources.kind === "secrets")
      .map((statement) =>
        part(`var.${statement.switch?.variable ?? "none"}`, "secret_store", SECRET_STORE),
      ),
    ...(userRole?.sessionTags === undefined
      ? []
      : [part(`var.${userRole.sessionTags}`, "session_tags", "{}")]),
  ];
  return `merge(${parts.join(", ")})`;
}

/**
 * What Teleport's configuration must say to match the module.
 *
 * - `account_id` stands beside `assume_role_arn`, because Teleport derives it from the ARN for static
 *   databases only.
 * - Teleport takes an external ID without `assume_role_arn` for types alone that always connect as
 *   an IAM role.
 *
 * @see https://goteleport.com/docs/enroll-resources/database-access/reference/configuration/
 * @see https://github.com/gravitational/teleport/blob/master/api/types/database.go
 */
export function teleportConfiguration({ types }: ModuleDefinition): Element[] {
  const accessRole = part("var.create_access_role", "assume_role_arn", "local.access_role_arn");
  return [
    ...locals({
      teleport_connection: interpolate(
        `var.assume_role_arns != null ? tomap({ account_id = split(":", var.assume_role_arns[0])[4], assume_role_arn = var.assume_role_arns[0] }) : tomap(merge({ account_id = var.aws_account_id }, ${accessRole}))`,
      ),
      teleport_database_aws: interpolate(
        `{ ${types.map((type) => `${quote(type.name)} = ${settings(type)}`).join(", ")} }`,
      ),
    }),
    output("teleport_database_aws", {
      description:
        "By type, the aws settings that Teleport's configuration of a database must have to match what the module grants. Of several access roles, secret prefixes or keys it has the first; add your own tags to session_tags.",
      value: "${local.teleport_database_aws}",
    }),
  ];
}

/** The rule of a join token that lets in the sessions of a role, by expressions of its account and name. */
function tokenRule(account: string, name: string): string {
  return `{ aws_account = ${account}, aws_arn = "arn:\${var.aws_partition}:sts::\${${account}}:assumed-role/\${${name}}/*" }`;
}

/**
 * What a join token of Teleport's IAM method must allow, for each role that a service of Teleport
 * can run as. A caller's identity has the role's name without its path.
 *
 * @see https://goteleport.com/docs/reference/deployment/join-methods/#aws-iam-role-iam
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export const tokenRules = once((): Element => {
  const rules = [
    `service_role = ${tokenRule("local.service_account_id", "basename(var.service_role_name)")}`,
    `access_role = var.create_access_role ? ${tokenRule("var.aws_account_id", "basename(var.access_role_name)")} : null`,
    `attach_to_roles = { for key, name in var.attach_to_roles : key => ${tokenRule(POLICY_ACCOUNT, "name")} }`,
    `assume_role_arns = [for arn in coalesce(var.assume_role_arns, []) : ${tokenRule('split(":", arn)[4]', "basename(arn)")}]`,
  ];
  return output("teleport_token_rules", {
    description:
      "Rules for spec.allow of a join token with join_method iam, for the roles that a service of Teleport can run as: the one of service_role_name, the created access role, and those of attach_to_roles and assume_role_arns. Take the rule of the role that the service really runs as: each lets every session of its role join.",
    value: interpolate(`{ ${rules.join(", ")} }`),
  });
});

/**
 * What a Teleport role may allow: the database users that the policy lets users connect as.
 *
 * @see https://goteleport.com/docs/enroll-resources/database-access/rbac/
 */
export function dbUsersOutput({ types }: ModuleDefinition): Element[] {
  const terms = types.map((type) => [type.name, dbUsers(type)] as const);
  return [
    ...locals(localsOf(terms.map(([, term]) => term))),
    output("teleport_db_users", {
      description:
        'By type, whom the policy lets users connect as, to paste into spec.allow.db_users of a Teleport role: without it there, Teleport refuses them. A name that ends in "*" is a prefix to IAM and matches nobody in Teleport: put the users\' names in its place. Empty with assume_role_arns: the call for the access role has them.',
      value: interpolate(
        `{ ${terms.map(([type, term]) => `${quote(type)} = ${expression(term)}`).join(", ")} }`,
      ),
    }),
  ];
}
