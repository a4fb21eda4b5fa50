import type { Json } from "../text/json";
import type { Inputs } from "./assignments";
import type { Variable } from "./variable";

/** What stands in a document for a value that was not given, so that nobody takes it for one. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  aws_account_id: "aws-account-id",
  eks_oidc_provider_arn: "oidc-provider-arn",
  eks_service_account: "namespace/service-account",
  teleport_proxy_address: "teleport-proxy-address",
};

/** What stands for the external ID of a trust between accounts. */
const EXTERNAL_ID = "example-external-id";

/** The placeholders that stand in `documents`. */
export function placeholdersIn(documents: unknown): string[] {
  const text = JSON.stringify(documents);
  return [...Object.values(PLACEHOLDERS), EXTERNAL_ID].filter((placeholder) =>
    text.includes(placeholder),
  );
}

/** The values that a module's variables have, given by the caller or by default. */
export class Values {
  private readonly values: ReadonlyMap<string, Json>;

  /** @param inputs null counts as not given, as for a variable that is not nullable */
  constructor(variables: readonly Variable[], inputs: Inputs) {
    const values = new Map(
      variables.map(({ name, default: preset = null }) => [
        name,
        inputs[name] ?? preset ?? PLACEHOLDERS[name] ?? null,
      ]),
    );
    const account = values.get("service_account_id") ?? null;
    // A trust between accounts always asks for an external ID.
    if (account !== null && account !== values.get("aws_account_id")) {
      values.set("external_id", values.get("external_id") ?? EXTERNAL_ID);
    }
    this.values = values;
  }

  /** The value of a variable; null where the module does not have it. */
  of(name: string): Json {
    return this.values.get(name) ?? null;
  }
}
