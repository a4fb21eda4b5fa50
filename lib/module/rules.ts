import { quotas } from "../catalog/quotas";
import type { Rule } from "../inputs/validation";
import { interpolate } from "../text/hcl";

/**
 * `value` (an expression) without its mark as sensitive. For switches and names, which addresses and
 * messages show: Terraform 1.5 and 1.6 fail if `nonsensitive` is called without need.
 */
export function shown(value: string): string {
  return `try(nonsensitive(${value}), ${value})`;
}

/** The local value that begins every message: a root can call the module several times. */
export function label(kind: string, name: string): Readonly<Record<"label", string>> {
  const account = interpolate(shown("var.aws_account_id"));
  return { label: `${kind} ${interpolate(shown(name))} in account ${account}` };
}

/** A rule that fails with `message` unless `condition` (an expression) holds. */
export function rule(condition: string, message: string): Rule {
  return {
    condition: interpolate(condition),
    error_message: `\${local.label}: ${message}`,
  };
}

/** The rule that a trust policy fits the default quota. */
export function trustPolicyFits(document: string): Rule {
  return rule(
    `length(${document}) <= ${String(quotas.trustPolicy)}`,
    `the trust policy is longer than ${quotas.trustPolicy.toLocaleString("en")} characters, the default limit of IAM. Trust fewer principals, or a whole account (arn:aws:iam::…:root) with a condition on aws:PrincipalArn.`,
  );
}

/** The condition that an ARN belongs to the module's account. The shipped mocks have the account `aws`. */
export function isInAccount(arn: string): string {
  return `contains([var.aws_account_id, "aws"], split(":", ${arn})[4])`;
}

const USE_PROVIDER =
  "Pass the module the provider of that account (providers = { aws = aws.… }), or correct aws_account_id.";

/** The rule that created resources belong to the account that the module writes into its ARNs. */
export function createdInAccount(what: string, arn: string, effect = ""): Rule {
  return rule(
    isInAccount(arn),
    `the ${what} was created in another account than aws_account_id.${effect} ${USE_PROVIDER}`,
  );
}

/** {@link createdInAccount} for a list of ARNs (an expression). */
export function allCreatedInAccount(what: string, arns: string): Rule {
  return rule(
    `alltrue([for arn in ${arns} : ${isInAccount("arn")}])`,
    `the ${what} were created in another account than aws_account_id. ${USE_PROVIDER}`,
  );
}

/** The organisation conditions that protect a trust between accounts, as a list of their values. */
const ORGANIZATIONS = `flatten([for operator, keys in var.trust_conditions : [for key, ids in keys : ids if contains(["aws:principalorgid", "aws:principalorgpaths"], lower(key))] if contains(["StringEquals", "ForAnyValue:StringEquals", "ForAnyValue:StringLike"], operator)])`;

/** Local values for {@link protectsOtherAccounts}. */
export const trustLocals = {
  trusted_organizations: interpolate(ORGANIZATIONS),
  foreign_principals: interpolate(
    `[for arn in var.trusted_principals : arn if !${isInAccount("arn")}]`,
  ),
};

/**
 * The rule that a trust of another account asks for an external ID, or for the ID of an organisation.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const protectsOtherAccounts = rule(
  'length(local.foreign_principals) == 0 || length(var.external_ids) > 0 || (length(local.trusted_organizations) > 0 && alltrue([for id in local.trusted_organizations : can(regex("^o-[a-z0-9]{10,32}(/|$)", id))]))',
  'trusted_principals has a principal of another account, but external_ids is empty. Add an external ID, and the same external_id to Teleport\'s configuration; or the condition trust_conditions = { StringEquals = { "aws:PrincipalOrgID" = ["o-…"] } } with the ID of your organisation.',
);

/** The rule that the external IDs are given by the variable that the module checks. */
export const externalIdHasItsVariable = rule(
  'alltrue([for keys in values(var.trust_conditions) : !contains([for key in keys(keys) : lower(key)], "sts:externalid")])',
  "trust_conditions has sts:ExternalId. Set external_ids instead.",
);

/** A policy document around `statements`, as an expression. */
export function documentOf(statements: string): string {
  return `jsonencode({ Version = "2012-10-17", Statement = ${statements} })`;
}
