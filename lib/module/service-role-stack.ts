import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import type { Inputs } from "../inputs/assignments";
import { serviceRoleVariables } from "../inputs/role-variables";
import {
  assumesRoles,
  narrowsWithTags,
  serviceRoleLocals,
  serviceRoleStatements,
} from "../policies/service-role";
import { interpolate } from "../text/hcl";
import { RoleStack } from "./role-stack";
import { documentOf, isInAccount, rule, shown } from "./rules";

/** The module of the Database Service's own role. */
export class ServiceRoleStack extends RoleStack {
  /** @param defaults values that replace the defaults of the module's variables */
  constructor(scope: Construct, id: string, marker: string, defaults: Inputs = {}) {
    super(scope, id, marker, serviceRoleVariables, defaults);
    this.addLocals({
      ...serviceRoleLocals,
      trust_policy_json: interpolate(documentOf("local.trust_policy_statements")),
      foreign_providers: interpolate(
        `[for arn in concat(var.trust_eks_service_accounts[*].oidc_provider_arn, var.trust_teleport_oidc_provider_arn[*]) : arn if !${isInAccount("arn")}]`,
      ),
      policy_json: interpolate(documentOf(serviceRoleStatements)),
    });
    this.addRole({
      resource: "service",
      description: "Teleport's Database Service.",
      arnDescription:
        "ARN of the role, for trusted_principals of the access role and of database-user roles.",
      preconditions: [
        rule(
          "length(local.trust_statements) > length(local.own_role_trust)",
          "no trust_… variable is set, so nobody could assume the role. Set trust_ec2, trust_ecs, trust_eks_pod_identity, trust_eks_service_accounts or trust_teleport_oidc_provider_arn. Several can be set while you move from one to another.",
        ),
        rule(
          narrowsWithTags,
          "trust_eks_pod_identity names clusters, namespaces or service accounts, but session_tags is false. EKS names them by session tags only: set session_tags = true, or leave the lists empty.",
        ),
        rule(
          "length(local.foreign_providers) == 0",
          "an OIDC provider belongs to another account than aws_account_id, and IAM trusts providers of the role's account alone. Use the provider of the role's account.",
        ),
      ],
    });
    this.addResource(
      IamRolePolicy,
      "assume_roles",
      {
        name: "AssumeRoles",
        role: "${aws_iam_role.service.id}",
        policy: "${local.policy_json}",
      },
      { count: interpolate(`${shown(assumesRoles)} ? 1 : 0`) },
    );
    this.addResource(
      IamInstanceProfile,
      "service",
      {
        name: "${var.role_name}",
        path: "${var.role_path}",
        role: "${aws_iam_role.service.id}",
      },
      { count: interpolate(`${shown("var.trust_ec2")} ? 1 : 0`), tags: "${var.tags}" },
    );
    this.addOutput(
      "instance_profile_name",
      "Name of the instance profile; null if trust_ec2 is false.",
      "${one(aws_iam_instance_profile.service[*].name)}",
    );
    this.addTokenRules();
  }
}
