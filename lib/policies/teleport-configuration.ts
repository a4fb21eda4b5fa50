import type { DatabaseType } from "../catalog/database-type";
import { interpolate, quote } from "../hcl";

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
    // Teleport presents an external ID to the role that it assumes first, if it assumes any.
    part(
      `var.external_id != null && (var.create_access_role || ${String(userRole !== undefined)})`,
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
 * The local values with what Teleport's configuration must say to match the module.
 *
 * `account_id` stands beside `assume_role_arn`, because Teleport derives it from the ARN for static
 * databases only.
 *
 * @see https://goteleport.com/docs/enroll-resources/database-access/reference/configuration/
 */
export function teleportLocals(types: readonly DatabaseType[]): Record<string, unknown> {
  const accessRole = part("var.create_access_role", "assume_role_arn", "local.access_role_arn");
  return {
    teleport_connection: interpolate(
      `length(var.assume_role_arns) > 0 ? tomap({ account_id = split(":", var.assume_role_arns[0])[4], assume_role_arn = var.assume_role_arns[0] }) : tomap(merge({ account_id = var.aws_account_id }, ${accessRole}))`,
    ),
    teleport_database_aws: interpolate(
      `{ ${types.map((type) => `${quote(type.name)} = ${settings(type)}`).join(", ")} }`,
    ),
  };
}
