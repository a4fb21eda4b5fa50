import type { DatabaseType } from "../catalog/database-type";
import { interpolate, quote } from "../hcl";
import type { ModuleDefinition } from "../inputs/module-definition";
import { ModuleOutput } from "./module-output";
import type { ModuleStack } from "./module-stack";

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
 * Adds what Teleport's configuration must say to match the module.
 *
 * - `account_id` stands beside `assume_role_arn`, because Teleport derives it from the ARN for static
 *   databases only.
 * - Teleport takes an external ID without `assume_role_arn` for types alone that always connect as
 *   an IAM role.
 *
 * @see https://goteleport.com/docs/enroll-resources/database-access/reference/configuration/
 * @see https://github.com/gravitational/teleport/blob/master/api/types/database.go
 */
export function addTeleportConfiguration(stack: ModuleStack, { types }: ModuleDefinition): void {
  const accessRole = part("var.create_access_role", "assume_role_arn", "local.access_role_arn");
  stack.addLocals({
    teleport_connection: interpolate(
      `var.assume_role_arns != null ? tomap({ account_id = split(":", var.assume_role_arns[0])[4], assume_role_arn = var.assume_role_arns[0] }) : tomap(merge({ account_id = var.aws_account_id }, ${accessRole}))`,
    ),
    teleport_database_aws: interpolate(
      `{ ${types.map((type) => `${quote(type.name)} = ${settings(type)}`).join(", ")} }`,
    ),
  });
  new ModuleOutput(stack, "teleport_database_aws", {
    description:
      "By type, the aws settings that Teleport's configuration of a database must have to match what the module grants. Of several access roles, secret prefixes or keys it has the first; add your own tags to session_tags.",
    value: "${local.teleport_database_aws}",
  });
}
