import type { Files } from "../lib/files/module-files";
import type { ModuleDifference } from "./access-difference";
import { moduleBlocks } from "../lib/files/module-blocks";

/** What becomes of an address that the module does not have any more. */
export interface AddressChange {
  readonly from: string;
  /**
   * - `moved`: a block of the module moves it
   * - `forgotten`: a block of the module drops it from the state, and it stays in AWS
   * - `lost`: no block speaks of it, so that Terraform destroys it
   */
  readonly change: "moved" | "forgotten" | "lost";
  /** The first call that planned it. */
  readonly situation: string;
  /** Where it moves; of what is lost, the one address that could take its place. */
  readonly to?: string;
}

/** Whether a block about `from` speaks of `address`: of itself, or of all its keys. */
function speaksOf(from: string, address: string): boolean {
  return address === from || address.startsWith(`${from}[`);
}

/**
 * What becomes of addresses that are gone.
 *
 * @param gone addresses in the module that only its earlier version plans
 * @param added those that only the later version plans
 * @param after the files of the later version
 */
export function addressChanges(
  { gone, added }: ModuleDifference["addresses"],
  after: Files,
): AddressChange[] {
  const { moved, removed } = moduleBlocks(after);
  const typeOf = (address: string): string => address.split(".")[0] ?? "";
  return gone.map(({ address: from, situation }): AddressChange => {
    const move = moved.find((block) => speaksOf(block.from, from));
    if (move !== undefined) {
      return { from, situation, change: "moved", to: `${move.to}${from.slice(move.from.length)}` };
    }
    if (removed.some((block) => speaksOf(block.from, from))) {
      return { from, situation, change: "forgotten" };
    }
    const [to, ...others] = added.filter(({ address }) => typeOf(address) === typeOf(from));
    const isOnly = to !== undefined && others.length === 0;
    return { from, situation, change: "lost", ...(isOnly ? { to: to.address } : {}) };
  });
}
