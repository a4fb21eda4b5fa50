import type { Answer, Witness } from "./answer";
import { Budget } from "./budget";
import { compareStatements } from "./compare-access";
import type { Statements } from "./evaluator";
import { SetReader } from "./statement-sets";
import { readDocuments } from "./read-document";
import { ALLOW_ALL, type ConditionEntry, type Content, type Statement } from "./statement";
import {
  CALLER,
  callerName,
  callersOf,
  everyone,
  onlyCallers,
  type Owner,
  permitted,
  readCaller,
  strangers,
} from "./callers";

/**
 * The effect of a resource's policy next to the own permissions of its callers.
 *
 * - `either`: in the account of the resource, one of the two is enough.
 * - `policy only`: nobody has access without it: a KMS key.
 * - `limit`: it grants nothing and blocks everything that it does not allow: a VPC endpoint.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-res.html
 */
export type PolicyEffect = "either" | "policy only" | "limit";

/**
 * The access without a policy: everything, the permissions of the account's own identities, or what a
 * topic of SNS gives its account.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
 */
export type Absent = "everything" | "root of the account" | "topic of the account";

/** The policies of one side. */
export interface ResourceSide {
  readonly documents: readonly Content[];
  /** True if one of them is the policy of the resource, and not only a grant beside it. */
  readonly isWhole: boolean;
}

/** The known facts about the resource. */
export interface ResourceOptions {
  /** The kind of the documents; policies of a resource if undefined. */
  readonly kind?: "resource" | "trust";
  readonly effect: PolicyEffect;
  /** The account of the resource, 12 digits, if the plan shows it. */
  readonly account?: string | undefined;
  /** The access on a side without a policy; nothing of its own if undefined. */
  readonly absent?: Absent | undefined;
  /** The prefixes of the actions that the resource has; all actions if undefined. */
  readonly services?: readonly string[] | undefined;
  /** The resources that requests are on, as patterns of ARNs; all if undefined. */
  readonly resources?: readonly string[] | undefined;
  readonly budget: Budget;
}

/** The difference between two versions of one resource's policies. */
export interface ResourceComparison {
  readonly gained: Answer;
  readonly lost: Answer;
  /** The answer for anybody in the world. */
  readonly publicly: Answer;
}

/** A statement that no policy has. */
const allow = (
  conditions: readonly ConditionEntry[],
  actions: readonly string[] = ["*"],
  resources: readonly string[] = ["*"],
): Statement => ({
  ...ALLOW_ALL,
  actions: { except: false, texts: actions },
  resources: { except: false, texts: resources },
  conditions,
});

/** The statement with its principals as a test of the caller. */
function withCallers(statement: Statement, owner: Owner): Statement {
  const { principals, effect, conditions, unknown } = statement;
  const denies = effect === "Deny";
  const isEveryone = principals.some(({ type, name }) => type === "AWS" && name === "*");
  const callers =
    isEveryone || unknown !== undefined
      ? everyone(owner)
      : principals.flatMap((principal) => callersOf(principal, owner, denies));
  return {
    ...statement,
    conditions: [
      ...(denies && isEveryone ? [] : [onlyCallers(callers)]),
      ...conditions.flatMap((entry) => readCaller(entry, owner)),
    ],
  };
}

/** The partition of the first ARN in statements. */
function partitionOf(statements: readonly Statement[]): string {
  const [partition = "aws"] = statements
    .flatMap(({ principals, resources }) => [
      ...principals.map(({ name }) => name),
      ...resources.texts,
    ])
    .flatMap((text) => /^arn:([\w-]+):/.exec(text)?.[1] ?? []);
  return partition;
}

const ACCOUNT = /^(?:arn:[\w-]+:(?:iam|sts)::)?(\d{12})(?:$|:)/;

/** The accounts that statements name, as principals or in conditions on the caller. */
function accountsIn(statements: readonly Statement[]): string[] {
  const texts = statements.flatMap(({ principals, conditions }) => [
    ...principals.map(({ name }) => name),
    ...conditions.flatMap(({ values }) => values),
  ]);
  return [...new Set(texts.flatMap((text) => ACCOUNT.exec(text)?.[1] ?? []))];
}

/** The placeholder for the account of a resource that no document names. */
const NO_ACCOUNT = "another";

/**
 * The account of a key by its policy: AWS refuses a key policy that locks its own account out, so it is
 * the only one whose root may do all.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function accountOfKey(statements: readonly Statement[]): string | undefined {
  const roots = statements
    .filter(
      ({ effect, actions }) =>
        effect === "Allow" && actions.texts.some((text) => /^(kms:)?\*$/i.test(text)),
    )
    .flatMap(({ principals }) => principals)
    .flatMap(({ name }) => (/^\d{12}$|:root$/.test(name) ? (ACCOUNT.exec(name)?.[1] ?? []) : []));
  const [first, ...others] = new Set(roots);
  return others.length === 0 ? first : undefined;
}

/**
 * Addresses of a block that is not most of the world's. AWS takes a block up to /8 for a restriction.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const isNarrow = (block: string): boolean => {
  const [, bits] = block.split("/");
  return bits === undefined || Number(bits) >= (block.includes(":") ? 32 : 8);
};

/** Keys by which AWS takes a policy for not public, because strangers do not choose their values. */
const NOT_OF_STRANGERS: ReadonlySet<string> = new Set([
  ...["aws:principalorgid", "aws:principalorgpaths", "aws:sourcevpc", "aws:sourcevpce"],
  ...["aws:vpcsourceip", "aws:userid", "aws:username", "s3:dataaccesspointarn"],
  ...["s3:dataaccesspointaccount", "aws:sourceorgid", "aws:federatedprovider"],
]);

/** A value of one thing: wildcards are behind its account or its unique ID only. */
const isFixed = (value: string): boolean => /^[^*?$]*($|\d{12}|A[A-Z0-9]{15})/.test(value);

/** The vocabulary of a stranger's requests. */
function ofStrangers(statements: readonly Statement[], owner: Owner): ConditionEntry[] {
  const blocks = statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ operator, key }) => /^ipaddress/i.test(operator) && /^aws:sourceip$/i.test(key))
    .flatMap(({ values }) => values)
    .filter(isNarrow);
  return [
    onlyCallers(strangers(owner)),
    ...statements
      .flatMap(({ conditions }) => conditions)
      .filter(({ key }) => NOT_OF_STRANGERS.has(key.toLowerCase()))
      .map(({ key, values }) => ({ key, values: values.filter(isFixed) }))
      .filter(({ values }) => values.length > 0)
      .map((fixed) => ({ operator: "StringNotLike", ...fixed })),
    ...(blocks.length === 0
      ? []
      : [{ operator: "NotIpAddress", key: "aws:SourceIp", values: [...new Set(blocks)] }]),
  ];
}

interface Read {
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
  /** True if a side has a policy, beside what only adds to one. */
  readonly isWhole: Readonly<Record<"before" | "after", boolean>>;
}

const NO: Answer = { answer: "no" };

/** The actions that a topic without its own policy allows to its account. */
const TOPIC_ACTIONS = [
  ...["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission"],
  ...["SNS:RemovePermission", "SNS:DeleteTopic", "SNS:Subscribe"],
  ...["SNS:ListSubscriptionsByTopic", "SNS:Publish", "SNS:Receive"],
];

/** The statements that apply without a policy. */
function defaultOf(absent: ResourceOptions["absent"], owner: Owner): Statement[] {
  switch (absent) {
    case undefined:
      return [];
    case "everything":
      return [allow([onlyCallers(everyone(owner))])];
    case "root of the account":
      return [allow([onlyCallers(permitted(owner))])];
    case "topic of the account": {
      const values = [owner.account];
      const owners = { operator: "StringEquals", key: "aws:SourceOwner", values };
      return [withCallers(allow([owners], TOPIC_ACTIONS), owner)];
    }
  }
}

/** Compares for one owner. */
function compareFor(
  { before, after, isWhole }: Read,
  owner: Owner,
  { effect, services, resources, budget, absent }: ResourceOptions,
  reader: SetReader,
): ResourceComparison {
  const granted = effect === "either" ? [allow([onlyCallers(permitted(owner))])] : [];
  const list = (side: "before" | "after"): Statement[] => [
    ...granted,
    ...(isWhole[side] ? [] : defaultOf(absent, owner)),
    ...(side === "before" ? before : after).map((one) => withCallers(one, owner)),
  ];
  const actions = services?.map((service) => `${service}:*`);
  const sides = (conditions: ConditionEntry[]): [Statements, Statements] => {
    const boundary = [allow(conditions, actions, resources)];
    return [
      { policies: list("before"), boundary },
      { policies: list("after"), boundary },
    ];
  };
  const all = compareStatements(...sides([]), budget, reader);
  const gained = all.gained();
  const isForAll =
    after.some(
      ({ effect, principals, unknown }) =>
        effect === "Allow" &&
        (unknown !== undefined || principals.some(({ name }) => name === "*")),
    ) ||
    (!isWhole.after && absent !== undefined);
  const open =
    effect === "limit" || gained.answer === "no" || !isForAll
      ? NO
      : compareStatements(
          ...sides(ofStrangers([...before, ...after], owner)),
          budget,
          reader,
        ).gained();
  return { gained, lost: all.lost(), publicly: open };
}

/** The common answer for each possible account of the resource; otherwise undecided. */
function together(answers: readonly Answer[]): Answer {
  const [first = NO] = answers;
  if (answers.every(({ answer }) => answer === first.answer)) return first;
  const undecided = answers.find(({ answer }) => answer === "undecided");
  return (
    undecided ?? {
      answer: "undecided",
      reason: "it depends on which account the resource is in, which the plan does not show",
    }
  );
}

/** The number of accounts that are tried for an unknown one. */
const MOST_ACCOUNTS = 4;

/**
 * Compares what the policies of a resource allow, before and after a change: a request is a caller, an
 * action on a resource, and its context.
 *
 * In the account of the resource a permission of the caller is enough by itself, so that a policy adds
 * nothing by allowing the account, and a Deny takes from all of it.
 */
export function compareResourcePolicies(
  before: ResourceSide,
  after: ResourceSide,
  options: ResourceOptions,
): ResourceComparison {
  const { kind = "resource" } = options;
  const read: Read = {
    before: readDocuments(before.documents, kind, "before, policy"),
    after: readDocuments(after.documents, kind, "after, policy"),
    isWhole: { before: before.isWhole, after: after.isWhole },
  };
  const all = [...read.before, ...read.after];
  const partition = partitionOf(all);
  const known =
    options.account ?? (options.effect === "policy only" ? accountOfKey(all) : undefined);
  const accounts =
    known !== undefined || options.effect === "limit"
      ? [known ?? NO_ACCOUNT]
      : [NO_ACCOUNT, ...accountsIn(all).slice(0, MOST_ACCOUNTS)];
  const reader = new SetReader();
  const answers = accounts.map((account) =>
    compareFor(read, { account, partition }, options, reader),
  );
  return {
    gained: together(answers.map(({ gained }) => gained)),
    lost: together(answers.map(({ lost }) => lost)),
    publicly: together(answers.map(({ publicly }) => publicly)),
  };
}

/** The caller of a request that was found. */
export function principalOf({ context }: Witness): string {
  const caller = context[CALLER];
  return typeof caller === "string" ? callerName(caller) : "any principal";
}
