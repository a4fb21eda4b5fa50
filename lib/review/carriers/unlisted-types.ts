import type { ResourceDifference } from "../plan/difference";

/** Services that are all about access. */
const SERVICE =
  /^aws_(iam|organizations|sso|ssoadmin|identitystore|ram|lakeformation|controltower|rolesanywhere)_/;
const NAME =
  /permission|grant|principal|access|share|sharing|trust|_acl$|polic(y|ies)|authoriz|delegat|admin_account|credential|_role|identity|saml|_membership$|_in_group$|_session_mapping$/;
const ARGUMENT =
  /^((access|resource|inline|key|auth|trust|assume_role|lock|repository|service_access)_)?polic(y|ies)$|policy_(document|json|text)$|^((guardrail|managed|session)_)?policy_arns?$|^((launch_)?permissions?|grants?|acl|(allowed_)?principals?|shared_accounts|auth(orization|entication)?_type|authorization)$/;

/**
 * The sign of access in a type of AWS: its name, or the name of an argument.
 *
 * @param names of its arguments, and of those in its blocks
 */
export function sign(type: string, names: Iterable<string>): string | undefined {
  if (SERVICE.test(type) || NAME.test(type)) return "its name";
  for (const name of names) if (ARGUMENT.test(name)) return `its argument ${name}`;
  return undefined;
}

/** True if an argument has the tags of a resource. */
export const isTag = (name: string): boolean => name === "tags" || name === "tags_all";

/**
 * The reason why a change of a type without a table row may affect access, to end "It …"; undefined if it is not.
 * Such types are newer than this version, or of `awscc`, the provider made from AWS's own schemas.
 *
 * @param isOfAccess whether the type of the same name in the AWS provider bears on access
 */
export function whyUnlisted(resource: ResourceDifference, isOfAccess: boolean): string | undefined {
  const { type, action, changedAttributes, paths } = resource;
  const changed = changedAttributes.filter((name) => !isTag(name));
  if (action === "update" && changed.length === 0) return undefined;
  const name = type.replace(/^awscc_/, "aws_");
  if (isOfAccess)
    return "is a resource of the provider awscc, and can affect access in the provider aws";
  const names = paths
    .map((path) => path.split("."))
    .filter(([first = ""]) => changed.includes(first))
    .flatMap((parts) => parts.slice(-1));
  const found = sign(name, names);
  return found && `has a type that this version does not know, and ${found} is about access`;
}
