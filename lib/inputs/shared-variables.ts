import * as rules from "../catalog/formats";
import { quotas } from "../catalog/quotas";
import type { Variable } from "./variable";

/** Those of {@link sharedVariables}. The default of `policy_name` is that of the module. */
const variables: readonly Variable[] = [
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
      "Name of the IAM policy. Where there are several, each but the first has its key at the end of the name. A new name replaces the policies, the new ones first. Calls of this module in one account need different names.",
  },
  {
    name: "policy_path",
    type: { kind: "string", rule: rules.path },
    description:
      "Path of the IAM policies. IAM cannot change the path of a policy that keeps its name: set a new policy_name along with it.",
    default: "/",
  },
  {
    name: "policy_description",
    type: { kind: "string", rule: rules.description },
    description:
      "Description of the IAM policies. IAM cannot change it, so it is that of the day when a policy was created.",
    default: "What the Teleport Database Service may do in AWS.",
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
    description: "Tags of all resources that the module creates.",
    default: {},
  },
  {
    name: "attach_to_roles",
    type: { kind: "map", rule: rules.roleName, distinct: "values" },
    description:
      "Names of existing IAM roles to attach the policies to, each under a key of your choice. The module detaches its policies from every role that is not named here: name all of them, and attach policy_arns yourself only where this is empty and the module creates no role.",
    default: {},
  },
  {
    name: "policy_count",
    type: { kind: "number", min: 1, max: quotas.policiesPerRole },
    description:
      "How many IAM policies to spread the named resources over, where one would exceed IAM's size limit. A resource stays in its policy while the number stays.",
    default: 1,
  },
  {
    name: "services",
    type: { kind: "list", rule: rules.service, minItems: 1 },
    description:
      'Which of Teleport\'s services have the role: ["database"], ["discovery"] for the Discovery Service with a role of its own, or both where the Database Service discovers databases by itself or both services share the role.',
    default: ["database"],
  },
  {
    name: "restrict_to_account",
    type: { kind: "bool" },
    description:
      'Whether to replace every "*" of the policies by the narrowest ARNs of aws_account_id that IAM supports.',
    default: false,
  },
];

/** Variables that every module has. */
export function sharedVariables(defaultPolicyName: string): Variable[] {
  return variables.map((variable) =>
    variable.name === "policy_name" ? { ...variable, default: defaultPolicyName } : variable,
  );
}

/** The variable of modules with more than one database type. */
export const splitPolicyByType: Variable = {
  name: "split_policy_by_type",
  type: { kind: "bool" },
  description: "Whether to create one policy per database type instead of one for all.",
  default: false,
};

/** The variable of modules with a type that Teleport can discover. */
export const discoverAllRegions: Variable = {
  name: "discover_all_regions",
  type: { kind: "bool" },
  description:
    'Whether databases are discovered in all regions (regions: ["*"] in a matcher), so that Teleport must find out which there are.',
  default: false,
};
