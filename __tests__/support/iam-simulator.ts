import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { Policy } from "./reference-page";

/** Who asks: the ARN of a role, what its policies allow, and its boundary where it has one. */
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
 * Whether IAM allows a request, by the IAM simulator.
 *
 * @throws Error where the simulator finds fault with the request or a policy, so that a mistake in a
 *   test never passes for a denial
 */
export async function isAllowed(request: Request): Promise<boolean> {
  const { caller, action, resource } = request;
  const isRole = action === "sts:AssumeRole" || action === "sts:TagSession";
  // Without a trust policy the simulator allows what AWS denies.
  if (isRole && request.resourcePolicy === undefined)
    throw new Error(`${resource} has no trust policy`);
  const result = await runSimulation(
    {
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
    },
    {},
  );
  if (result.resultType === "error") throw new Error(JSON.stringify(result.errors, null, 2));
  return result.overallResult === "Allowed";
}

/** Whether every one of `requests` is allowed: an action on two resources needs both. */
export async function areAllowed(requests: readonly Request[]): Promise<boolean> {
  const results = await Promise.all(requests.map(isAllowed));
  return results.every(Boolean);
}
