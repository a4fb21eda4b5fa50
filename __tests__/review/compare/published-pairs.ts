import type { Answer } from "../../../lib/review/compare";

/**
 * The source of the pairs: policies from forums and documentation, collected for a published
 * analysis.
 */
export const SOURCE = "https://github.com/vlab-cs-ucsb/quacky/tree/master/samples";

type Statement = Readonly<Record<string, unknown>>;

/** Two documents, and what is known of them. The shapes are the source's, the words our own. */
export interface PublishedPair {
  readonly title: string;
  /** The folder below {@link SOURCE} whose question it asks. */
  readonly after: string;
  readonly documents: readonly [before: readonly Statement[], after: readonly Statement[]];
  readonly gained: Answer["answer"];
  readonly lost: Answer["answer"];
}

const allow = (Action: unknown, Resource: unknown, Condition?: object): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const USER = "arn:aws:iam::123456789012:user/ann@example.com";
const BUCKET = "arn:aws:s3:::records";
const NODELETE: Statement = {
  Effect: "Deny",
  Action: ["s3:DeleteBucket", "s3:DeleteBucketPolicy"],
  Resource: BUCKET,
};
const TAGGED = { StringEquals: { "ec2:ResourceTag/project": "2014" } };
const prefix = (operator: string, ...values: readonly string[]): Statement =>
  allow("s3:ListBucket", BUCKET, { [operator]: { "s3:prefix": values } });
const size = (operator: string, value: string): Statement =>
  allow("ec2:RunInstances", "arn:aws:ec2:*:*:volume/*", {
    [operator]: { "ec2:VolumeSize": value },
  });
/** The same of a key whose values are numbers, which is not known of the one above. */
const age = (operator: string, value: string): Statement =>
  allow("ec2:RunInstances", "arn:aws:ec2:*:*:volume/*", {
    [operator]: { "aws:MultiFactorAuthAge": value },
  });
const VOLUMES = allow("ec2:RunInstances", "arn:aws:ec2:*:*:volume/*");
const wildcards = (...names: readonly string[]): Statement =>
  allow(
    ["s3:DeleteBucket", "s3:ListBucket"],
    names.map((name) => `arn:aws:s3:::${name}`),
  );

export const publishedPairs: readonly PublishedPair[] = [
  {
    title: "users told by who asks, and by who is asked for",
    after: "iam/exp_multiple/iam_policy_allow_adding_deleting_users",
    documents: [
      [allow("iam:*User", "*", { StringNotLike: { "aws:username": "*@example.com" } })],
      [allow("iam:*User", "arn:aws:iam::*:user/*@example.com")],
    ],
    gained: "yes",
    lost: "yes",
  },
  {
    title: "what the console needs besides",
    after: "iam/exp_multiple/iam_user_access_to_s3_uploads_fail",
    documents: [
      [
        allow("s3:ListAllMyBuckets", "arn:aws:s3:::*"),
        allow(["s3:ListBucket", "s3:GetBucketLocation"], BUCKET),
        allow(["s3:PutObject", "s3:GetObject"], `${BUCKET}/*`),
      ],
      [
        allow(["s3:ListAllMyBuckets", "s3:GetBucketLocation", "s3:GetBucketAcl"], "*"),
        allow(["s3:ListBucket", "s3:GetObject*"], [`${BUCKET}/*`, BUCKET]),
        allow("s3:PutObject", `${BUCKET}/*`),
      ],
    ],
    gained: "yes",
    lost: "no",
  },
  {
    title: "everything but deleting, of a bucket too",
    after: "s3/exp_multiple/s3_allow_all_except_delete",
    documents: [
      [allow("s3:*", `${BUCKET}/*`), NODELETE],
      [allow("s3:CreateJob", "*"), allow("s3:*", [`${BUCKET}/*`, BUCKET]), NODELETE],
    ],
    gained: "yes",
    lost: "no",
  },
  {
    title: "a bucket that only a Deny takes away again",
    after: "s3/exp_multiple/s3_allow_all_except_delete",
    documents: [
      [allow("s3:*", `${BUCKET}/*`)],
      [
        allow("s3:*", [`${BUCKET}/*`, BUCKET]),
        { Effect: "Deny", Action: "s3:*", NotResource: `${BUCKET}/*` },
      ],
    ],
    gained: "no",
    lost: "no",
  },
  {
    title: "a tag that only two actions have",
    after: "ec2/exp_multiple/ec2_allow_some_instances",
    documents: [
      [
        allow(
          ["ec2:DescribeInstances", "ec2:RunInstances", "ec2:StartInstances"],
          "arn:aws:ec2:*:*:*/*",
          TAGGED,
        ),
      ],
      [
        allow(["ec2:DescribeInstances", "ec2:RunInstances"], "*"),
        allow("ec2:StartInstances", "arn:aws:ec2:*", TAGGED),
      ],
    ],
    gained: "yes",
    lost: "no",
  },
  {
    title: "a limit of size",
    after: "ec2/exp_multiple/ec2_limit_ebs_volume_size",
    documents: [[VOLUMES], [size("NumericLessThanEquals", "16")]],
    gained: "no",
    lost: "yes",
  },
  {
    title: "two limits that meet, but not for a request without a size",
    after: "ec2/exp_multiple/ec2_limit_ebs_volume_size",
    documents: [[VOLUMES], [size("NumericLessThanEquals", "16"), size("NumericGreaterThan", "16")]],
    gained: "no",
    lost: "yes",
  },
  {
    title: "two limits of a number that cover everything together",
    after: "ec2/exp_multiple/ec2_limit_ebs_volume_size",
    documents: [
      [VOLUMES],
      [age("NumericLessThanEquals", "16"), age("NumericGreaterThanIfExists", "16")],
    ],
    gained: "no",
    lost: "no",
  },
  {
    title: "a limit written in two ways that decimals tell apart",
    after: "og/exp_multiple/numeric",
    documents: [[size("NumericLessThanEquals", "16")], [size("NumericLessThan", "17")]],
    gained: "yes",
    lost: "no",
  },
  {
    title: "a prefix and its opposite, which cover everything together",
    after: "og/exp_multiple/prefix",
    documents: [
      [allow("s3:ListBucket", BUCKET)],
      [prefix("StringLike", "home/*"), prefix("StringNotLike", "home/*")],
    ],
    gained: "no",
    lost: "no",
  },
  {
    title: "a prefix and an end",
    after: "og/exp_multiple/prefix",
    documents: [[prefix("StringLike", "home/*")], [prefix("StringLike", "*/docs")]],
    gained: "yes",
    lost: "yes",
  },
  {
    title: "a folder of each user, and all of them",
    after: "s3/exp_single/s3_bucket_folder_restrict_by_user",
    documents: [[prefix("StringLike", "home/${aws:username}/*")], [prefix("StringLike", "home/*")]],
    gained: "yes",
    lost: "no",
  },
  {
    title: "all users but those that a Deny names, and the one that is left",
    after: "manual_const/exp_single/iam_deny_notresource",
    documents: [
      [
        allow("iam:*", "arn:aws:iam::123456789012:user/*"),
        { Effect: "Deny", Action: "iam:*", NotResource: USER },
      ],
      [allow("iam:*", USER)],
    ],
    gained: "no",
    lost: "no",
  },
  {
    title: "some actions of a user, and all",
    after: "manual_const/exp_single/iam_user_put_actions",
    documents: [[allow("iam:Put*", USER)], [allow("iam:*", USER)]],
    gained: "yes",
    lost: "no",
  },
  {
    title: "all roles but the own one, by NotResource and by Deny",
    after: "iam/exp_single/iam_role_policy_modify_iam_but_not_own_policies",
    documents: [
      [
        {
          Effect: "Allow",
          Action: "iam:PutRolePolicy",
          NotResource: "arn:aws:iam::123456789012:role/own",
        },
      ],
      [
        allow("iam:PutRolePolicy", "*"),
        { Effect: "Deny", Action: "*", Resource: "arn:aws:iam::123456789012:role/own" },
      ],
    ],
    gained: "no",
    lost: "no",
  },
  {
    title: "a wildcard for one name",
    after: "manual_enumerative/exp_single/1_wildcard",
    documents: [[wildcards("foo", "bar")], [wildcards("foo*", "bar")]],
    gained: "yes",
    lost: "no",
  },
  {
    title: "a wildcard for two names",
    after: "manual_enumerative/exp_single/2_wildcards",
    documents: [[wildcards("foo*", "bar*")], [wildcards("foo", "bar*")]],
    gained: "no",
    lost: "yes",
  },
];
