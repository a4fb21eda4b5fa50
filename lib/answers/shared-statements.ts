import {
  accessRoleHop,
  listRegions,
  ownRole,
  type SharedStatement,
} from "../catalog/shared-statements";
import { discoveryVariables } from "../inputs/policy-variables";
import { serviceRoleVariables } from "../inputs/role-variables";
import type { ExplainedStatement } from "./explanation";

/** The switch of a shared statement, if its variable is one. */
function switchOf(name: string | undefined): ExplainedStatement["switch"] {
  const found = [...discoveryVariables, ...serviceRoleVariables].find(
    (variable) => variable.name === name && variable.type.kind === "bool",
  );
  return found === undefined
    ? null
    : { variable: found.name, default: false, description: found.description };
}

function explained(
  { sid, purpose, source, omittable, variable }: SharedStatement,
  own: Pick<ExplainedStatement, "carrier" | "resources"> & Partial<ExplainedStatement>,
): ExplainedStatement {
  return {
    ...{ sid, purpose, source, actions: [], discovers: [], narrowings: [], dbUsers: null },
    omittable: omittable ?? null,
    switch: switchOf(variable),
    ...own,
  };
}

const assuming = {
  carrier: "service-role",
  actions: ["sts:AssumeRole", "sts:TagSession"],
} as const;

/** The statements that belong to no database type. */
export const sharedStatements: readonly ExplainedStatement[] = [
  explained(listRegions, {
    carrier: "policy",
    discovers: ["account:ListRegions"],
    resources: ["*"],
  }),
  explained(accessRoleHop, {
    ...assuming,
    resources: ["{assume_role_arns}"],
    omittable:
      "Granted if assume_role_arns of the module service-role has a role. sts:TagSession is granted if sessions carry tags.",
  }),
  explained(ownRole, {
    ...assuming,
    resources: ["arn:{partition}:iam::{account}:role{role_path}{role_name}"],
    omittable: `${ownRole.omittable} sts:TagSession is granted if sessions carry tags.`,
  }),
];
