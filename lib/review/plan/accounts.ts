import type { ResourceDifference } from "./difference";
import { textOf } from "./value";

/** The account in the ARN of a resource of IAM, if the plan has it. */
export function accountOf(resource: ResourceDifference): string | undefined {
  const arn = textOf(resource.value("before", "arn")) ?? textOf(resource.value("after", "arn"));
  return /^arn:[^:]+:iam::(\d{12}):/.exec(arn ?? "")?.[1];
}

/** A provider configuration of OpenTofu with `for_each`, for one of its keys. */
const instanceOf = ({ provider = "", key }: ResourceDifference): string =>
  JSON.stringify([provider, key]);

/** Collects the accounts in which resources are, by a text that is the same for those of one account. */
function accountsBy(
  resources: readonly ResourceDifference[],
  textOfOne: (resource: ResourceDifference) => string | undefined,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const resource of resources) {
    const [account, text] = [accountOf(resource), textOfOne(resource)];
    if (account === undefined || text === undefined) continue;
    found.set(text, (found.get(text) ?? new Set()).add(account));
  }
  return found;
}

const onlyOne = (accounts: ReadonlySet<string> = new Set()): string | undefined =>
  accounts.size === 1 ? [...accounts][0] : undefined;

/**
 * The account of each resource of IAM, if a plan shows it: a role of one account has nothing of one
 * with the same name in another.
 *
 * Resources of one provider configuration are in one account. With OpenTofu, `for_each` makes one
 * configuration stand for several accounts; then the key of a resource is taken for that of its provider.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export class Accounts {
  private readonly ofProvider: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly ofInstance: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly areSeveral: boolean;

  constructor(resources: readonly ResourceDifference[]) {
    this.ofProvider = accountsBy(resources, ({ provider }) => provider);
    this.ofInstance = accountsBy(resources, instanceOf);
    const all = resources.map((resource) => this.told(resource));
    this.areSeveral = new Set(all.filter((account) => account !== undefined)).size > 1;
  }

  /**
   * The same text for resources that are in the same account, which is its ID if the plan shows it;
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

  private told(resource: ResourceDifference): string | undefined {
    const own = accountOf(resource);
    const { provider } = resource;
    if (own !== undefined || provider === undefined) return own;
    const accounts = this.ofProvider.get(provider);
    if (accounts === undefined) return provider;
    return onlyOne(accounts) ?? onlyOne(this.ofInstance.get(instanceOf(resource)));
  }
}
