import { type Finding, findingOf } from "../finding";
import type { ResourceDifference } from "../plan/difference";
import { noImpact } from "../verdict";
import { identityProviders } from "./tables";
import { textAt } from "./values";

/** The roles of a plan, by what their trust policies say after it. */
interface Trust {
  readonly role: ResourceDifference;
  /** Undefined if it is not known. */
  readonly text: string | undefined;
  readonly isChanged: boolean;
}

function trustsOf(resources: readonly ResourceDifference[]): Trust[] {
  return resources
    .filter(({ type, action }) => type === "aws_iam_role" && action !== "delete")
    .map((role) => ({
      role,
      text: textAt(role, "after", "assume_role_policy"),
      isChanged: !role.isSame("assume_role_policy"),
    }));
}

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
function created(resource: ResourceDifference, kind: string, trusts: readonly Trust[]): Finding {
  const end = endOf(resource, kind);
  const naming = trusts.filter(
    ({ text }) => end !== undefined && text?.includes(`${end}"`) === true,
  );
  const finding = (reason: string, more: Partial<Finding> = {}): Finding =>
    findingOf(resource, { kind: "identity provider", reasons: [reason] }, more);
  const old = naming.find(({ isChanged }) => !isChanged)?.role.address;
  if (old !== undefined) {
    const gained = [{ who: USERS, what: `to assume ${old}`, actions: ASSUME }];
    const impact = { ...noImpact, broadens: true };
    return finding(`${old} trusts it already.`, { impact, isPublic: false, gained });
  }
  return naming.length > 0 || trusts.some(({ text, isChanged }) => isChanged && text === undefined)
    ? finding("The gains are shown at the roles that trust it.", { impact: noImpact })
    : finding("No role of the plan trusts it, and the plan does not show the others.");
}

/**
 * Returns findings about new and deleted identity providers: they sign in users who may assume the
 * roles that trust them.
 */
export function identityProviderFindings(resources: readonly ResourceDifference[]): Finding[] {
  const providers = resources.filter(({ type }) => identityProviders.has(type));
  if (providers.length === 0) return [];
  const trusts = trustsOf(resources);
  return providers.flatMap((resource) => {
    const kind = identityProviders.get(resource.type) ?? "";
    if (resource.action === "create") return [created(resource, kind, trusts)];
    if (resource.action !== "delete") return [];
    const lost = [{ who: USERS, what: "to assume the roles that trust it", actions: ASSUME }];
    const impact = { ...noImpact, narrows: true };
    return [findingOf(resource, { kind: "identity provider" }, { impact, lost })];
  });
}
