import type { DatabaseType } from "../catalog/database-type";
import { policyDocument, withoutDuplicates } from "./expressions";
import { interpolate } from "../hcl";
import { arnsPerPolicy, roleArnsPerPolicy } from "./limits";
import type { StatementEntry } from "./statements";

/** The key of the one policy of several types. */
const MERGED = "merged";

/** The key of the policy that grants the hop to access roles, where policies are split by type. */
const ACCESS_ROLE = "access-role";

/** The Sid of the statement that grants the hop to access roles. It is ours, not the page's. */
export const ACCESS_ROLE_SID = "AssumeAccessRole";

/** The hop to access roles, which takes the place of all other statements. */
export function accessRoleStatement(types: readonly DatabaseType[]): StatementEntry {
  const [first, ...more] = types;
  return {
    type: more.length === 0 && first !== undefined ? first.name : ACCESS_ROLE,
    enabled: "${length(var.assume_role_arns) > 0}",
    statement: {
      Sid: ACCESS_ROLE_SID,
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: "${var.assume_role_arns}",
    },
  };
}

/** The Sid of the boundary's statement about roles. It is ours, not the page's. */
export const ANY_ROLE_SID = "AssumeAnyRole";

/**
 * The permissions boundary: all that the policy grants, and assuming any role, which a boundary must
 * allow even where the role's trust policy names the service as principal.
 */
function permissionsBoundary(types: readonly DatabaseType[]): string {
  const sessionTags = types.flatMap(({ userRole }) => userRole?.sessionTags ?? []);
  const actions = ['["sts:AssumeRole"]'].concat(
    sessionTags.map((variable) => `var.${variable} ? ["sts:TagSession"] : []`),
  );
  const action =
    sessionTags.length === 0 ? '"sts:AssumeRole"' : `distinct(concat(${actions.join(", ")}))`;
  return policyDocument(
    `concat(local.policy_statements, [{ Sid = "${ANY_ROLE_SID}", Effect = "Allow", Action = ${action}, Resource = "*" }])`,
  );
}

/**
 * The name of the policy under the key `each.key`: the plain name for the first, the others with
 * what tells them apart.
 */
export function policyNameExpression(types: readonly DatabaseType[]): string {
  const [first, ...more] = types;
  return more.length === 0 && first !== undefined
    ? `\${var.policy_name}\${trimprefix(each.key, "${first.name}")}`
    : interpolate(`each.key == "${MERGED}" ? var.policy_name : "\${var.policy_name}-\${each.key}"`);
}

/**
 * The local values that turn `local.statements` into policy documents.
 *
 * - One type: its policy under the type's name.
 * - Several: one policy under `merged`, or with `split_policy_by_type` one for each type.
 * - A type with more ARNs than surely fit one policy: the rest goes to `<type>-2` and so on. A
 *   policy is filled in the order of the ARNs, so a new last one leaves the other policies alone.
 *
 * How many policies there are depends on lengths of lists and on switches, never on an ARN, so that
 * `for_each` is known while ARNs are not. Duplicates are taken out last for the same reason.
 */
export function policyLocals(types: readonly DatabaseType[]): Record<string, unknown> {
  const resource = "entry.statement.Resource";
  const locals: Record<string, unknown> = {
    granted_statements: interpolate(
      `[for entry in local.statements : entry if entry.enabled && (length(var.assume_role_arns) == 0 || entry.statement.Sid == "${ACCESS_ROLE_SID}")]`,
    ),
    policy_statements: interpolate(
      `[for entry in local.granted_statements : ${withoutDuplicates("entry.statement")}]`,
    ),
    policy_json: interpolate(policyDocument("local.policy_statements")),
    permissions_boundary_json: interpolate(permissionsBoundary(types)),
    arns_per_policy: {
      ...Object.fromEntries(types.map((type) => [type.name, arnsPerPolicy(type)])),
      ...(types.length > 1 ? { [ACCESS_ROLE]: roleArnsPerPolicy } : {}),
    },
    granted_arns: interpolate(
      `{ for entry in local.granted_statements : entry.type => [for arn in flatten([${resource}]) : { sid = entry.statement.Sid, arn = arn }]... }`,
    ),
    policy_arns: interpolate(
      `merge([for type, arns in local.granted_arns : { for index, part in chunklist(flatten(arns), local.arns_per_policy[type]) : (index == 0 ? type : "\${type}-\${index + 1}") => part }]...)`,
    ),
    policies_by_type: interpolate(
      `{ for key, arns in local.policy_arns : key => ${policyDocument(
        `[for entry in local.granted_statements : merge(entry.statement, { Resource = [distinct([for arn in arns : arn.arn if arn.sid == entry.statement.Sid]), ${resource}][can(tostring(${resource})) ? 1 : 0] }) if contains(arns[*].sid, entry.statement.Sid)]`,
      )} }`,
    ),
  };
  locals.policies =
    types.length === 1
      ? interpolate("local.policies_by_type")
      : interpolate(
          `var.split_policy_by_type ? tomap(local.policies_by_type) : tomap({ for key in ["${MERGED}"] : key => local.policy_json if length(local.granted_statements) > 0 })`,
        );
  return locals;
}
