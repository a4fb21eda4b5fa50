import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";
import type { Inputs } from "../inputs/assignments";
import type { Rule } from "../inputs/validation";
import type { Variable } from "../inputs/variable";
import { interpolate } from "../text/hcl";
import { ModuleStack } from "./module-stack";
import { createdInAccount, label, trustPolicyFits } from "./rules";

/** The parts of a role that differ between the modules. */
interface Role {
  /** The name of the resource in the module. */
  readonly resource: string;
  readonly description: string;
  /** The description of its output `role_arn`. */
  readonly arnDescription: string;
  readonly preconditions: readonly Rule[];
}

/** A module that makes one role, trusted by the local value `trust_policy_json`. */
export class RoleStack extends ModuleStack {
  /** @param defaults values that replace the defaults of `variables` */
  constructor(
    scope: Construct,
    id: string,
    marker: string,
    variables: readonly Variable[],
    defaults: Inputs,
  ) {
    super(scope, id, marker);
    this.addVariables(variables, defaults);
    this.addLocals(label("Role", "var.role_name"));
  }

  /** Adds the role, and the outputs with its name and ARN. */
  protected addRole({ resource, description, arnDescription, preconditions }: Role): void {
    this.addResource(
      IamRole,
      resource,
      {
        name: "${var.role_name}",
        path: "${var.role_path}",
        description,
        assumeRolePolicy: "${local.trust_policy_json}",
        permissionsBoundary: "${var.permissions_boundary_arn}",
      },
      {
        tags: "${var.tags}",
        lifecycle: {
          precondition: [...preconditions, trustPolicyFits("local.trust_policy_json")],
        },
      },
    );
    const role = `aws_iam_role.${resource}`;
    this.addOutput(
      "role_name",
      "Name of the role, for attach_to_roles of the modules that make policies.",
      interpolate(`${role}.id`),
    );
    this.addOutput("role_arn", arnDescription, interpolate(`${role}.arn`), [
      createdInAccount("role", `${role}.arn`),
    ]);
  }

  /**
   * Adds the output with the rule for `spec.allow` of a join token of Teleport's IAM method that lets the
   * sessions of the role join, as a list. A caller's identity has the role's name without its path.
   *
   * @see https://goteleport.com/docs/reference/deployment/join-methods/#aws-iam-role-iam
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
   */
  protected addTokenRules(): void {
    this.addOutput(
      "teleport_token_rules",
      "For spec.allow of a join token with join_method iam: lets every session of the role join.",
      interpolate(
        '[{ aws_account = var.aws_account_id, aws_arn = "arn:${var.aws_partition}:sts::${var.aws_account_id}:assumed-role/${var.role_name}/*" }]',
      ),
    );
  }
}
