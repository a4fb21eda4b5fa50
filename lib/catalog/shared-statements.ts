import { discoveryPage } from "./discovery";

/** A statement that belongs to no database type. */
export interface SharedStatement {
  /** The reference page gives none of them a Sid. */
  readonly sid: string;
  /** The purpose of the statement, in a sentence. */
  readonly purpose: string;
  /** A sentence: when it can be left out. */
  readonly omittable?: string;
  /** The variable that decides whether it is granted. */
  readonly variable?: string;
  readonly source: `https://${string}`;
}

/** The statement that lists the regions, in modules with a type that Teleport can discover. */
export const listRegions = {
  sid: "DiscoveryListRegions",
  purpose: "List the regions, to discover databases in all of them.",
  omittable: "Not needed if matchers name their regions.",
  variable: "discover_all_regions",
  source: discoveryPage,
} as const satisfies SharedStatement;

/** The statement of a permissions boundary about roles. */
export const anyRole = {
  sid: "AssumeAnyRole",
  purpose:
    "Assume roles. A boundary must allow it even if the roles' trust policies name the Database Service's role.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
} as const satisfies SharedStatement;

/** The statement of the service role about the access roles. */
export const accessRoleHop = {
  sid: "AssumeAccessRole",
  purpose: "Assume the access roles in the databases' accounts.",
  variable: "assume_role_arns",
  source:
    "https://goteleport.com/docs/enroll-resources/database-access/enrollment/aws/aws-cross-account/",
} as const satisfies SharedStatement;

/**
 * The statement of the service role about itself. Its Sid differs from the one in Teleport's own module,
 * because a document cannot contain one Sid twice.
 */
export const ownRole = {
  sid: "AssumeOwnRole",
  purpose: "Let the Database Service's role assume itself.",
  omittable: "Needed only if assume_role_arn of a database is the Database Service's own role.",
  variable: "assume_itself",
  source:
    "https://aws.amazon.com/blogs/security/announcing-an-update-to-iam-role-trust-policy-behavior/",
} as const satisfies SharedStatement;
