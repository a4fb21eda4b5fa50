import type { Inputs } from "../inputs/assignments";

/** A module that a call can be of. */
type ModuleKind = "database-access" | "service-role" | "access-role";

/** A call of a module that the configuration needs, as data. */
export interface ModuleCall {
  readonly module: ModuleKind;
  /** Its name in a root configuration. */
  readonly name: string;
  /** What it is for, as a sentence. */
  readonly purpose: string;
  /** The account that its resources are in, if it is known. */
  readonly account: string | undefined;
  /** Names of the types that a database-access module is composed for; none for roles. */
  readonly types: readonly string[];
  /** Values of its variables. */
  readonly defaults: Inputs;
  /** What the call takes from others: Terraform expressions by variable. */
  readonly call: Readonly<Record<string, string>>;
  /** What the configuration does not decide, as sentences that name the variables. */
  readonly missing: readonly string[];
  /** What stays open (`*`), and why. */
  readonly open: readonly string[];
}

/** A variable of a root configuration, for what no file has. */
export interface RootVariable {
  readonly name: string;
  readonly description: string;
}

/** Everything that a configuration needs. */
export interface NeededCalls {
  readonly calls: readonly ModuleCall[];
  readonly variables: readonly RootVariable[];
}

/** A text as part of a Terraform identifier. */
export function identifier(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "_");
}

/** Names of which each is given once; later ones get more at their end. */
export class UniqueNames {
  private readonly taken = new Set<string>();

  /** @param more what tells it apart from an earlier one */
  take(name: string, more: string): string {
    let candidate = name;
    for (let number = 1; this.taken.has(candidate); number += 1) {
      candidate = number === 1 ? `${name}_${more}` : `${name}_${more}_${String(number)}`;
    }
    this.taken.add(candidate);
    return candidate;
  }
}

/** Names of managed policies, which are unique in an account. */
export class PolicyNames {
  private readonly taken: { readonly name: string; readonly account: string | undefined }[] = [];

  /**
   * @param account undefined is any
   * @param roleName tells it apart from another in the account
   */
  take(base: string, account: string | undefined, roleName: string): string {
    const isTaken = (name: string) =>
      this.taken.some(
        (other) =>
          other.name === name &&
          (other.account === undefined || account === undefined || other.account === account),
      );
    let name = base;
    for (let number = 1; isTaken(name); number += 1) {
      name = number === 1 ? `${base}-${roleName}` : `${base}-${roleName}-${String(number)}`;
    }
    this.taken.push({ name, account });
    return name;
  }
}
