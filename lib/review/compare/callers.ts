import type { ConditionEntry, Principal } from "./statement";

/**
 * The caller as one text, so that the comparison decides about callers as it does about any other value
 * of a request:
 *
 * - `own:arn:aws:iam::111122223333:role/app#session`: has a permission of its own besides;
 * - `named:…`: has none, so that the policy must name it; only in the account of the resource;
 * - `held:…`: its boundary does not allow it either, so that its session or user must be named;
 * - `service:sns.amazonaws.com`, `federated:…`, `canonical:…`, `unique:AROA…`, and `anyone` who does not
 *   sign in.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const CALLER = "caller";

/** The account of a resource, and its AWS partition. */
export interface Owner {
  /** 12 digits, or a word for an unknown account. */
  readonly account: string;
  readonly partition: string;
}

const AUTHORITIES = ["own", "named", "held"] as const;
type Authority = (typeof AUTHORITIES)[number];

const ARN = /^arn:([\w-]+):(iam|sts)::(\d{12}):(.+)$/;
const OTHERS = ["service:*", "federated:*", "canonical:*", "unique:*"];

/** All callers with an ARN of some account. */
const inAccount = (
  { partition }: Owner,
  account: string,
  authorities: readonly Authority[],
): string[] =>
  authorities.flatMap((authority) =>
    ["iam", "sts"].map((service) => `${authority}:arn:${partition}:${service}::${account}:*`),
  );

/** All callers there are. */
export const everyone = (owner: Owner): string[] => [
  `own:arn:${owner.partition}:iam::*`,
  `own:arn:${owner.partition}:sts::*`,
  ...inAccount(owner, owner.account, ["named", "held"]),
  ...OTHERS,
  "anyone",
];

/** Callers of the resource's account who have a permission of their own. */
export const permitted = (owner: Owner): string[] => inAccount(owner, owner.account, ["own"]);

/** Anybody in the world, one who signs in with an account and one who does not. */
export const strangers = (owner: Owner): string[] => [
  `own:arn:${owner.partition}:iam::000000000000:*`,
  "anyone",
];

/** The ARNs of a caller, with its session, that a principal names. */
function named(arn: string): { readonly texts: readonly string[]; readonly isSession: boolean } {
  const [, partition = "", , account = "", rest = ""] = ARN.exec(arn) ?? [];
  const [, role, session] = /^assumed-role\/([^/]+)\/(.+)$/.exec(rest) ?? [];
  if (role === undefined || session === undefined) {
    // Only a role has sessions.
    const isRole = rest.startsWith("role/");
    return { texts: [isRole ? `${arn}#*` : `${arn}#`], isSession: !isRole };
  }
  const start = `arn:${partition}:iam::${account}:role/`;
  return { texts: [`${start}${role}#${session}`, `${start}*/${role}#${session}`], isSession: true };
}

/** The callers that a principal means, as patterns. */
export function callersOf({ type, name }: Principal, owner: Owner, denies: boolean): string[] {
  if (type !== "AWS")
    return [`${type === "CanonicalUser" ? "canonical" : type.toLowerCase()}:${name}`];
  if (name === "*") return everyone(owner);
  const [, , , account = name, rest = "root"] = ARN.exec(name) ?? [];
  if (!/^\d{12}$/.test(account)) return [`unique:${name}`];
  // What denies an account denies all its callers, whatever allows them.
  if (rest === "root") return inAccount(owner, account, denies ? AUTHORITIES : ["own"]);
  const { texts, isSession } = named(name);
  // A caller of another account always needs a permission of its own.
  const isOwn = account === owner.account;
  const authorities = denies
    ? AUTHORITIES
    : AUTHORITIES.filter((one) => one === "own" || (isOwn && (one === "named" || isSession)));
  return authorities.flatMap((authority) => texts.map((text) => `${authority}:${text}`));
}

const caller = (operator: "StringLike" | "StringNotLike", values: string[]): ConditionEntry => ({
  operator,
  key: CALLER,
  values,
});

/** A test that only these callers pass. */
export const onlyCallers = (values: readonly string[]): ConditionEntry =>
  caller("StringLike", [...values]);

const forAll = (text: string): string[] => AUTHORITIES.map((authority) => `${authority}:${text}`);

/** A condition key about the caller. */
interface CallerKey {
  /** Reads a value as patterns of callers, if possible. */
  readonly read: (value: string, operator: string, owner: Owner) => string[] | undefined;
  /** The callers whose requests do not have the key. */
  readonly without: readonly string[];
}

const hasWildcard = (text: string): boolean => /[*?$]/.test(text);
const isPattern = (operator: string): boolean => /like$|^arn/.test(operator);

const ofAccount: CallerKey = {
  read: (value, _, owner) =>
    /^\d{12}$/.test(value) ? inAccount(owner, value, AUTHORITIES) : undefined,
  without: [...OTHERS, "anyone"],
};

/**
 * Keys that AWS fills in by who calls.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 */
const CALLER_KEYS: ReadonlyMap<string, CallerKey> = new Map([
  [
    "aws:principalarn",
    {
      read: (value, operator) =>
        !value.startsWith("arn:") ||
        value.includes("$") ||
        (hasWildcard(value) && !isPattern(operator))
          ? undefined
          : forAll(`${value}#*`),
      without: ofAccount.without,
    },
  ],
  ["aws:principalaccount", ofAccount],
  ["kms:calleraccount", ofAccount],
  [
    "aws:principalservicename",
    {
      read: (value, operator) =>
        hasWildcard(value) && !isPattern(operator) ? undefined : [`service:${value}`],
      without: [...forAll("*"), ...OTHERS.slice(1), "anyone"],
    },
  ],
]);

/** Keys that only requests of services have, which they make for somebody else. */
const OF_SERVICES = /^aws:source(arn|account|orgid|orgpaths)$/;
/** Keys that only requests of callers with an account have. */
const OF_ACCOUNTS = /^aws:(principal(orgid|orgpaths|tag\/.*)|userid|username)$/;

/**
 * Rewrites a condition as a test of the caller. The condition itself stays if it means more than that.
 */
export function readCaller(entry: ConditionEntry, owner: Owner): ConditionEntry[] {
  const key = entry.key.toLowerCase();
  const operator = entry.operator.toLowerCase();
  if (key === "aws:principalisawsservice" && /^bool(ifexists)?$/.test(operator)) {
    const values = new Set(entry.values.map((value) => value.toLowerCase()));
    if (values.size > 1) return [entry];
    return [caller(values.has("true") ? "StringLike" : "StringNotLike", ["service:*"])];
  }
  const [, not, kind, ifExists] =
    /^(?:string|arn)(not)?(equals|like)(ifexists)?$/.exec(operator) ?? [];
  const own = CALLER_KEYS.get(key);
  if (kind !== undefined && own !== undefined) {
    const plain = operator.replace("not", "").replace("ifexists", "");
    const callers = entry.values.map((value) => own.read(value, plain, owner));
    if (callers.every((list) => list !== undefined)) {
      const patterns = callers.flat();
      if (not !== undefined) return [caller("StringNotLike", patterns)];
      const absent = ifExists === undefined ? [] : own.without;
      return [caller("StringLike", [...patterns, ...absent])];
    }
  }
  const needsKey =
    !/not|ifexists|^null$|^forallvalues/.test(operator) ||
    (operator === "null" && entry.values.every((value) => /^false$/i.test(value)));
  if (needsKey && key === "aws:sourceowner") {
    // The account of a caller, or the one that a service acts for.
    const accounts = entry.values.map((value) => ofAccount.read(value, operator, owner));
    if (accounts.includes(undefined)) return [entry];
    return [entry, caller("StringLike", [...accounts.flatMap((one) => one ?? []), "service:*"])];
  }
  if (needsKey && OF_SERVICES.test(key)) return [entry, caller("StringLike", ["service:*"])];
  if (needsKey && OF_ACCOUNTS.test(key)) {
    return [entry, caller("StringLike", forAll("*"))];
  }
  return [entry];
}

/** A caller that the comparison found, in words and as AWS writes it. */
export function callerName(text: string): string {
  if (text === "anyone") return "anyone";
  const [kind = "", ...rest] = text.split(":");
  const name = rest.join(":").replace(/#.*$/, "");
  if (kind === "unique" || kind === "canonical") return `the principal ${name}`;
  if (/^(arn:[\w-]+:\w+::)?example$/.test(name)) return "any principal";
  // Whoever an account has.
  return name.replace(/(:iam::\d+):example$/, "$1:user/example");
}
