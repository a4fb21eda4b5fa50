import type { ResourceDifference, Side } from "./difference";
import type { HeldDocument } from "./held-document";
import type { IdentityKind } from "./identities";

export const SIDES: readonly Side[] = ["before", "after"];

export const otherSide = (side: Side): Side => (side === "before" ? "after" : "before");

/** What is collected of one role, user or group. */
export class Identity {
  readonly policies: Record<Side, HeldDocument[]> = { before: [], after: [] };
  readonly boundary: Record<Side, HeldDocument[]> = { before: [], after: [] };
  /** The names of inline policies and the ARNs of attached ones that resources of the plan give it. */
  readonly given: Record<Side, Set<string>> = { before: new Set(), after: new Set() };
  /** Of resources that take away all else, the inline policies that they leave, and whether they attach. */
  readonly only: Record<Side, { inline?: readonly (string | undefined)[]; attached?: boolean }> = {
    before: {},
    after: {},
  };
  /** What stands for the rest of who has it, and is not given to them. */
  readonly withheld = new Set<HeldDocument>();
  readonly resources = new Set<ResourceDifference>();
  /** Whether it is made anew, without what it had that the plan does not show. */
  losesUnseen = false;
  /** Its own resource; undefined where it is none of the plan's. */
  readonly own: Record<Side, ResourceDifference | undefined> = {
    before: undefined,
    after: undefined,
  };

  /** @param isOpen whether it stands for somebody who may be another one on the other side */
  constructor(
    readonly kind: IdentityKind,
    readonly name: string,
    readonly isOpen = false,
  ) {}

  /** What somebody has by being in it, of a group. */
  shared(side: Side): HeldDocument[] {
    return this.policies[side].filter((document) => !this.withheld.has(document));
  }

  /** Whether what the plan does not show of it is the same before and after. */
  get isKept(): boolean {
    const { before, after } = this.own;
    if (before === undefined && after === undefined) return true;
    return before === after && before?.action !== "replace";
  }
}
