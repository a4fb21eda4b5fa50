import { discoverAllRegions } from "../inputs/shared-variables";
import { selfAssumption } from "../inputs/trust-variables";
import { accessRoleHop, listRegions, ownRole } from "../policies/documents";
import { ACCESS_ROLE_SID, LIST_REGIONS_SID, OWN_ROLE_SID } from "../policies/statements";
import type { ExplainedStatement } from "./explanation";

/** The statements that serve every type. */
export const sharedStatements: readonly ExplainedStatement[] = [
  {
    sid: ACCESS_ROLE_SID,
    carrier: "policy",
    purpose: accessRoleHop.purpose,
    actions: ["sts:AssumeRole", "sts:TagSession"],
    discovers: [],
    resources: ["{assume_role_arns}"],
    narrowings: [],
    dbUsers: null,
    omittable:
      "In the place of every other statement where assume_role_arns names access roles. sts:TagSession is in where sessions carry tags.",
    switch: null,
    source: accessRoleHop.source,
  },
  {
    sid: LIST_REGIONS_SID,
    carrier: "policy",
    purpose: listRegions.purpose,
    actions: [],
    discovers: ["account:ListRegions"],
    resources: ["*"],
    narrowings: [],
    dbUsers: null,
    omittable: listRegions.omittable,
    switch: {
      variable: listRegions.variable,
      default: false,
      description: discoverAllRegions.description,
    },
    source: listRegions.source,
  },
  {
    sid: OWN_ROLE_SID,
    carrier: "policy",
    purpose: ownRole.purpose,
    actions: ["sts:AssumeRole", "sts:TagSession"],
    discovers: [],
    resources: ["arn:{partition}:iam::{service_account_id}:role/{service_role_name}"],
    narrowings: [],
    dbUsers: null,
    omittable: `${ownRole.omittable} sts:TagSession is in where sessions carry tags.`,
    switch: {
      variable: ownRole.variable,
      default: false,
      description: selfAssumption.description,
    },
    source: ownRole.source,
  },
];
