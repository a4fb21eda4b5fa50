/** The permissions and the trust of a role at one moment. */
import { principals, statements, values } from "./document";
import type { IamState } from "./state";

/** An action and a resource of one Allow statement, or of a trust policy an action and a principal. */
export interface Permission {
  readonly kind: "grant" | "trust";
  /** As written, with wildcards. */
  readonly action: string;
  /** As written: the resource with wildcards, or the principal. */
  readonly target: string;
  /** The statement's conditions as JSON; empty where there are none. */
  readonly condition: string;
}

/**
 * The permissions of a role: of its attached and inline policies, as far as its boundary allows them,
 * and of its trust policy. None where the role does not exist.
 *
 * - Of a policy that AWS manages, the document is not known: its ARN stands for it, and as a boundary
 *   it limits nothing.
 * - Where policy and boundary overlap and neither covers the other, nothing is counted.
 *
 * @throws Error for statements other than Allow with Action and Resource
 */
export function permissionsOf({ roles, policies }: IamState, name: string): readonly Permission[] {
  const role = roles.get(name);
  if (role === undefined) return [];
  const documentOf = (arn: string): string | undefined => {
    const policy = policies.get(arn);
    return policy?.versions.get(policy.defaultVersion);
  };
  const granted = [
    ...[...role.attached].flatMap((arn) => {
      const document = documentOf(arn);
      return document === undefined ? [{ ...MANAGED_BY_AWS, target: arn }] : grants(document);
    }),
    ...[...role.inline.values()].flatMap(grants),
  ];
  const boundary = role.boundary === undefined ? undefined : documentOf(role.boundary);
  return [
    ...(boundary === undefined ? granted : intersection(granted, grants(boundary))),
    ...trusts(role.trust),
  ];
}

/** The intersection of two lists: of two permissions that cover each other, the narrower. */
export function intersection(
  a: readonly Permission[],
  b: readonly Permission[],
): readonly Permission[] {
  const both = [
    ...a.filter((permission) => isCovered(permission, b)),
    ...b.filter((permission) => isCovered(permission, a)),
  ];
  return [
    ...new Map(both.map((permission) => [describePermission(permission), permission])).values(),
  ];
}

/** True if one of `permissions` allows at least what `permission` allows. */
export function isCovered(permission: Permission, permissions: readonly Permission[]): boolean {
  return permissions.some(
    ({ kind, action, target, condition }) =>
      kind === permission.kind &&
      (condition === "" || condition === permission.condition) &&
      matches(action.toLowerCase(), permission.action.toLowerCase()) &&
      (kind === "trust" ? target === permission.target : matches(target, permission.target)),
  );
}

/** A permission in words, another for every other permission. */
export function describePermission({ kind, action, target, condition }: Permission): string {
  const words = kind === "grant" ? `${action} on ${target}` : `${action} by ${target}`;
  return condition === "" ? words : `${words} if ${condition}`;
}

const MANAGED_BY_AWS = { kind: "grant", action: "all", condition: "" } as const;

function grants(document: string): readonly Permission[] {
  return statements(document).flatMap(({ Effect, Action, Resource, Condition }) => {
    const actions = values(Action);
    const resources = values(Resource);
    if (Effect !== "Allow" || actions.length === 0 || resources.length === 0) {
      throw new Error(`Only Allow with Action and Resource can be compared, not: ${document}`);
    }
    const condition = Condition === undefined ? "" : JSON.stringify(Condition);
    return actions.flatMap((action) =>
      resources.map((target) => ({ kind: "grant" as const, action, target, condition })),
    );
  });
}

function trusts(document: string): readonly Permission[] {
  return statements(document).flatMap((statement) => {
    const condition = statement.Condition === undefined ? "" : JSON.stringify(statement.Condition);
    return values(statement.Action).flatMap((action) =>
      principals(statement).map(({ kind, name }) => ({
        kind: "trust" as const,
        action,
        target: `${kind} ${name}`,
        condition,
      })),
    );
  });
}

/**
 * True if all that the pattern `narrow` matches is matched by the pattern `wide`: its wildcards are
 * taken as the characters that they are, which `*` matches and `?` does not.
 */
function matches(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === "*") return true;
  const expression = wide
    .replace(/[\\^$+.()|[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", "[^*]");
  return new RegExp(`^${expression}$`, "s").test(narrow);
}
