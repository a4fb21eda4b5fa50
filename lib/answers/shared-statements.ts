import { accessRoleHop, listRegions, ownRole } from "../catalog/shared-statements";
import { discoveryVariables } from "../inputs/policy-variables";
import { serviceRoleVariables } from "../inputs/role-variables";
import type { Variable } from "../inputs/variable";
import type { ExplainedStatement } from "./explanation";

function switchOf(variables: readonly Variable[], name: string): ExplainedStatement["switch"] {
  const description = variables.find((variable) => variable.name === name)?.description ?? "";
  return { variable: name, default: false, description };
}

/** The statements that belong to no database type. */
export const sharedStatements: readonly ExplainedStatement[] = [
  {
    sid: listRegions.sid,
    carrier: "policy",
    purpose: listRegions.purpose,
    actions: [],
    discovers: ["account:ListRegions"],
    resources: ["*"],
    narrowings: [],
    dbUsers: null,
    omittable: listRegions.omittable,
    switch: switchOf(discoveryVariables, listRegions.variable),
    source: listRegions.source,
  },
  {
    sid: accessRoleHop.sid,
    carrier: "service-role",
    purpose: accessRoleHop.purpose,
    actions: ["sts:AssumeRole", "sts:TagSession"],
    discovers: [],
    resources: ["{assume_role_arns}"],
    narrowings: [],
    dbUsers: null,
    omittable:
      "Granted if assume_role_arns of the module service-role has a role. sts:TagSession is granted if sessions carry tags.",
    switch: null,
    source: accessRoleHop.source,
  },
  {
    sid: ownRole.sid,
    carrier: "service-role",
    purpose: ownRole.purpose,
    actions: ["sts:AssumeRole", "sts:TagSession"],
    discovers: [],
    resources: ["arn:{partition}:iam::{account}:role{role_path}{role_name}"],
    narrowings: [],
    dbUsers: null,
    omittable: `${ownRole.omittable} sts:TagSession is granted if sessions carry tags.`,
    switch: switchOf(serviceRoleVariables, ownRole.variable),
    source: ownRole.source,
  },
];
