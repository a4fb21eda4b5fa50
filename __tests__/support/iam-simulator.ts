import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { Policy } from "./reference-page";

/**
 * The caller: the ARN of a role, what its policies allow, and its boundary where it has one; or the ARN of
 * the OIDC provider that a token is of.
 */
export interface Caller {
  readonly arn: string;
  readonly policies: readonly Policy[];
  readonly boundary?: Policy;
}

/** A request to AWS, by concrete ARNs; `*` for what AWS knows no resource of. */
export interface Request {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | string[]>>;
  /** The policy of the resource; for a role, its trust policy. */
  readonly resourcePolicy?: Policy;
}

/** The account in an ARN. */
function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

/**
 * The same with the condition keys of a provider that the simulator knows: of others, whose names are
 * those of a cluster's host, it takes no values.
 *
 * @param provider the ARN of the OIDC provider that the token is of
 */
function ofKnownProvider<Simulation>(simulation: Simulation, provider: string): Simulation {
  const [, host = ""] = provider.split(":oidc-provider/");
  const text = JSON.stringify(simulation).replaceAll(`"${host}:`, '"accounts.google.com:');
  return JSON.parse(text) as Simulation;
}

/**
 * True if IAM allows a request, by the IAM simulator.
 *
 * @throws Error where the simulator finds fault with the request or a policy, so that a mistake in a
 *   test never passes for a denial
 */
export async function isAllowed(request: Request): Promise<boolean> {
  const { caller, action, resource } = request;
  const isRole = /^sts:(AssumeRole|AssumeRoleWithWebIdentity|TagSession)$/.test(action);
  // Without a trust policy the simulator allows what AWS denies.
  if (isRole && request.resourcePolicy === undefined)
    throw new Error(`${resource} has no trust policy`);
  const simulation = {
    request: {
      principal: caller.arn,
      action,
      resource: { resource, accountId: accountOf(resource === "*" ? caller.arn : resource) },
      contextVariables: { ...request.context },
    },
    identityPolicies: caller.policies.map((policy, index) => ({ name: String(index), policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: request.resourcePolicy,
    ...(caller.boundary === undefined
      ? {}
      : { permissionBoundaryPolicies: [{ name: "boundary", policy: caller.boundary }] }),
  };
  const result = await runSimulation(
    action === "sts:AssumeRoleWithWebIdentity"
      ? ofKnownProvider(simulation, caller.arn)
      : simulation,
    {},
  );
  if (result.resultType === "error") throw new Error(JSON.stringify(result.errors, null, 2));
  return result.overallResult === "Allowed";
}

/** True if every one of `requests` is allowed: an action on two resources needs both. */
export async function areAllowed(requests: readonly Request[]): Promise<boolean> {
  const results = await Promise.all(requests.map(isAllowed));
  return results.every(Boolean);
}
