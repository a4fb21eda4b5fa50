import { connectsAsRoleOnly, type DatabaseType } from "../catalog/database-type";
import * as rules from "../catalog/formats";
import type { TextRule } from "../catalog/text-rule";
import { checkValue } from "../inputs/validation";
import { visible } from "../text/visible-text";
import type { Hop } from "./configuration";
import { type Located, problemAt } from "./place";
import type { Section } from "./section";

/**
 * The text under a key, if it obeys the rule of the variable that it becomes.
 *
 * @throws UserError with its place if it does not; an external ID is not repeated
 */
export function checkedText(section: Section, key: string, rule: TextRule): Located | undefined {
  const value = section.text(key);
  if (value !== undefined) check(key, value, rule);
  return value;
}

/** @throws UserError with its place for a text that does not obey a rule */
export function check(name: string, value: Located, rule: TextRule): void {
  const type = { kind: "string", rule, confidential: name === "external_id" } as const;
  const [problem] = checkValue({ name, type, description: "" }, value.text);
  if (problem !== undefined) throw problemAt(value, visible(problem));
}

/** The role, by the key of its ARN, and the external ID of a section. */
export function readHop(section: Section, roleKey = "assume_role_arn"): Hop {
  return {
    assumeRoleArn: checkedText(section, roleKey, rules.roleArn),
    externalId: checkedText(section, "external_id", rules.externalId),
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
  const other = types.find((type) => !connectsAsRoleOnly(type));
  if (types.length > 0 && other === undefined) return;
  throw problemAt(
    externalId,
    `external_id is set without assume_role_arn, and Teleport refuses that${other === undefined ? "" : ` for ${other.name}`}. Add assume_role_arn, or remove external_id.`,
  );
}
