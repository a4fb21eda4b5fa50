import type { DatabaseType } from "../catalog/database-type";
import * as rules from "../catalog/formats";
import { checked } from "./checked";
import type { Hop } from "./configuration";
import { problemAt } from "./place";
import type { Section } from "./section";

/**
 * The role and external ID of a section.
 *
 * @param roleKey the key of the role's ARN
 */
export function readHop(section: Section, roleKey = "assume_role_arn"): Hop {
  return {
    assumeRoleArn: checked(roleKey, section.text(roleKey), rules.roleArn),
    externalId: checked("external_id", section.text("external_id"), rules.externalId),
  };
}

/**
 * Refuses an external ID that is never sent, as Teleport does: without a role to assume first, only
 * types whose users always connect as an IAM role have somewhere to send it.
 *
 * @param types none for a database that is not AWS's
 * @throws UserError with the external ID's place
 * @see https://github.com/gravitational/teleport/blob/master/api/types/database.go (CheckAndSetDefaults)
 */
export function refuseUnsentExternalId(
  { assumeRoleArn, externalId }: Hop,
  types: readonly DatabaseType[],
): void {
  if (externalId === undefined || assumeRoleArn !== undefined) return;
  const other = types.find(({ configured }) => configured.connectsAsRoleOnly !== true);
  if (types.length > 0 && other === undefined) return;
  throw problemAt(
    externalId,
    `external_id has no assume_role_arn beside it, and Teleport refuses that${other === undefined ? "" : ` for ${other.name}`}: only types whose users always connect as an IAM role send it by themselves. Add assume_role_arn, or remove external_id.`,
  );
}
