import { plainOrQuoted } from "../text/visible-text";
import { identifier } from "./module-call";
import { type AwsRole, roleParts } from "./roles";

/** How other calls name a role, as Terraform expressions. */
interface RoleExpressions {
  readonly name: string;
  readonly arn: string;
  /** The call that creates it; nothing if it is there. */
  readonly call: string | undefined;
}

/** How a role is called in sentences and names. */
export interface ServiceWords {
  /** As the subject of a sentence. */
  readonly title: string;
  /** The name of the call that creates it. */
  readonly callName: string;
  /** How names of variables begin. */
  readonly prefix: string;
  /** The key in attach_to_roles. */
  readonly attachKey: string;
  /** The name that it gets if no file names it. */
  readonly roleName: string;
}

/** The words for a role. */
export function wordsOf({ key }: AwsRole): ServiceWords {
  if (key === "database-service") {
    return {
      title: "the Database Service's role",
      callName: "service_role",
      prefix: "database_service",
      attachKey: "database_service",
      roleName: "teleport-db-service-role",
    };
  }
  if (key === "discovery-service") {
    return {
      title: "the Discovery Service's role",
      callName: "discovery_role",
      prefix: "discovery_service",
      attachKey: "discovery_service",
      roleName: "teleport-discovery-service-role",
    };
  }
  if (key.startsWith("integration:")) {
    const name = key.slice("integration:".length);
    const own = identifier(name);
    return {
      title: `the role of the AWS OIDC integration ${plainOrQuoted(name)}`,
      callName: `integration_role_${own}`,
      prefix: `integration_${own}`,
      attachKey: "discovery_service",
      roleName: "teleport-discovery-role",
    };
  }
  return {
    title: `the role ${key}`,
    callName: "",
    prefix: identifier(roleParts(key).name),
    attachKey: "access_role",
    roleName: roleParts(key).name,
  };
}

/** What calls of one role have in common. */
export interface RoleContext {
  readonly role: AwsRole;
  /** The account, if it is known. */
  readonly account: string | undefined;
  readonly partition: string;
  readonly words: ServiceWords;
  /** How other calls name the role. */
  readonly expressions: RoleExpressions;
}
