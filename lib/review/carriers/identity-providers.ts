import { type Finding, findingOf } from "../finding";
import type { ResourceDifference } from "../plan/difference";
import { noImpact } from "../verdict";
import { identityProviders } from "./tables";
import { textAt } from "./values";

const TRUST = "assume_role_policy";
const USERS = "users of the provider";

/** The end of a provider's ARN: `:oidc-provider/token.example.com`. */
function endOf(resource: ResourceDifference, kind: string): string | undefined {
  const name =
    textAt(resource, "after", "url")?.replace(/^https:\/\//, "") ??
    textAt(resource, "after", "name");
  return name === undefined ? undefined : `:${kind}/${name}`;
}

const ASSUME = ["sts:AssumeRole*"];

/** A new provider signs nobody in by itself: a role must trust it. */
function created(
  resource: ResourceDifference,
  kind: string,
  roles: readonly ResourceDifference[],
): Finding {
  const end = endOf(resource, kind);
  const trustOf = (role: ResourceDifference): string | undefined => textAt(role, "after", TRUST);
  const naming = roles.filter(
    (role) => end !== undefined && trustOf(role)?.includes(`${end}"`) === true,
  );
  const finding = (reason: string, more: Partial<Finding> = {}): Finding =>
    findingOf(resource, { kind: "identity provider", reasons: [reason] }, more);
  const old = naming.find((role) => role.isSame(TRUST))?.address;
  if (old !== undefined) {
    const gained = [{ who: USERS, what: `to assume ${old}`, actions: ASSUME }];
    const impact = { ...noImpact, broadens: true };
    return finding(`${old} trusts it already.`, { impact, isPublic: false, gained });
  }
  const isOpen = roles.some((role) => !role.isSame(TRUST) && trustOf(role) === undefined);
  return naming.length > 0 || isOpen
    ? finding("The gains are shown at the roles that trust it.", { impact: noImpact })
    : finding("No role of the plan trusts it, and the plan does not show the others.");
}

/**
 * Returns findings about new and deleted identity providers: they sign in users who may assume the
 * roles that trust them.
 */
export function identityProviderFindings(resources: readonly ResourceDifference[]): Finding[] {
  const providers = resources.filter(({ type }) => identityProviders.has(type));
  const roles = resources.filter(
    ({ type, action }) => type === "aws_iam_role" && action !== "delete",
  );
  return providers.flatMap((resource) => {
    const kind = identityProviders.get(resource.type) ?? "";
    if (resource.action === "create") return [created(resource, kind, roles)];
    if (resource.action !== "delete") return [];
    const lost = [{ who: USERS, what: "to assume the roles that trust it", actions: ASSUME }];
    const impact = { ...noImpact, narrows: true };
    return [findingOf(resource, { kind: "identity provider" }, { impact, lost })];
  });
}
