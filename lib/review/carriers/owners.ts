import { type ResourceDifference, SIDES } from "../plan/difference";
import { textOf } from "../plan/value";

const ACCOUNT_IN_ARN = /^arn:[\w-]+:[\w-]+:[^:]*:(\d{12}):/;

/** The account that a resource shows by its own ARN or owner. */
function shown(resource: ResourceDifference): string | undefined {
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

/**
 * The account of each resource, as far as a plan shows it: by its own ARN, by another resource of the same
 * provider configuration, or because the whole plan has one account.
 */
export class Owners {
  private readonly byProvider = new Map<string, Set<string>>();
  private readonly all = new Set<string>();
  private readonly providers = new Set<string>();

  /** @param callers the account of the credentials, by provider configuration */
  constructor(
    resources: readonly ResourceDifference[],
    callers: ReadonlyMap<string, string> = new Map(),
  ) {
    for (const resource of resources) {
      if (resource.provider !== undefined) this.providers.add(resource.provider);
      const account = shown(resource);
      if (account === undefined) continue;
      this.all.add(account);
      const { provider = "" } = resource;
      this.byProvider.set(provider, (this.byProvider.get(provider) ?? new Set()).add(account));
    }
    for (const [provider, account] of callers) {
      if (!this.providers.has(provider) || this.byProvider.has(provider)) continue;
      this.byProvider.set(provider, new Set([account]));
      this.all.add(account);
    }
  }

  /** The account of a resource, 12 digits; undefined if the plan does not show it. */
  of(resource: ResourceDifference): string | undefined {
    const own = shown(resource);
    if (own !== undefined) return own;
    // Two configurations of the provider may be two accounts.
    const isOne = this.providers.size <= 1;
    const known = isOne ? this.all : (this.byProvider.get(resource.provider ?? "") ?? []);
    const [account, ...others] = known;
    return others.length === 0 ? account : undefined;
  }
}
