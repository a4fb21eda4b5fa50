import type { DatabaseType } from "../catalog/database-type";
import { discoveryPage } from "../catalog/discovery";
import type { Statement } from "../catalog/statement";
import type { PolicyDocument, PolicyStatement } from "../catalog/policy-document";
import type { Inputs } from "../inputs/assignments";
import { moduleVariables } from "../inputs/module-definition";
import { Values } from "../inputs/values";
import type { Json } from "../text/json";
import { evaluate } from "./evaluate";
import { document, permissionsBoundary, statementsOf } from "./policy";
import {
  ACCESS_ROLE_SID,
  LIST_REGIONS_SID,
  OWN_ROLE_SID,
  policyEntries,
  userRoleEntries,
} from "./statements";
import type { Term } from "./term";
import { accessRoleTrust, serviceRoleTrust, userRoleTrust } from "./trust";

/** A statement of a policy, and why it is there. */
export interface GrantedStatement {
  /** The database type that needs it; absent where a statement serves all types. */
  readonly type?: string;
  readonly statement: PolicyStatement;
  /** What Teleport does with it, in a sentence. */
  readonly purpose: string;
  /** When it can be left out, in a sentence. */
  readonly omittable?: string;
  /** Name of the boolean variable that leaves it out. */
  readonly variable?: string;
  /** The page that documents it. */
  readonly source: string;
}

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

/** Why the hop to access roles is there. */
export const accessRoleHop = {
  purpose: "Assume the access role in the databases' account, which carries everything else.",
  source:
    "https://goteleport.com/docs/enroll-resources/database-access/enrollment/aws/aws-cross-account/",
} as const;

/** Why the statement is there that lets the service's role assume itself. */
export const ownRole = {
  purpose: "Let the Database Service's role assume itself, where assume_role_arn is the same role.",
  omittable: "Needed only where assume_role_arn of a database is the Database Service's own role.",
  variable: "service_role_self_assumption",
  source:
    "https://aws.amazon.com/blogs/security/announcing-an-update-to-iam-role-trust-policy-behavior/",
} as const;

/** Why the statement is there that lists regions. */
export const listRegions = {
  purpose: "Find out which regions there are, to discover databases in all of them.",
  omittable: "Not needed where matchers name their regions.",
  variable: "discover_all_regions",
  source: discoveryPage,
} as const;

type Reason = Omit<GrantedStatement, "statement">;

/** Why a statement of the catalogue is there, and why what is separated from it is. */
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
    ...(separable === undefined
      ? []
      : [[separable.sid, { ...reason, purpose: separable.purpose }] as const]),
  ];
}

/**
 * The IAM documents of a module for `types`, without Terraform: the second reading of the rules that
 * the module is made of.
 *
 * @param types database types of the catalogue, in the order of the reference page
 * @param inputs values of the module's variables, taken as they are: check them first. A value that
 *   a document needs and that was not given shows as a placeholder, such as `aws-account-id`
 */
export function documents(types: readonly DatabaseType[], inputs: Inputs): Documents {
  const values = new Values(moduleVariables(types, "DatabaseAccess"), inputs);
  const read = (term: Term): Json => evaluate(term, values);
  const readDocument = (term: Term): PolicyDocument => read(term) as unknown as PolicyDocument;
  const policy = readDocument(document(statementsOf(policyEntries(types))));
  const reasons = new Map<string, Reason>([
    ...types.flatMap((type) => type.statements.flatMap((one) => reasonsOf(type, one))),
    [ACCESS_ROLE_SID, accessRoleHop],
    [LIST_REGIONS_SID, listRegions],
    [OWN_ROLE_SID, ownRole],
  ]);
  const withUserRoles = types.filter(({ userRole }) => userRole !== undefined);
  // With access roles, the database-user roles are the business of the access roles' account.
  const trusting = values.of("assume_role_arns") === null ? withUserRoles : [];
  const carrying = withUserRoles.filter(({ userRole }) => userRole?.statements.length !== 0);
  return {
    statements: policy.Statement.flatMap((statement) => {
      const reason = reasons.get(statement.Sid ?? "");
      return reason === undefined ? [] : [{ statement, ...reason }];
    }),
    policy,
    permissionsBoundary: readDocument(permissionsBoundary(types)),
    userRoleTrustPolicies: Object.fromEntries(
      trusting.map((type) => [type.name, readDocument(document(userRoleTrust(type)))]),
    ),
    userRolePolicies: Object.fromEntries(
      carrying.map((type) => [
        type.name,
        readDocument(document(statementsOf(userRoleEntries([type])))),
      ]),
    ),
    accessRoleTrustPolicy: readDocument(document(accessRoleTrust)),
    serviceRoleTrustPolicy: readDocument(document(serviceRoleTrust)),
  };
}
