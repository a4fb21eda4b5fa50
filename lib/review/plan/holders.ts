import { addTo } from "../add-to";
import type { Accounts } from "./accounts";
import { otherSide, type ResourceDifference, type Side, SIDES } from "./difference";
import { Holder } from "./holder";
import { IDENTITY_TYPES, type IdentityKind } from "./identity-kinds";
import type { References } from "./references";
import { textOf, type Value } from "./value";

/** The reason for an identity without a name. */
const UNNAMED = {
  unknown: "known after apply",
  sensitive: "sensitive value",
  known: "not text",
} as const;

/** True if an identity gets another name and stays who it is, as users and groups do. */
const isRenamed = (resource: ResourceDifference): boolean =>
  resource.action === "update" && !resource.isSame("name");

/** The roles, users and groups that a plan names: finds the one that a resource or attribute means. */
export class Holders {
  readonly all = new Set<Holder>();
  private readonly byName: Readonly<Record<Side, Map<string, Holder>>> = {
    before: new Map(),
    after: new Map(),
  };
  /** The accounts in which there is an identity of a kind and a name. */
  private readonly accountsOf = new Map<string, Set<string>>();

  constructor(
    resources: readonly ResourceDifference[],
    private readonly references: References,
    private readonly accounts: Accounts,
  ) {
    // Before all others, so that nobody else is taken for one of the old or the new name.
    for (const resource of resources) if (isRenamed(resource)) this.addRenamed(resource);
  }

  /**
   * The identity that a resource names on one side; the same on both, unless the name is another one's.
   *
   * @param isOpen whether it may be another one on the other side
   */
  identity(
    resource: ResourceDifference,
    kind: IdentityKind,
    name: string,
    side: Side,
    isOpen = false,
  ): Holder {
    const account = this.accountOf(resource, kind, name);
    if (account === undefined) {
      const unnamed = `${name} (of an account that the plan does not tell) in ${resource.address}`;
      return this.inAccount("", kind, `${unnamed}, ${side}`, side, true);
    }
    return this.inAccount(account, kind, name, side, isOpen);
  }

  /** The account of the identity that a resource names; undefined if it may be one of several. */
  private accountOf(
    resource: ResourceDifference,
    kind: IdentityKind,
    name: string,
  ): string | undefined {
    const told = this.accounts.of(resource);
    if (told !== undefined) return told;
    const [first = "", ...others] = this.accountsOf.get(`${kind} ${name}`) ?? [];
    return others.length === 0 ? first : undefined;
  }

  private inAccount(
    account: string,
    kind: IdentityKind,
    name: string,
    side: Side,
    isOpen: boolean,
  ): Holder {
    const key = `${kind} ${account} ${name}`;
    const known = this.byName[side].get(key);
    if (known !== undefined) return known;
    const other = this.byName[otherSide(side)].get(key);
    const identity =
      other === undefined || other.own[side] !== undefined
        ? new Holder(kind, name, isOpen, account === "" ? undefined : account)
        : other;
    this.remember(identity, account, name, side);
    return identity;
  }

  private remember(identity: Holder, account: string, name: string, side: Side): void {
    const { kind } = identity;
    this.byName[side].set(`${kind} ${account} ${name}`, identity);
    addTo(this.accountsOf, `${kind} ${name}`, account);
    this.all.add(identity);
  }

  private addRenamed(resource: ResourceDifference): void {
    const kind = IDENTITY_TYPES[resource.type];
    const [before, after] = SIDES.map((side) => this.nameOf(resource, side));
    if (kind === undefined || before === undefined || after === undefined) return;
    const identity = new Holder(kind, after, false, this.accounts.nameOf(resource));
    identity.own.before = resource;
    identity.own.after = resource;
    const account = this.accounts.of(resource) ?? "";
    this.remember(identity, account, before, "before");
    this.remember(identity, account, after, "after");
  }

  /** The name of a role, user or group that is a resource of the plan. */
  nameOf(resource: ResourceDifference, side: Side): string | undefined {
    const name = resource.value(side, "name");
    if (name.kind === "absent") return undefined;
    return textOf(name) ?? resource.address;
  }

  /**
   * The identity that an attribute names. An unknown identity differs from all others. It is the same on
   * both sides only if the attribute certainly is.
   */
  named(
    kind: IdentityKind,
    resource: ResourceDifference,
    attribute: string,
    value: Value,
    side: Side,
  ): Holder | undefined {
    if (value.kind === "absent") return undefined;
    const name = textOf(value);
    if (name !== undefined) return this.identity(resource, kind, name, side);
    if (value.kind === "unknown") {
      const own = this.references.originOf(resource, attribute, `aws_iam_${kind}`);
      const known = own && this.nameOf(own, "after");
      if (known !== undefined) return this.identity(resource, kind, known, side);
    }
    const isSame = resource.isSame(attribute);
    const which = isSame || value.kind === "unknown" ? "" : `, ${side}`;
    const unnamed = `(${UNNAMED[value.kind]}) in ${resource.address}${which}`;
    return this.identity(resource, kind, unnamed, side, !isSame);
  }
}
