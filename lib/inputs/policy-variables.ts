import * as rules from "../catalog/formats";
import { quotas } from "../catalog/quotas";
import type { Variable } from "./variable";

/** Variables that every module has. */
export const accountVariables = (holds: string): readonly Variable[] => [
  {
    name: "aws_account_id",
    type: { kind: "string", rule: rules.accountId },
    description: `ID of the AWS account ${holds}. The module's provider must use this account.`,
  },
  {
    name: "aws_partition",
    type: { kind: "string", rule: rules.partition },
    description: "AWS partition of every ARN: aws, aws-cn or aws-us-gov.",
    default: "aws",
  },
  {
    name: "tags",
    type: {
      kind: "map",
      keyRule: rules.tagKey,
      rule: rules.tagValue,
      maxItems: quotas.tags,
      distinct: "keys",
    },
    description: "Tags of everything that the module creates.",
    default: {},
  },
];

/**
 * Variables of every module that makes a policy.
 *
 * @param policyName the default of `policy_name`
 */
export const policyVariables = (policyName: string): readonly Variable[] => [
  ...accountVariables("that holds the databases"),
  {
    name: "create_policy",
    type: { kind: "bool" },
    description:
      "Whether to create the IAM policy. Set it to false to use only the output policy_json.",
    default: true,
  },
  {
    name: "policy_name",
    type: { kind: "string", rule: rules.policyName },
    description:
      "Name of the IAM policy. A new name replaces the policy, with a gap of some seconds. To avoid the gap, add a second call with the new name, apply, then remove the first.",
    default: policyName,
  },
  {
    name: "policy_path",
    type: { kind: "string", rule: rules.path },
    description:
      "Path of the IAM policy. A new path replaces the policy, and IAM accepts that only together with a new policy_name.",
    default: "/",
  },
  {
    name: "attach_to_roles",
    type: { kind: "map", rule: rules.roleName, distinct: "values" },
    description:
      "Roles to attach the policy to, each under a key that you keep. Pass the role's id (aws_iam_role.service.id), so that a replaced role gets the policy back. A renamed key can leave the role without the policy until the next apply: add a moved block.",
    default: {},
  },
  {
    name: "restrict_to_account",
    type: { kind: "bool" },
    description:
      'Whether to replace every "*" of the policy and of the permissions boundary by the narrowest ARNs of aws_account_id that IAM supports.',
    default: false,
  },
  {
    name: "additional_statements",
    type: { kind: "statements" },
    description:
      "Statements of your own, added to the policy. All of Sid, Effect, Action, Resource and Condition are required; Condition = {} is none.",
    default: [],
  },
  {
    name: "statement_conditions",
    type: { kind: "conditions", bySid: true },
    description:
      'Conditions to add to the module\'s statements, by Sid: { RDSConnect = { IpAddress = { "aws:SourceIp" = ["192.0.2.0/24"] } } }. A Sid that the policy does not contain is refused.',
    default: {},
  },
];

/** Variables of modules with a type that Teleport can discover. */
export const discoveryVariables: readonly Variable[] = [
  {
    name: "services",
    type: { kind: "list", rule: rules.service, minItems: 1 },
    description:
      'Teleport services that use the policy: ["database"], ["discovery"], or both if one role serves both.',
    default: ["database"],
  },
  {
    name: "discover_all_regions",
    type: { kind: "bool" },
    description:
      'Whether the Discovery Service searches all regions (regions: ["*"] in a matcher) and must list them. Needs "discovery" in services.',
    default: false,
  },
];
