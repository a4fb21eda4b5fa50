import type { DatabaseType } from "../catalog/database-type";
import { quotas } from "../catalog/quotas";
import { openedNarrowings } from "../policies/overlaps";
import { expression, localsOf } from "../policies/terraform";
import { serviceRoleArn } from "../policies/trust";
import { type Element, locals } from "./element";
import { plain, rule, type Rule } from "./rules";

/** The types that Teleport does not always connect to as an IAM role. */
function withoutRole(types: readonly DatabaseType[]): DatabaseType[] {
  return types.filter(({ userRole }) => userRole?.always !== true);
}

/**
 * That no role that is assumed from another role's session is set to sessions longer than AWS allows it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
function chainedSessions(types: readonly DatabaseType[]): Rule {
  const tooLong = (role: "access" | "user", created: string): string =>
    plain(
      `${created} && var.${role}_role_max_session_duration > ${String(quotas.chainedSession)} ? ["${role}_role_max_session_duration"] : []`,
    );
  const withUserRoles = types.some(({ userRole }) => userRole !== undefined);
  const variables = `concat(${[
    tooLong("access", "var.create_access_role"),
    ...(withUserRoles ? [tooLong("user", "var.create_user_roles")] : []),
  ].join(", ")})`;
  return rule(
    `length(${variables}) == 0`,
    `\${join(" and ", ${variables})} above ${String(quotas.chainedSession)} has no effect: AWS ends a session that is assumed from another role's after an hour, and these roles are assumed in no other way. Leave it out.`,
  );
}

/**
 * That one of `conditions` holds. Of `||` Terraform knows nothing while an operand is unknown, and
 * warns that it cannot tell, even where another operand decides.
 */
function oneOf(...conditions: readonly string[]): string {
  return `anytrue([${conditions.join(", ")}])`;
}

/** What is worth a warning, where a precondition would be too much. */
export function checks(types: readonly DatabaseType[]): Element[] {
  const tooMany = String(quotas.policiesPerRole);
  const opened = openedNarrowings(types);
  const assertions: Record<string, Rule | undefined> = {
    policies_per_role:
      types.length > quotas.policiesPerRole
        ? rule(
            `!var.split_policy_by_type`,
            `split by type there are ${String(types.length)} policies, and a role takes ${tooMany} by default. Set split_policy_by_type = false: together they are one policy that fits; policy_count makes more of it where it does not.`,
          )
        : undefined,
    opened_narrowings:
      opened === undefined
        ? undefined
        : rule(
            `length(local.opened_narrowings) == 0`,
            // Sentences of ours alone, which a sensitive value in a narrowing makes sensitive.
            `\${nonsensitive(join("; ", local.opened_narrowings))}. Narrow both, leave one out by its switch, or use two roles.`,
          ),
    reachable_across_accounts:
      withoutRole(types).length === 0
        ? undefined
        : rule(
            oneOf(
              "var.service_account_id == null",
              "local.service_account_id == var.aws_account_id",
              "var.create_access_role",
              "var.assume_role_arns != null",
              "!var.create_policy",
            ),
            `the Database Service's role is in account \${nonsensitive(local.service_account_id)}, and ${withoutRole(
              types,
            )
              .map(({ title }) => title)
              .join(
                ", ",
              )} in account \${nonsensitive(var.aws_account_id)} cannot be reached from there without a role in between. Set create_access_role = true in the call for the databases' account and assume_role_arns in the call for the service's, or leave out service_account_id.`,
          ),
    own_role_in_between: rule(
      oneOf(
        "var.assume_role_arns == null",
        `!contains(coalesce(var.assume_role_arns, []), ${expression(serviceRoleArn)})`,
      ),
      "assume_role_arns holds the Database Service's own role, ${nonsensitive(local.service_role_arn)}, which would have to assume itself: this policy is the hop alone, so the role may do nothing once it has, and AWS lets no role assume itself unless its trust policy says so. Leave it out of assume_role_arns, and where Teleport's configuration has it as assume_role_arn, set service_role_self_assumption = true in the call that creates it.",
    ),
    chained_sessions: chainedSessions(types),
    ...(types.some(({ name }) => name === "rds")
      ? {
          rds_knows_what_to_modify: rule(
            '!var.rds_auto_enable_iam_auth || var.rds_fetch_metadata || !contains(var.services, "database")',
            "without rds_fetch_metadata Teleport cannot see whether IAM authentication is on, and with rds_auto_enable_iam_auth it modifies each database whenever it registers it. Set rds_fetch_metadata = true, or rds_auto_enable_iam_auth = false.",
          ),
        }
      : {}),
    ...(types.some(({ name }) => name === "redshift")
      ? {
          redshift_external_id: rule(
            oneOf(
              "var.external_id == null",
              "var.create_access_role",
              "var.assume_role_arns != null",
              "length(local.redshift_user_role_arns) == 0",
            ),
            "Teleport takes no external_id for Redshift without assume_role_arn, so the database-user roles of Redshift ask for what is never sent. Set create_access_role = true here, and assume_role_arns in the call for the Database Service's account.",
          ),
        }
      : {}),
  };
  return [
    ...locals(opened === undefined ? {} : localsOf([opened])),
    ...Object.entries(assertions).flatMap(([name, assertion]) =>
      assertion === undefined ? [] : [{ kind: "check", name, assertion } as const],
    ),
  ];
}
