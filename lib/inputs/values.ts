import type { Json } from "../text/json";
import type { Inputs } from "./assignments";
import type { Variable } from "./variable";

/** The text in a document for an account ID that was not given, so that nobody takes it for one. */
const ACCOUNT = "aws-account-id";

/** The external ID in a document whose trust crosses accounts, if none was given. */
const EXTERNAL_ID = "example-external-id";

const PLACEHOLDERS: Readonly<Record<string, Json>> = {
  aws_account_id: ACCOUNT,
  trusted_principals: [`arn:aws:iam::${ACCOUNT}:role/teleport-db-service-role`],
};

/** The placeholders that `documents` contain. */
export function placeholdersIn(documents: unknown): string[] {
  const text = JSON.stringify(documents);
  return [ACCOUNT, EXTERNAL_ID].filter((placeholder) => text.includes(placeholder));
}

function isEmpty(value: Json): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

/**
 * The values of a module's variables by name, given by the caller or by default.
 *
 * @param inputs null counts as not given, as it does for a variable that is not nullable
 */
export function valuesOf(
  variables: readonly Variable[],
  inputs: Inputs,
): ReadonlyMap<string, Json> {
  const values = new Map(
    variables.map(({ name, default: preset = null }) => {
      const value = inputs[name] ?? preset;
      // The documents contain the values: a caller may change them.
      return [name, structuredClone(isEmpty(value) ? (PLACEHOLDERS[name] ?? value) : value)];
    }),
  );
  const of = (name: string): Json => values.get(name) ?? null;
  const isUnconditional =
    isEmpty(of("external_ids")) && JSON.stringify(of("trust_conditions")) === "{}";
  const principals = (of("trusted_principals") ?? []) as readonly string[];
  // The module demands an external ID if a principal belongs to another account.
  if (isUnconditional && principals.some((arn) => arn.split(":")[4] !== of("aws_account_id"))) {
    values.set("external_ids", [EXTERNAL_ID]);
  }
  return values;
}
