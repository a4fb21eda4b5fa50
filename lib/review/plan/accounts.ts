import { addTo } from "../add-to";
import { type ResourceDifference, SIDES } from "./difference";
import { textOf } from "./value";

const ACCOUNT_IN_ARN = /^arn:[^:]+:[\w-]+:[^:]*:(\d{12}):/;

/** The account that a resource shows by its own ARN or owner, 12 digits. */
export function accountOf(resource: ResourceDifference): string | undefined {
  for (const side of SIDES) {
    const arn = ACCOUNT_IN_ARN.exec(textOf(resource.value(side, "arn")) ?? "")?.[1];
    if (arn !== undefined) return arn;
    for (const name of ["owner_id", "account_id"]) {
      const account = textOf(resource.value(side, name));
      if (account !== undefined && /^\d{12}$/.test(account)) return account;
    }
  }
  return undefined;
}

/** A provider configuration of OpenTofu with `for_each`, for one of its keys. */
const instanceOf = ({ provider = "", key }: ResourceDifference): string =>
  JSON.stringify([provider, key]);

const onlyOne = (accounts: ReadonlySet<string> = new Set()): string | undefined =>
  accounts.size === 1 ? [...accounts][0] : undefined;

/**
 * The account of each resource, if a plan shows it: a role of one account has nothing of one with the same
 * name in another.
 *
 * Resources of one provider configuration are in one account. With OpenTofu, `for_each` makes one
 * configuration stand for several accounts; then the key of a resource is taken for that of its provider.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export class Accounts {
  /** The account of each resource that shows it. */
  private readonly own = new Map<ResourceDifference, string>();
  /** The accounts by provider configuration, and by its instance. */
  private readonly found = new Map<string, Set<string>>();
  private readonly all = new Set<string>();
  private readonly providers: ReadonlySet<string>;
  private readonly areSeveral: boolean;

  /**
   * @param identities the resources of IAM
   * @param callers the account of the credentials, by provider configuration
   */
  constructor(
    resources: readonly ResourceDifference[],
    identities: readonly ResourceDifference[],
    callers: ReadonlyMap<string, string>,
  ) {
    this.providers = new Set(resources.flatMap(({ provider }) => provider ?? []));
    for (const resource of resources) {
      const account = accountOf(resource);
      if (account === undefined) continue;
      this.own.set(resource, account);
      this.add(resource.provider ?? "", account);
      this.add(instanceOf(resource), account);
    }
    for (const [provider, account] of callers) {
      if (this.providers.has(provider) && !this.found.has(provider)) this.add(provider, account);
    }
    const told = identities.map((resource) => this.told(resource));
    this.areSeveral = new Set(told.filter((account) => account !== undefined)).size > 1;
  }

  /**
   * The same text for resources of IAM that are in the same account, which is its ID if the plan shows it;
   * "" if all are in one account; undefined if the plan does not show it, as for resources that are no longer in the
   * configuration. Two provider configurations of which it does not tell are taken for two accounts.
   */
  of(resource: ResourceDifference): string | undefined {
    return this.areSeveral ? this.told(resource) : "";
  }

  /** The account as a reader knows it, if the plan has several. */
  nameOf(resource: ResourceDifference): string | undefined {
    const account = this.of(resource);
    return account === "" ? undefined : account;
  }

  /** The account of a resource, 12 digits; undefined if the plan does not show it. */
  idOf(resource: ResourceDifference): string | undefined {
    const own = this.own.get(resource);
    if (own !== undefined) return own;
    // Two configurations of the provider may be two accounts.
    const isOne = this.providers.size <= 1;
    return onlyOne(isOne ? this.all : this.found.get(resource.provider ?? ""));
  }

  private add(key: string, account: string): void {
    this.all.add(account);
    addTo(this.found, key, account);
  }

  private told(resource: ResourceDifference): string | undefined {
    const own = this.own.get(resource);
    const { provider } = resource;
    if (own !== undefined || provider === undefined) return own;
    const accounts = this.found.get(provider);
    if (accounts === undefined) return provider;
    return onlyOne(accounts) ?? onlyOne(this.found.get(instanceOf(resource)));
  }
}
