import type { ResourceDifference } from "../plan/difference";
import type { CarrierFinding } from "./finding";
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

/** The end of a provider's ARN: `:oidc-provider/token.example.com`. */
function endOf(resource: ResourceDifference, kind: string): string | undefined {
  const name =
    textAt(resource, "after", "url")?.replace(/^https:\/\//, "") ??
    textAt(resource, "after", "name");
  return name === undefined ? undefined : `:${kind}/${name}`;
}

/** A new provider signs nobody in by itself: a role must trust it. */
function created(
  resource: ResourceDifference,
  kind: string,
  trusts: readonly Trust[],
): CarrierFinding {
  const about = { resource, kind: "identity provider", subject: resource.address } as const;
  const end = endOf(resource, kind);
  const naming = trusts.filter(
    ({ text }) => end !== undefined && text?.includes(`${end}"`) === true,
  );
  const old = naming.find(({ isChanged }) => !isChanged);
  const none = { isPublic: false, gained: [], lost: [] };
  if (old !== undefined) {
    const who = `users of the provider`;
    const by = { address: old.role.address, sid: "" };
    const gained = [
      { who, what: `to assume ${old.role.address}`, actions: ["sts:AssumeRole*"], by },
    ];
    const reasons = [`${old.role.address} trusts it already.`];
    return { ...about, ...none, verdict: "broadened", gained, reasons };
  }
  const told =
    naming.length > 0 || trusts.some(({ text, isChanged }) => isChanged && text === undefined);
  return told
    ? {
        ...about,
        ...none,
        verdict: "unchanged",
        reasons: ["The gains are shown at the roles that trust it."],
      }
    : {
        ...about,
        ...none,
        verdict: "unknown",
        reasons: ["No role of the plan trusts it, and the plan does not show the others."],
      };
}

/**
 * Returns findings about new and deleted identity providers: they sign in users who may assume the
 * roles that trust them.
 */
export function identityProviderFindings(
  resources: readonly ResourceDifference[],
): CarrierFinding[] {
  const providers = resources.filter(({ type }) => identityProviders[type] !== undefined);
  if (providers.length === 0) return [];
  const trusts = trustsOf(resources);
  return providers.flatMap((resource): CarrierFinding[] => {
    const kind = identityProviders[resource.type] ?? "";
    if (resource.action === "create") return [created(resource, kind, trusts)];
    if (resource.action !== "delete") return [];
    const about = { resource, kind: "identity provider", subject: resource.address } as const;
    const lost = [
      {
        who: "users of the provider",
        what: "to assume the roles that trust it",
        actions: ["sts:AssumeRole*"],
        by: { address: resource.address, sid: "" },
      },
    ];
    return [{ ...about, verdict: "narrowed", isPublic: false, gained: [], lost, reasons: [] }];
  });
}
