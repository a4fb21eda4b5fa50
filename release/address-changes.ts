import { moduleBlocks } from "../lib/files/module-blocks";
import type { Files } from "../lib/files/module-files";
import type { ModuleDifference } from "./access-difference";

/** An address of the earlier version that the module no longer has. */
export interface AddressChange {
  readonly from: string;
  /**
   * - `moved`: a `moved` block of the module names it
   * - `lost`: no block names it, so Terraform destroys it
   */
  readonly change: "moved" | "lost";
  /** The first call that planned it. */
  readonly situation: string;
  /** The address it moves to. For a lost one, the only new address of its type, if there is one. */
  readonly to?: string;
}

/**
 * Returns what happens to addresses that are gone.
 *
 * @param gone addresses in the module that only its earlier version plans
 * @param added addresses that only the later version plans
 * @param after the files of the later version
 */
export function addressChanges(
  { gone, added }: ModuleDifference["addresses"],
  after: Files,
): AddressChange[] {
  const { moved } = moduleBlocks(after);
  const typeOf = (address: string): string => address.split(".")[0] ?? "";
  return gone.map(({ address: from, situation }): AddressChange => {
    const move = moved.find((block) => from === block.from || from.startsWith(`${block.from}[`));
    if (move !== undefined) {
      return { from, situation, change: "moved", to: `${move.to}${from.slice(move.from.length)}` };
    }
    const [to, ...others] = added.filter(({ address }) => typeOf(address) === typeOf(from));
    const isOnly = to !== undefined && others.length === 0;
    return { from, situation, change: "lost", ...(isOnly ? { to: to.address } : {}) };
  });
}
