import { discoveryPage } from "./page-urls";
import type { ActionName, Discovery } from "./statement";

/** A statement that belongs to no database type. The reference page gives none of them a Sid. */
export interface SharedStatement {
  readonly sid: string;
  /** The policy of the types, or the role of the module service-role. */
  readonly carrier: "policy" | "service-role";
  /** Actions for the Database Service. */
  readonly actions: readonly ActionName[];
  readonly discovery?: Discovery;
  /** `Resource`, with variables in braces. */
  readonly resources: readonly string[];
  /** The purpose of the statement, in a sentence. */
  readonly purpose: string;
  /** A sentence: when it can be left out. */
  readonly omittable?: string;
  /** Sentences about what decides it, if the variable does not say all. */
  readonly decided?: string;
  /** The variable that decides whether it is granted. */
  readonly variable: string;
  readonly source: `https://${string}`;
}

/** The statement that lists the regions, in modules with a type that Teleport can discover. */
export const listRegions = {
  sid: "DiscoveryListRegions",
  carrier: "policy",
  actions: [],
  discovery: { actions: ["account:ListRegions"] },
  resources: ["*"],
  purpose: "List the regions, to discover databases in all of them.",
  omittable: "Not needed if matchers name their regions.",
  variable: "discover_all_regions",
  source: discoveryPage,
} as const satisfies SharedStatement;

/**
 * The Sid of a permissions boundary's statement about roles. A boundary must allow to assume roles even if
 * their trust policies name the Database Service's role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export const ANY_ROLE_SID = "AssumeAnyRole";

const assuming = {
  carrier: "service-role",
  actions: ["sts:AssumeRole", "sts:TagSession"],
} as const;

const IF_TAGGED = "sts:TagSession is granted if sessions carry tags.";

/** The statement of the service role about the access roles. */
export const accessRoleHop: SharedStatement = {
  sid: "AssumeAccessRole",
  ...assuming,
  resources: ["{assume_role_arns}"],
  purpose: "Assume the access roles in the databases' accounts.",
  decided: `Granted if assume_role_arns of the module service-role has a role. ${IF_TAGGED}`,
  variable: "assume_role_arns",
  source:
    "https://goteleport.com/docs/enroll-resources/database-access/enrollment/aws/aws-cross-account/",
};

/**
 * The statement of the service role about itself. Its Sid differs from the one in Teleport's own module,
 * because a document cannot contain one Sid twice.
 */
export const ownRole: SharedStatement = {
  sid: "AssumeOwnRole",
  ...assuming,
  resources: ["arn:{partition}:iam::{account}:role{role_path}{role_name}"],
  purpose: "Let the Database Service's role assume itself.",
  omittable: "Needed only if assume_role_arn of a database is the Database Service's own role.",
  decided: IF_TAGGED,
  variable: "assume_itself",
  source:
    "https://aws.amazon.com/blogs/security/announcing-an-update-to-iam-role-trust-policy-behavior/",
};

/** All of them that a policy has. */
export const sharedStatements: readonly SharedStatement[] = [listRegions, accessRoleHop, ownRole];
