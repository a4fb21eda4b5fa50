import type { Accounts } from "./accounts";
import type { ResourceDifference } from "./difference";
import { textOf } from "./value";

/**
 * What policies are attached to.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id.html
 */
export type IdentityKind = "role" | "user" | "group";

/** The kinds of identities, by the type of their resource. */
export const IDENTITY_TYPES: Readonly<Record<string, IdentityKind>> = {
  aws_iam_role: "role",
  aws_iam_user: "user",
  aws_iam_group: "group",
};

/** The roles, users and groups that no longer exist after a plan. */
export class DeletedIdentities {
  private readonly deleted = new Set<string>();

  constructor(
    resources: readonly ResourceDifference[],
    private readonly accounts: Accounts,
  ) {
    const kept = new Set<string>();
    for (const resource of resources) {
      const kind = IDENTITY_TYPES[resource.type];
      if (kind === undefined) continue;
      const { before, after } = resource.attribute("name");
      const account = accounts.of(resource) ?? "";
      const name = textOf(before);
      if (resource.action === "delete" && name !== undefined) {
        this.deleted.add(`${kind} ${account} ${name}`);
      }
      const newName = textOf(after);
      if (newName !== undefined) kept.add(`${kind} ${account} ${newName}`);
      // A name that is not known yet may be any name.
      else if (after.kind !== "absent") kept.add(kind);
    }
    for (const identity of this.deleted) {
      if (kept.has(identity) || kept.has(identity.split(" ", 1)[0] ?? "")) {
        this.deleted.delete(identity);
      }
    }
  }

  /**
   * Whether nobody can use what the identity could do that `resource` names, so that losing a Deny
   * broadens nothing.
   */
  has(resource: ResourceDifference, kind: IdentityKind, name: string | undefined): boolean {
    const account = this.accounts.of(resource);
    if (name === undefined || account === undefined) return false;
    return this.deleted.has(`${kind} ${account} ${name}`);
  }
}
