import * as fs from "node:fs";
import * as path from "node:path";

/** A statement as IAM's JSON has it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** A policy document. */
export interface Policy {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

const FOLDER = path.resolve(__dirname, "..", "fixtures", "reference-page");

/** The account that stands for the page's `aws-account-id`. */
export const ACCOUNT = "123456789012";

/** The text of a fixture of the reference page, by the file's name without its ending. */
function fixture(name: string): string {
  return fs.readFileSync(path.join(FOLDER, `${name}.json`), "utf8");
}

/** The names of all policies of the page, from the folder. */
export const referencePolicyNames: readonly string[] = fs
  .readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json") && file !== "purpose-hashes.json")
  .map((file) => path.basename(file, ".json"))
  .sort();

/** A policy of the reference page with the page's own placeholders. */
export function referencePolicy(name: string): Policy {
  return JSON.parse(fixture(name)) as Policy;
}

/**
 * A policy of the reference page with its placeholders filled.
 *
 * @param values text by placeholder; `aws-account-id` is {@link ACCOUNT} unless it is given
 */
export function filledPolicy(name: string, values: Readonly<Record<string, string>> = {}): Policy {
  const filled = Object.entries({ "aws-account-id": ACCOUNT, ...values })
    // `external-aws-account-id` contains `aws-account-id`: the longer placeholder goes first.
    .sort(([one], [other]) => other.length - one.length)
    .reduce((text, [placeholder, value]) => text.replaceAll(placeholder, value), fixture(name));
  return JSON.parse(filled) as Policy;
}

/** A statement in which every text that could be a list is one, sorted: IAM treats both alike. */
export function withLists(statement: PolicyStatement): PolicyStatement {
  const list = (value: string | readonly string[]): readonly string[] => [value].flat().sort();
  const lists = (values: PolicyStatement["Principal"] = {}): Record<string, readonly string[]> =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, list(value)]));
  const { Action, Resource, Principal, Condition } = statement;
  return {
    ...statement,
    Action: list(Action),
    ...(Resource === undefined ? {} : { Resource: list(Resource) }),
    ...(Principal === undefined ? {} : { Principal: lists(Principal) }),
    ...(Condition === undefined
      ? {}
      : {
          Condition: Object.fromEntries(
            Object.entries(Condition).map(([operator, keys]) => [operator, lists(keys)]),
          ),
        }),
  };
}

/** The statements of a document, {@link withLists}: what IAM makes of it, whatever its form. */
export function meaning(document: string | Policy | undefined): PolicyStatement[] {
  if (document === undefined) throw new Error("There is no document.");
  const policy = typeof document === "string" ? (JSON.parse(document) as Policy) : document;
  return policy.Statement.map(withLists);
}

/** SHA-256 of the page's words on each statement, by Sid. */
export const purposeHashes = JSON.parse(fixture("purpose-hashes")) as Readonly<
  Record<string, string>
>;
