import * as rules from "../catalog/formats";
import { bool, type Variable } from "./variable";

/** Variables of every module. */
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
    type: { kind: "tags" },
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
  bool(
    "create_policy",
    "Whether to create the IAM policy. Set it to false if you only use the output policy_json.",
    true,
  ),
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
      "Path of the IAM policy. A new path replaces the policy, as a new policy_name does.",
    default: "/",
  },
  {
    name: "attach_to_roles",
    type: { kind: "map", rule: rules.roleName },
    description:
      "Roles to attach the policy to, by a key of your choice. Pass the role's id (aws_iam_role.service.id), so that a replaced role gets the policy again. Add a moved block if you rename a key; otherwise the role can lose the policy until the next apply.",
    default: {},
  },
  bool(
    "restrict_to_account",
    'Whether to replace each "*" in the policy and the permissions boundary by the narrowest ARNs of aws_account_id that IAM supports.',
    false,
  ),
  {
    name: "additional_statements",
    type: { kind: "statements" },
    description:
      "Your own statements in the policy. Each needs Sid, Effect, Action, Resource and Condition (Condition = {} for none).",
    default: [],
  },
  {
    name: "statement_conditions",
    type: { kind: "conditions", bySid: true },
    description:
      'Conditions to add to statements of the module, by Sid: { RDSConnect = { IpAddress = { "aws:SourceIp" = ["192.0.2.0/24"] } } }. A Sid that is not in the policy is an error.',
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
  bool(
    "discover_all_regions",
    'Whether to allow listing the regions. Needed if a matcher of the Discovery Service has regions: ["*"]. Needs "discovery" in services.',
    false,
  ),
];
