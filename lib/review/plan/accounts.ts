import type { ResourceDifference } from "./difference";
import { textOf } from "./value";

/** The account in the ARN of a resource of IAM, where the plan has it. */
export function accountOf(resource: ResourceDifference): string | undefined {
  const arn = textOf(resource.value("before", "arn")) ?? textOf(resource.value("after", "arn"));
  return /^arn:[^:]+:iam::(\d{12}):/.exec(arn ?? "")?.[1];
}

/**
 * Which account each resource of IAM is in, as far as a plan tells: a role of one account has nothing of
 * one with the same name in another. Resources of one provider configuration are in one account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export class Accounts {
  private readonly ofProvider = new Map<string, string>();
  private readonly areSeveral: boolean;

  constructor(resources: readonly ResourceDifference[]) {
    for (const resource of resources) {
      const account = accountOf(resource);
      if (account !== undefined && resource.provider !== undefined) {
        this.ofProvider.set(resource.provider, account);
      }
    }
    const all = resources.map((resource) => this.told(resource));
    this.areSeveral = new Set(all.filter((account) => account !== undefined)).size > 1;
  }

  /**
   * The same text for resources that are in the same account; undefined where the plan does not tell, as
   * of what is no longer in the configuration. Two provider configurations of which it does not tell are
   * taken for two accounts.
   */
  of(resource: ResourceDifference): string | undefined {
    return this.areSeveral ? this.told(resource) : "";
  }

  private told(resource: ResourceDifference): string | undefined {
    const { provider } = resource;
    const ofProvider = provider === undefined ? undefined : this.ofProvider.get(provider);
    return accountOf(resource) ?? ofProvider ?? provider;
  }
}
