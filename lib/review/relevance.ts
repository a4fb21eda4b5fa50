import { isObject } from "../text/json";
import type { ResourceChange } from "./plan/plan";
import { irrelevantTypes } from "./data/irrelevant-types";
import { uncomparedTypes } from "./data/uncompared-types";

/** Types whose documents, boundaries, attachments and members are compared. */
export const comparedTypes =
  /^aws_iam_(policy|role|user|group|role_policy|user_policy|group_policy|policy_attachment|group_membership|user_group_membership|(role|user|group)_(policy_attachment|policy_attachments_exclusive|policies_exclusive))$/;

/** Services that are all about access. */
const SERVICE =
  /^aws_(iam|organizations|sso|ssoadmin|identitystore|ram|lakeformation|controltower|rolesanywhere)_/;
const NAME =
  /permission|grant|principal|access|share|sharing|trust|_acl$|polic(y|ies)|authoriz|delegat|admin_account|credential|_role|identity|saml|_membership$|_in_group$|_session_mapping$/;
const ARGUMENT =
  /^((access|resource|inline|key|auth|trust|assume_role|lock|repository|service_access)_)?polic(y|ies)$|policy_(document|json|text)$|^((guardrail|managed|session)_)?policy_arns?$|^((launch_)?permissions?|grants?|acl|(allowed_)?principals?|shared_accounts|auth(orization|entication)?_type|authorization)$/;

/**
 * What speaks of access in a type of AWS: its name, or the name of an argument.
 *
 * @param names of its arguments, and of those in its blocks
 */
export function sign(type: string, names: Iterable<string>): string | undefined {
  if (SERVICE.test(type) || NAME.test(type)) return "its name";
  for (const name of names) if (ARGUMENT.test(name)) return `its argument ${name}`;
  return undefined;
}

/** The names of attributes, and of those in blocks. The keys of maps, such as tags, are no names. */
function* attributeNames(...values: readonly unknown[]): Iterable<string> {
  for (const value of values) {
    if (!isObject(value)) continue;
    for (const [name, inner] of Object.entries(value)) {
      yield name;
      if (Array.isArray(inner)) yield* attributeNames(...(inner as unknown[]));
    }
  }
}

/**
 * Why a change can affect access though it is not compared, as the end of "It …"; undefined where it
 * cannot, where it is compared, and of what is not in AWS.
 *
 * Providers have types that are in none of the tables: those newer than this version, and most of
 * `awscc`, the AWS provider that is made from AWS's own schemas.
 */
export function whyRelevant({ type, change }: ResourceChange): string | undefined {
  const name = type.replace(/^awscc_/, "aws_");
  const why = uncomparedTypes.get(name);
  if (why !== undefined) return why;
  if (!name.startsWith("aws_") || comparedTypes.test(type) || irrelevantTypes.has(name)) {
    return undefined;
  }
  const found = sign(name, attributeNames(change.before, change.after, change.after_unknown));
  return found === undefined
    ? undefined
    : `is of a type that this version does not know, and ${found} speaks of access`;
}
