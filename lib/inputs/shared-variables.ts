import * as rules from "../iam/formats";
import type { Variable } from "./variable";

/** Variables that every module has. */
export function sharedVariables(defaultPolicyName: string): Variable[] {
  return [
    {
      name: "aws_account_id",
      type: { kind: "string", rule: rules.accountId },
      description: "ID of the AWS account that holds the databases and the database-user roles.",
    },
    {
      name: "aws_partition",
      type: { kind: "string", rule: rules.partition },
      description: "AWS partition of every ARN: aws, aws-cn or aws-us-gov.",
      default: "aws",
    },
    {
      name: "create_policy",
      type: { kind: "bool" },
      description:
        "Whether to create the Database Service's IAM policy. The output policy_json has the document either way.",
      default: true,
    },
    {
      name: "policy_name",
      type: { kind: "string", rule: rules.policyName },
      description:
        "Name of the IAM policy. Where there are several, each but the first has its key at the end of the name.",
      default: defaultPolicyName,
    },
    {
      name: "policy_path",
      type: { kind: "string", rule: rules.path },
      description: "Path of the IAM policies.",
      default: "/",
    },
    {
      name: "policy_description",
      type: { kind: "string", rule: rules.description },
      description:
        "Description of the IAM policies. IAM cannot change it: a new one replaces the policies.",
      default: "What the Teleport Database Service may do in AWS.",
    },
    {
      name: "tags",
      type: { kind: "map", keyRule: rules.tagKey, rule: rules.tagValue },
      description: "Tags of all resources that the module creates.",
      default: {},
    },
    {
      name: "attach_to_roles",
      type: { kind: "map", rule: rules.roleName },
      description:
        "Names of existing IAM roles to attach the policies to, each under a key of your choice, which becomes part of the resource's address.",
      default: {},
    },
    {
      name: "restrict_to_account",
      type: { kind: "bool" },
      description:
        'Whether to replace every "*" of the policies by the narrowest ARNs of aws_account_id that IAM supports.',
      default: false,
    },
  ];
}

/** The variable of modules with more than one database type. */
export const splitPolicyByType: Variable = {
  name: "split_policy_by_type",
  type: { kind: "bool" },
  description:
    "Whether to create one policy per database type instead of one for all. Needed where one would exceed IAM's size limit.",
  default: false,
};
