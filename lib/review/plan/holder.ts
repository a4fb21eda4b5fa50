import { addTo } from "../add-to";
import type { ResourceDifference, Side } from "./difference";
import { INLINE_POLICIES } from "./inline-policies";
import { type HeldDocument, perhaps } from "./held-document";
import type { IdentityKind } from "./identity-kinds";

/** Prefixes of the keys of inline and attached policies. */
export const INLINE = "inline ";
export const ATTACHED = "attached ";

/** The documents that a resource gives to somebody. */
interface Given {
  readonly resource: ResourceDifference;
  /** The name of an inline policy or the ARN of an attached one; the same for the same one in AWS. */
  readonly key: string | undefined;
  readonly documents: readonly HeldDocument[];
}

/** The resources that give something, by its key. */
function givers(gifts: readonly Given[]): ReadonlyMap<string, ReadonlySet<ResourceDifference>> {
  const found = new Map<string, Set<ResourceDifference>>();
  for (const { resource, key } of gifts) {
    if (key !== undefined) addTo(found, key, resource);
  }
  return found;
}

const NOBODY: ReadonlySet<ResourceDifference> = new Set();

/**
 * True if another resource takes away what one has given before and still has: what several resources say
 * is in AWS once.
 *
 * @param isReplaced whether a resource that newly gives it replaces it, as that of an inline policy does
 */
export function isTaken(
  resource: ResourceDifference,
  had = NOBODY,
  has = NOBODY,
  isReplaced = false,
): boolean {
  if (!had.has(resource)) return false;
  return (
    [...had].some((other) => !has.has(other)) ||
    (isReplaced && [...has].some((other) => !had.has(other)))
  );
}

/** Its documents on one side. */
type HeldSide = Readonly<Record<"policies" | "boundary", HeldDocument[]>>;

/** The documents of one role, user or group, before and after a plan. */
export class Holder {
  private readonly gifts: Record<Side, Given[]> = { before: [], after: [] };
  readonly before: HeldSide = { policies: [], boundary: [] };
  readonly after: HeldSide = { policies: [], boundary: [] };
  /** The names of inline policies and the ARNs of attached ones that resources of the plan give it. */
  readonly given: Record<Side, Set<string>> = { before: new Set(), after: new Set() };
  /** Of resources that take away all else, the inline policies that they leave, and whether they attach. */
  readonly only: Record<Side, { inline?: readonly (string | undefined)[]; attached?: boolean }> = {
    before: {},
    after: {},
  };
  /** Documents that represent other holders, and are not given to this one. */
  readonly withheld = new Set<HeldDocument>();
  readonly resources = new Set<ResourceDifference>();
  /** Its own resource; undefined if the plan does not have it. */
  readonly own: Record<Side, ResourceDifference | undefined> = {
    before: undefined,
    after: undefined,
  };

  /** @param isOpen true if it may be another identity on the other side */
  constructor(
    readonly kind: IdentityKind,
    readonly name: string,
    readonly isOpen: boolean,
    /** The account, or the provider configuration, if the plan has several. */
    readonly account: string | undefined,
  ) {}

  /**
   * Adds the documents that a resource gives it on one side. See {@link settle}.
   *
   * @param name of an inline policy, or the ARN of an attached one; undefined if the plan does not show it
   */
  give(
    side: Side,
    resource: ResourceDifference,
    how: typeof INLINE | typeof ATTACHED,
    name: string | undefined,
    documents: readonly HeldDocument[],
  ): void {
    this.gifts[side].push({
      resource,
      key: name === undefined ? undefined : how + name,
      documents,
    });
    this.given[side].add(how + (name ?? ""));
    this.resources.add(resource);
  }

  /** Adds documents to one side. */
  add(side: Side, documents: readonly HeldDocument[]): void {
    for (const document of documents) this[side].policies.push(document);
  }

  /**
   * Merges the documents that resources give it. A document that a resource gave before and does not
   * change may be gone if another resource removes or replaces it. It is gone if the identity is
   * created again.
   */
  settle(): void {
    const { before, after } = this.gifts;
    const [had, has] = [givers(before), givers(after)];
    for (const { documents } of before) this.add("before", documents);
    for (const given of after) {
      const { resource, key, documents } = given;
      const isLeft =
        this.isLeftAlone(given) ||
        (key !== undefined &&
          isTaken(resource, had.get(key), has.get(key), key.startsWith(INLINE)));
      const name = `what ${resource.address} had given`;
      this.add("after", isLeft ? documents.map((document) => perhaps(document, name)) : documents);
    }
  }

  /** True if the identity is recreated, and a resource does not give it its documents again. */
  private isLeftAlone({ resource: { type, action } }: Given): boolean {
    // An update of an inline policy puts the whole of it, whether or not it is there.
    const isPut = action === "update" && INLINE_POLICIES[type] !== undefined;
    return this.isRemade && action !== "create" && action !== "replace" && !isPut;
  }

  /** The documents that a group gives its members. */
  shared(side: Side): HeldDocument[] {
    return this[side].policies.filter((document) => !this.withheld.has(document));
  }

  /**
   * True if it is deleted and created again, which leaves it without what nobody gives it again.
   */
  get isRemade(): boolean {
    return this.own.before !== undefined && this.own.after !== undefined && !this.isKept;
  }

  /** True if the parts that the plan does not show stay the same. */
  get isKept(): boolean {
    const { before, after } = this.own;
    if (before === undefined && after === undefined) return true;
    return before === after && before?.action !== "replace";
  }
}
