import { interpolate } from "../text/hcl";
import { once } from "../text/memo";
import { document } from "../policies/policy";
import { expression, localsOf } from "../policies/terraform";
import { serviceRoleTrust } from "../policies/trust";
import { type Element, locals, output, resource } from "./element";
import { hasItsNameAlone, keepsItsPath, nameAndPath } from "./names";
import { boundaryOf, hasOneBoundary } from "./permissions-boundary";
import { isInAccount, plain, rule, trustPolicyFits } from "./rules";
import { integrationRules, PLACES } from "./teleport-oidc-provider";

/** The Database Service's own role, with an instance profile where it runs on EC2. */
export const serviceRole = once((): readonly Element[] => {
  const trust = document(serviceRoleTrust);
  return [
    ...locals(localsOf([trust]), {
      service_role_trust_policy: interpolate(`jsonencode(${expression(trust)})`),
    }),
    resource(
      "aws_iam_role",
      "service",
      {
        ...nameAndPath("service_role_name"),
        description: "${var.service_role_description}",
        assumeRolePolicy: "${local.service_role_trust_policy}",
        permissionsBoundary: boundaryOf("service"),
      },
      {
        count: interpolate(`${plain("var.create_service_role")} ? 1 : 0`),
        max_session_duration: "${var.service_role_max_session_duration}",
        tags: "${var.tags}",
        depends_on: ["aws_iam_openid_connect_provider.teleport"],
        lifecycle: {
          create_before_destroy: true,
          precondition: [
            rule(
              "var.create_policy",
              "create_service_role creates a role for this module's policy, but create_policy is false. Set create_policy = true.",
            ),
            rule(
              `!contains(${PLACES}, "eks-service-account") || (var.eks_oidc_provider_arn != null && var.eks_service_account != null)`,
              'service_role_trust = "eks-service-account" needs eks_oidc_provider_arn and eks_service_account, which say who may assume the role.',
            ),
            rule(
              `contains(${PLACES}, "eks-service-account") || (var.eks_oidc_provider_arn == null && var.eks_service_account == null)`,
              'eks_oidc_provider_arn and eks_service_account say who may assume the role through service_role_trust = "eks-service-account", and it is ${nonsensitive(var.service_role_trust)}. Change it, or leave them out: the association of EKS Pod Identity names the service account itself.',
            ),
            rule(
              `var.eks_oidc_provider_arn == null ? true : split(":", var.eks_oidc_provider_arn)[4] == local.service_account_id`,
              "${nonsensitive(jsonencode(var.eks_oidc_provider_arn))} is an OIDC provider of another account than the role's, ${nonsensitive(local.service_account_id)}, and IAM trusts none of those. Use the provider of the role's account.",
            ),
            ...integrationRules(),
            hasOneBoundary("service"),
            hasItsNameAlone('"service_role"'),
            keepsItsPath('"service_role"'),
            trustPolicyFits("local.service_role_trust_policy"),
          ],
          postcondition: [isInAccount("local.service_account_id")],
        },
      },
    ),
    resource(
      "aws_iam_instance_profile",
      "service",
      {
        ...nameAndPath("service_role_name"),
        role: "${aws_iam_role.service[0].id}",
      },
      {
        count: interpolate(
          `${plain("var.create_service_role")} ? (${plain(`contains(${PLACES}, "ec2")`)} ? 1 : 0) : 0`,
        ),
        tags: "${var.tags}",
        lifecycle: { create_before_destroy: true },
      },
    ),
    output("service_role_arn", {
      description: "ARN of the Database Service's created role; null where none is created.",
      value: "${one(aws_iam_role.service[*].arn)}",
    }),
    output("service_role_name", {
      description:
        "Name of the Database Service's created role, without its path; null where none is created.",
      value: "${one(aws_iam_role.service[*].name)}",
    }),
    output("service_role_name_with_path", {
      description:
        "Name of the Database Service's created role with its path, as service_role_name of another call takes it; null where none is created.",
      value:
        '${one([for role in aws_iam_role.service : trimprefix("${role.path}${role.name}", "/")])}',
    }),
    output("service_role_trust", {
      description:
        "The statements of the created role's trust policy by where the service runs, and under self that of service_role_self_assumption, for a plan to show who may assume it.",
      // By place and not as a list: what is inserted in a list seems to change all that follows.
      value: interpolate(
        `merge({ for place in distinct(${PLACES}) : place => local.service_role_trust_statements[place] if var.create_service_role }, var.service_role_self_assumption ? { self = local.service_role_self_trust } : {})`,
      ),
    }),
    output("service_instance_profile_name", {
      description:
        "Name of the instance profile of the Database Service's created role; null where there is none.",
      value: "${one(aws_iam_instance_profile.service[*].name)}",
    }),
  ];
});
