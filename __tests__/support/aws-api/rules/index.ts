import type { Request } from "../call";
import type { IamState } from "../state";
import { conflicts } from "./conflicts";
import { documents } from "./documents";
import { quotas } from "./quotas";
import { references } from "./references";
import type { Rule } from "./rule";

/**
 * Requests that AWS refuses and moto accepts, in AWS's order: documents, then the account. The values of
 * names, paths, descriptions and tags are the provider's and the modules' own rules at plan.
 */
export const rules: readonly Rule[] = [...documents, ...references, ...quotas, ...conflicts];

/** The first rule that refuses the request, and its message. */
export function refusalOf(
  request: Request,
  state: IamState,
): { readonly rule: Rule; readonly message: string } | undefined {
  for (const rule of rules) {
    if (!rule.actions.includes(request.action)) continue;
    const message = rule.refusal(request, state);
    if (message !== undefined) return { rule, message };
  }
  return undefined;
}
