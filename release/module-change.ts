import type { Files } from "../lib/files/module-files";
import { type AccessChange, moduleDifferences } from "./access-difference";
import { type InterfaceChange, interfaceDifference } from "../lib/files/interface-difference";
import { type AddressChange, addressChanges } from "./address-changes";

/** The differences of a module since the last release. */
export interface ModuleChange {
  readonly type: string;
  readonly interface: readonly InterfaceChange[];
  readonly access: readonly AccessChange[];
  readonly addresses: readonly AddressChange[];
}

/** The differences of all modules since the last release. */
export interface ReleaseChange {
  /** Types that the last release does not have. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly modules: readonly ModuleChange[];
}

/**
 * Compares the modules of two releases, by type.
 *
 * @throws UserError if Terraform is not installed or cannot evaluate a module
 */
export function releaseChange(
  before: ReadonlyMap<string, Files>,
  after: ReadonlyMap<string, Files>,
): ReleaseChange {
  const both = [...after].flatMap(([type, files]) => {
    const old = before.get(type);
    return old === undefined ? [] : [[type, [old, files]] as const];
  });
  const differences = moduleDifferences(both.map(([, pair]) => pair));
  return {
    added: [...after.keys()].filter((type) => !before.has(type)),
    removed: [...before.keys()].filter((type) => !after.has(type)),
    modules: both.flatMap(([type, pair], index) => {
      const difference = differences[index];
      if (difference === undefined) return [];
      return {
        type,
        interface: interfaceDifference(...pair),
        access: difference.access,
        addresses: addressChanges(difference.addresses, pair[1]),
      };
    }),
  };
}
