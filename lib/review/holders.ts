import { actionOf } from "./action";
import type { ResourceChange } from "./plan";
import { textOf, valueAt } from "./value";

/** What policies are attached to. */
export type HolderKind = "role" | "user" | "group";

const HOLDER_TYPES: Readonly<Record<string, HolderKind>> = {
  aws_iam_role: "role",
  aws_iam_user: "user",
  aws_iam_group: "group",
};

/** The roles, users and groups that no longer exist after a plan. */
export class GoneHolders {
  private readonly gone = new Set<string>();

  constructor(changes: readonly ResourceChange[]) {
    const kept = new Set<string>();
    for (const change of changes) {
      const kind = HOLDER_TYPES[change.type];
      if (kind === undefined) continue;
      const before = textOf(valueAt(change, "before", ["name"]));
      const after = valueAt(change, "after", ["name"]);
      if (actionOf(change) === "delete" && before !== undefined) this.gone.add(`${kind} ${before}`);
      if (after.kind === "known") kept.add(`${kind} ${String(after.value)}`);
      // A name that is not known yet may be any name.
      else if (after.kind !== "absent") kept.add(kind);
    }
    for (const name of this.gone) {
      if (kept.has(name) || kept.has(name.split(" ", 1)[0] ?? "")) this.gone.delete(name);
    }
  }

  /** Whether nobody can use what the holder could do, so that losing a Deny broadens nothing. */
  has(kind: HolderKind, name: string | undefined): boolean {
    return name !== undefined && this.gone.has(`${kind} ${name}`);
  }
}
