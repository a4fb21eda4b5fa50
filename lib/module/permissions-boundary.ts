import { interpolate } from "../text/hcl";
import { quotas } from "../catalog/quotas";
import type { ModuleDefinition } from "../inputs/module-definition";
import { once } from "../text/memo";
import { permissionsBoundary as boundaryDocument } from "../policies/policy";
import { expression, localsOf } from "../policies/terraform";
import { type Element, locals, output, resource } from "./element";
import { keepsItsPath } from "./names";
import { POLICY_ACCOUNT } from "./policies";
import { fits, isInAccount, plain, rule, type Rule, sizeOf } from "./rules";

/** The boundary of a role that carries the policy: the module's own, or the caller's. */
export function boundaryOf(role: "service" | "access"): string {
  return `\${try(aws_iam_policy.permissions_boundary[0].arn, var.${role}_role_permissions_boundary_arn)}`;
}

/** That a role that carries the policy is given one boundary. */
export function hasOneBoundary(role: "service" | "access"): Rule {
  return rule(
    `!var.create_permissions_boundary || var.${role}_role_permissions_boundary_arn == null`,
    `create_permissions_boundary and ${role}_role_permissions_boundary_arn both give the role a boundary, and it takes one. Set one of them.`,
  );
}

/** The permissions boundary as a policy, and its outputs: of every module the same. */
const boundaryPolicy = once((): readonly Element[] => [
  resource(
    "aws_iam_policy",
    "permissions_boundary",
    {
      name: "${var.policy_name}-boundary",
      path: "${var.policy_path}",
      description: "${var.policy_description}",
      policy: "${local.permissions_boundary_json}",
    },
    {
      count: interpolate(`${plain("var.create_permissions_boundary")} ? 1 : 0`),
      tags: "${var.tags}",
      lifecycle: {
        // AWS deletes no policy that is a role's boundary: the role lets go of it first.
        create_before_destroy: true,
        ignore_changes: ["description"],
        precondition: [
          rule(
            "var.create_service_role || var.create_access_role",
            "create_permissions_boundary makes a boundary for the role that create_service_role or create_access_role creates, and neither is set. Set one, or put the output permissions_boundary_json into a policy of your own.",
          ),
          keepsItsPath('"policy"'),
          fits(
            "the permissions boundary",
            "local.permissions_boundary_size",
            quotas.managedPolicy,
            "A role has one boundary, which cannot be split: leave out types or statements.",
          ),
        ],
        postcondition: [isInAccount(POLICY_ACCOUNT)],
      },
    },
  ),
  output("permissions_boundary_json", {
    description:
      "The permissions boundary as JSON, whether or not create_permissions_boundary creates it.",
    value: "${local.permissions_boundary_json}",
  }),
  output("permissions_boundary_statements", {
    description:
      "The statements of the permissions boundary by Sid, as the output statements has those of the policy.",
    value:
      '${{ for statement in jsondecode(local.permissions_boundary_json).Statement : statement.Sid => { for key, value in statement : key => value if !contains(["Sid", "Effect"], key) } }}',
  }),
  output("permissions_boundary_arn", {
    description: "ARN of the created permissions boundary; null where there is none.",
    value: "${one(aws_iam_policy.permissions_boundary[*].arn)}",
  }),
]);

/** The permissions boundary of the role that carries the policy. */
export function permissionsBoundary({ types }: ModuleDefinition): Element[] {
  const document = boundaryDocument(types);
  return [
    ...locals(localsOf([document]), {
      permissions_boundary_json: interpolate(`jsonencode(${expression(document)})`),
      permissions_boundary_size: interpolate(sizeOf("local.permissions_boundary_json")),
    }),
    ...boundaryPolicy(),
  ];
}
