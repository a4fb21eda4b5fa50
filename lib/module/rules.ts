import { interpolate } from "../text/hcl";
import { quotas } from "../catalog/quotas";

/*
 * What spans variables. A rule stands on the resource that it protects, so that it holds whatever is
 * planned with it; an output repeats it where the document is used elsewhere.
 */

/** A condition of a `precondition`, `postcondition` or `check` block, and what it says. */
export interface Rule {
  readonly condition: string;
  readonly error_message: string;
}

/** How every message begins: of several calls of the module, this one. */
const thisCall =
  "Account ${nonsensitive(var.aws_account_id)}, policy ${nonsensitive(var.policy_name)}: ";

/** A rule that fails with `message` unless `condition` (an expression) holds. */
export function rule(condition: string, message: string): Rule {
  return { condition: interpolate(condition), error_message: `${thisCall}${message}` };
}

/** Characters of a JSON document (an expression) as IAM counts them: white space is free. */
export function sizeOf(document: string): string {
  return plain(`length(replace(${document}, "/\\\\s/", ""))`);
}

/** That a document of the size `size` (an expression) fits its limit. */
export function fits(subject: string, size: string, limit: number, remedy: string): Rule {
  return rule(
    `${size} <= ${String(limit)}`,
    `${subject} is ${interpolate(size)} characters long; IAM allows ${String(limit)}. ${remedy}`,
  );
}

/** That a trust policy fits the default quota. */
export function trustPolicyFits(document: string): Rule {
  return fits(
    "the trust policy",
    sizeOf(document),
    quotas.trustPolicy,
    "Use a shorter external_id or role name.",
  );
}

const CROSS_ACCOUNT = "local.service_account_id == var.aws_account_id || var.external_id != null";

const CROSS_ACCOUNT_MESSAGE =
  "the Database Service's role is in account ${nonsensitive(local.service_account_id)}, the roles that it assumes are in ${nonsensitive(var.aws_account_id)}: set external_id, and the same external_id in Teleport's configuration.";

/** That a trust across accounts asks for an external ID. */
export const accessRoleAsksForExternalId = rule(CROSS_ACCOUNT, CROSS_ACCOUNT_MESSAGE);

/** The same for database-user roles, which trust the access role of their own account where there is one. */
export const userRolesAskForExternalId = rule(
  `var.create_access_role || var.assume_role_arns != null || ${CROSS_ACCOUNT}`,
  CROSS_ACCOUNT_MESSAGE,
);

/** That further external IDs stand beside a first one. */
export const externalIdComesFirst = rule(
  "var.external_id != null || length(var.additional_external_ids) == 0",
  "additional_external_ids are accepted beside external_id, which is not set. Set external_id.",
);

/**
 * That what was created is in the account that the module writes into its ARNs: a call without its
 * `providers` creates everything somewhere else.
 *
 * @param account an expression
 */
export function isInAccount(account: string): Rule {
  return rule(
    // Of what could not be created, Terraform says "Invalid index" for each time that self is read: once.
    `startswith(self.arn, "arn:\${var.aws_partition}:iam::\${${account}}:")`,
    `it was created outside account \${${plain(account)}} of partition \${${plain("var.aws_partition")}}. Give the call the provider of that account (providers = { aws = aws.… }), or mend the account ID.`,
  );
}

/** A boolean or a name that decides addresses: even a sensitive one shows in them. */
export function plain(expression: string): string {
  return `nonsensitive(${expression})`;
}
