import type { DatabaseType } from "../catalog/database-type";
import { type PolicyDocument, policyDocument, type PolicyStatement } from "../iam/policy-document";
import type { Values } from "./values";

/** Who is trusted, and the external ID that is asked for, if any. */
interface Trust {
  readonly principal: string;
  readonly externalId: string | undefined;
}

/** A role, or the root of its account where the caller trusts accounts. */
function principal(values: Values, account: string, roleName: string): string {
  return values.flag("trust_account")
    ? values.arn("iam::{account}:root", { account })
    : values.arn("iam::{account}:role/{name}", { account, name: roleName });
}

/** Trust in the Database Service's own role. Across accounts there is always an external ID. */
function serviceTrust(values: Values): Trust {
  const account = values.serviceAccountId;
  const external = account !== values.text("aws_account_id");
  return {
    principal: principal(values, account, values.text("service_role_name")),
    externalId: external ? values.text("external_id") : values.optionalText("external_id"),
  };
}

function assumeRole({ principal: AWS, externalId }: Trust): PolicyStatement {
  return {
    Effect: "Allow",
    Principal: { AWS },
    Action: "sts:AssumeRole",
    ...(externalId === undefined
      ? {}
      : { Condition: { StringEquals: { "sts:ExternalId": externalId } } }),
  };
}

/** The trust policy of the access role, which the Database Service assumes first. */
export function accessRoleTrustPolicy(values: Values): PolicyDocument {
  return policyDocument([assumeRole(serviceTrust(values))]);
}

/**
 * The trust policy of a type's database-user roles.
 *
 * - With an access role in between, that role is trusted, and no external ID is asked for: Teleport
 *   sends it to the access role only.
 * - `sts:TagSession` is a statement of its own: tagging presents no external ID.
 */
export function userRoleTrustPolicy({ userRole }: DatabaseType, values: Values): PolicyDocument {
  const trust = values.flag("create_access_role")
    ? {
        principal: principal(
          values,
          values.text("aws_account_id"),
          values.text("access_role_name"),
        ),
        externalId: undefined,
      }
    : serviceTrust(values);
  const tags = userRole?.sessionTags !== undefined && values.flag(userRole.sessionTags);
  return policyDocument([
    assumeRole(trust),
    ...(tags
      ? [
          {
            Effect: "Allow",
            Principal: { AWS: trust.principal },
            Action: "sts:TagSession",
          } as const,
        ]
      : []),
  ]);
}

function serviceRoleStatement(values: Values): PolicyStatement {
  const account = values.serviceAccountId;
  switch (values.text("service_role_trust")) {
    case "ecs":
      return {
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnLike: { "aws:SourceArn": values.arn("ecs:*:{account}:*", { account }) },
          StringEquals: { "aws:SourceAccount": account },
        },
      };
    case "eks-pod-identity":
      return {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      };
    case "eks-service-account": {
      const provider = values.text("eks_oidc_provider_arn");
      const issuer = provider.replace(/^.*:oidc-provider\//, "");
      const serviceAccount = values.text("eks_service_account").replace("/", ":");
      return {
        Effect: "Allow",
        Principal: { Federated: provider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: `system:serviceaccount:${serviceAccount}`,
          },
        },
      };
    }
    default: {
      const suffix = values.text("aws_partition") === "aws-cn" ? ".cn" : "";
      return {
        Effect: "Allow",
        Principal: { Service: `ec2.amazonaws.com${suffix}` },
        Action: "sts:AssumeRole",
      };
    }
  }
}

/** The trust policy of the Database Service's own role, by where the service runs. */
export function serviceRoleTrustPolicy(values: Values): PolicyDocument {
  return policyDocument([serviceRoleStatement(values)]);
}
