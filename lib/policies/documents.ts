import type { DatabaseType } from "../catalog/database-type";
import {
  type PolicyDocument,
  policyDocument,
  type PolicyStatement,
} from "../catalog/policy-document";
import { listRegions } from "../catalog/shared-statements";
import type { Statement } from "../catalog/statement";
import type { Inputs } from "../inputs/assignments";
import { defineModule, withUserRoles } from "../inputs/module-definition";
import { valuesOf } from "../inputs/values";
import { evaluate, type Values } from "./evaluate";
import { boundaryStatements, granted, policyStatements, userRoleStatements } from "./statements";
import type { Term } from "./term";
import { userRoleTrust } from "./trust";

/** A statement of a policy, with its reason. */
export interface GrantedStatement {
  /** The database type that needs it; absent for a statement that belongs to no type. */
  readonly type?: string;
  readonly statement: PolicyStatement;
  /** Teleport's use of it, in a sentence. */
  readonly purpose: string;
  /** A sentence: when it can be left out. */
  readonly omittable?: string;
  /** Name of the boolean variable that leaves it out. */
  readonly variable?: string;
  /** The page that documents it. */
  readonly source: string;
}

/** The IAM documents of a module that makes a policy, as its plan would have them. */
export interface Documents {
  /** The statements of {@link policy}, each with its reason. */
  readonly statements: readonly GrantedStatement[];
  /** The module's `policy_json`. */
  readonly policy: PolicyDocument;
  /** The module's `permissions_boundary_json`. */
  readonly permissionsBoundary: PolicyDocument;
  /** Trust policies of the database-user roles by type. */
  readonly userRoleTrustPolicies: Readonly<Record<string, PolicyDocument>>;
  /** The policies of the database-user roles by type, if Teleport's reference has them. */
  readonly userRolePolicies: Readonly<Record<string, PolicyDocument>>;
}

type Reason = Omit<GrantedStatement, "statement">;

/** The reasons of a statement of the catalogue and of statements separated from it, by Sid. */
function reasonsOf(type: DatabaseType, statement: Statement): (readonly [string, Reason])[] {
  const { sid, purpose, omittable, switch: toggle, source, separable } = statement;
  const reason: Reason = {
    type: type.name,
    purpose,
    ...(omittable === undefined ? {} : { omittable }),
    ...(toggle === undefined ? {} : { variable: toggle.variable }),
    source,
  };
  return [
    [sid, reason],
    ...(separable ? [[separable.sid, { ...reason, purpose: separable.purpose }] as const] : []),
  ];
}

function documentOf(statements: Term, values: Values): PolicyDocument {
  return policyDocument(evaluate(statements, values) as unknown as PolicyStatement[]);
}

/**
 * The IAM documents of a module for `types`, without Terraform: the second reading of the rules that
 * the module is made of.
 *
 * @param types database types of the catalogue, in the order of the reference page
 * @param inputs values of the module's variables, which must have been checked. A value that a
 *   document needs and that is missing shows as a placeholder, such as `aws-account-id`
 */
export function documents(types: readonly DatabaseType[], inputs: Inputs): Documents {
  const { variables } = defineModule(types);
  const values = valuesOf(variables, inputs);
  // Database-user roles are shown whoever creates them.
  const created = valuesOf(variables, { ...inputs, create_user_roles: true });
  const policy = documentOf(policyStatements(types), values);
  const { purpose, omittable, variable, source } = listRegions;
  const reasons = new Map<string, Reason>([
    ...types.flatMap((type) => type.statements.flatMap((one) => reasonsOf(type, one))),
    [listRegions.sid, { purpose, omittable, variable, source }],
  ]);
  const ofUserRoles = withUserRoles(types);
  return {
    statements: policy.Statement.flatMap((statement) => {
      const reason = reasons.get(statement.Sid ?? "");
      return reason === undefined ? [] : [{ statement, ...reason }];
    }),
    policy,
    permissionsBoundary: documentOf(boundaryStatements(types), values),
    userRoleTrustPolicies: Object.fromEntries(
      ofUserRoles.map((type) => [type.name, documentOf(userRoleTrust(type), created)]),
    ),
    userRolePolicies: Object.fromEntries(
      ofUserRoles
        .filter(({ userRole }) => userRole?.statements !== undefined)
        .map((type) => [type.name, documentOf(granted(userRoleStatements(type)), created)]),
    ),
  };
}
