import type { DatabaseType } from "../catalog/database-type";
import { composition } from "./composition";
import type { Inputs } from "../inputs/assignments";
import { ANY_ROLE_SID } from "./policies";
import { type GrantedStatement, policyStatements, userRoleStatements } from "./granted-statements";
import { type PolicyDocument, policyDocument, type PolicyStatement } from "../iam/policy-document";
import {
  accessRoleTrustPolicy,
  serviceRoleTrustPolicy,
  userRoleTrustPolicy,
} from "./trust-policies";
import { Values } from "./values";

/** The IAM documents of a module, as its plan would have them. */
export interface Documents {
  /** The statements of {@link policy}, each with the reason why it is there. */
  readonly statements: readonly GrantedStatement[];
  /** The Database Service's policy: the module's `policy_json`. */
  readonly policy: PolicyDocument;
  /** The module's `permissions_boundary_json`. */
  readonly permissionsBoundary: PolicyDocument;
  /** Trust policies of the database-user roles by type: the module's `user_role_trust_policies`. */
  readonly userRoleTrustPolicies: Readonly<Record<string, PolicyDocument>>;
  /** What the database-user roles may do, by type, where Teleport's reference says so. */
  readonly userRolePolicies: Readonly<Record<string, PolicyDocument>>;
  /** Trust policy of the role that `create_access_role` creates. */
  readonly accessRoleTrustPolicy: PolicyDocument;
  /** Trust policy of the role that `create_service_role` creates. */
  readonly serviceRoleTrustPolicy: PolicyDocument;
}

/** What the boundary allows beside the policy: a boundary must allow the roles in any case. */
function anyRole(types: readonly DatabaseType[], values: Values): PolicyStatement {
  const tags = types.flatMap(({ userRole }) => userRole?.sessionTags ?? []);
  const tagSession = tags.some((variable) => values.flag(variable)) ? ["sts:TagSession"] : [];
  return {
    Sid: ANY_ROLE_SID,
    Effect: "Allow",
    Action: tags.length === 0 ? "sts:AssumeRole" : ["sts:AssumeRole", ...tagSession],
    Resource: "*",
  };
}

/**
 * The IAM documents of a module for `types`, without Terraform: the second rendering of the
 * catalogue beside the module.
 *
 * @param types database types of the catalogue, in the order of the reference page
 * @param inputs values of the module's variables, taken as they are: check them first. A value that
 *   a document needs and that was not given shows as a placeholder, such as `aws-account-id`
 */
export function documents(types: readonly DatabaseType[], inputs: Inputs): Documents {
  const values = new Values(composition(types, "DatabaseAccess").variables, inputs);
  const statements = policyStatements(types, values);
  const granted = statements.map(({ statement }) => statement);
  const withUserRoles = types.filter(({ userRole }) => userRole !== undefined);
  // With access roles, the database-user roles are the business of the access roles' account.
  const trusting = values.list("assume_role_arns").length === 0 ? withUserRoles : [];
  const carrying = withUserRoles.filter(({ userRole }) => userRole?.statements.length !== 0);
  return {
    statements,
    policy: policyDocument(granted),
    permissionsBoundary: policyDocument([...granted, anyRole(types, values)]),
    userRoleTrustPolicies: Object.fromEntries(
      trusting.map((type) => [type.name, userRoleTrustPolicy(type, values)]),
    ),
    userRolePolicies: Object.fromEntries(
      carrying.map((type) => [
        type.name,
        policyDocument(userRoleStatements(type, values).map(({ statement }) => statement)),
      ]),
    ),
    accessRoleTrustPolicy: accessRoleTrustPolicy(values),
    serviceRoleTrustPolicy: serviceRoleTrustPolicy(values),
  };
}
