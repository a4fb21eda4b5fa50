import { connectsAsRoleOnly, type DatabaseType } from "../catalog/database-type";
import { managedUserSwitches } from "../inputs/type-variables";
import { interpolate } from "../text/hcl";

/** `{ key = value }` if `condition` holds, else nothing. All are expressions; for `merge`. */
function part(condition: string, key: string, value: string): string {
  return `${condition} ? { ${key} = ${value} } : {}`;
}

/** The `secret_store` of a type with managed users: the bare ID of a key of the same account. */
const SECRET_STORE = `merge({ key_prefix = var.secret_key_prefixes[0] }, ${part(
  "length(var.kms_key_ids) > 0",
  "kms_key_id",
  'replace(var.kms_key_ids[0], "/^arn:[a-z-]+:kms:[a-z0-9-]+:${var.aws_account_id}:key\\\\//", "")',
)})`;

function settings(type: DatabaseType): string {
  const { userRole } = type;
  const parts = [
    "{ account_id = var.aws_account_id }",
    // Teleport accepts an external ID without assume_role_arn for these types alone.
    ...(connectsAsRoleOnly(type)
      ? [part("length(var.external_ids) > 0", "external_id", "var.external_ids[0]")]
      : []),
    ...managedUserSwitches([type]).map((name) =>
      part(`var.${name}`, "secret_store", "local.secret_store"),
    ),
    ...(userRole?.sessionTags === undefined
      ? []
      : [part(`var.${userRole.sessionTags}`, "session_tags", "{}")]),
  ];
  return parts.length === 1 ? parts.join("") : `merge(${parts.join(", ")})`;
}

/**
 * Local values with the settings under `aws` of Teleport's configuration of a database, by type.
 *
 * @see https://goteleport.com/docs/enroll-resources/database-access/reference/configuration/
 * @see https://github.com/gravitational/teleport/blob/master/api/types/database.go
 */
export function teleportDatabaseAws(types: readonly DatabaseType[]): Record<string, unknown> {
  return {
    ...(managedUserSwitches(types).length === 0 ? {} : { secret_store: interpolate(SECRET_STORE) }),
    teleport_database_aws: Object.fromEntries(
      types.map((type) => [type.name, interpolate(settings(type))]),
    ),
  };
}
