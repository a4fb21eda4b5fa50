/** The type of a condition key's values. A key of type `text` may have any text. */
export type KeyType = "arn" | "boolean" | "number" | "date" | "address" | "text";

/**
 * AWS's global condition keys that have one value, by type. A key that is not in this table may have
 * any text. It may have several values if a document tests all or any of them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const SINGLE_VALUED: Readonly<Record<KeyType, readonly string[]>> = {
  arn: ["aws:principalarn", "aws:sourcearn", "lambda:sourcefunctionarn", "ec2:sourceinstancearn"],
  boolean: [
    "aws:multifactorauthpresent",
    "aws:principalisawsservice",
    "aws:securetransport",
    "aws:viaawsservice",
  ],
  number: ["aws:multifactorauthage"],
  date: ["aws:currenttime", "aws:epochtime", "aws:tokenissuetime"],
  address: ["aws:sourceip", "aws:vpcsourceip"],
  text: [
    "aws:calledviafirst",
    "aws:calledvialast",
    "aws:ec2instancesourcevpc",
    "aws:federatedprovider",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalservicename",
    "aws:principaltype",
    "aws:referer",
    "aws:requestedregion",
    "aws:resourceaccount",
    "aws:resourceorgid",
    "aws:sourceaccount",
    "aws:sourceidentity",
    "aws:sourceorgid",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:useragent",
    "aws:userid",
    "aws:username",
    "sts:externalid",
    "sts:rolesessionname",
    "sts:sourceidentity",
  ],
};

const types = new Map<string, KeyType>(
  (Object.keys(SINGLE_VALUED) as KeyType[]).flatMap((type) =>
    SINGLE_VALUED[type].map((key): [string, KeyType] => [key, type]),
  ),
);

/** Global condition keys that can have several values. */
const MULTIVALUED = new Set([
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:principalservicenameslist",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:tagkeys",
]);

/** The type of a key, in lower case. */
export const typeOfKey = (key: string): KeyType => types.get(key) ?? "text";

/** True if a key surely has one value at most. */
export const isSingleValued = (key: string): boolean => types.has(key);

/** True if a key surely can have several values. */
export const isMultivalued = (key: string): boolean => MULTIVALUED.has(key);
