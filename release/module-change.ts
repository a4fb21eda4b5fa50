import type { Files } from "../lib/files/module-files";
import { type AccessChange, moduleDifferences } from "./access-difference";
import { type InterfaceChange, interfaceDifference } from "../lib/files/interface-difference";
import { UserError } from "../lib/text/user-error";
import { type AddressChange, addressChanges } from "./address-changes";

/** What is different in a module since the last release. */
export interface ModuleChange {
  readonly type: string;
  readonly interface: readonly InterfaceChange[];
  readonly access: readonly AccessChange[];
  readonly addresses: readonly AddressChange[];
}

/** What is different in all modules since the last release. */
export interface ReleaseChange {
  /** Types that the last release does not have. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly modules: readonly ModuleChange[];
}

/**
 * Compares the modules of two releases, by type.
 *
 * @throws UserError where there is no terraform to evaluate them with
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
  if (differences === undefined) {
    throw new UserError(
      "There is no terraform on the PATH, which says what the modules allow. Install it: https://developer.hashicorp.com/terraform/install",
    );
  }
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
