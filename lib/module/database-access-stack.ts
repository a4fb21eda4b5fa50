import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import type { DatabaseType } from "../catalog/database-type";
import type { Inputs } from "../inputs/assignments";
import { type ModuleDefinition, withUserRoles } from "../inputs/module-definition";
import { dbUsers } from "../policies/db-users";
import { openedNarrowings } from "../policies/overlaps";
import {
  moduleStatements,
  boundaryStatements,
  policyStatements,
  userRoleStatements,
} from "../policies/statements";
import { expression, localsOf } from "../policies/terraform";
import { interpolate } from "../text/hcl";
import { ModuleStack } from "./module-stack";
import { policyRules } from "./policy-rules";
import { createdInAccount, documentOf, isInAccount, label, rule, shown } from "./rules";
import { teleportDatabaseAws } from "./teleport-configuration";
import { addUserRoles, givenPolicyRules } from "./user-roles";

/** All statements that the module can make, as an expression. */
function everyStatement(types: readonly DatabaseType[]): string {
  const ofUserRoles = types
    .filter(({ userRole }) => userRole?.statements !== undefined)
    .map((type) => expression(userRoleStatements(type)));
  return `concat(${[expression(moduleStatements(types)), "var.additional_statements", ...ofUserRoles].join(", ")})`;
}

/**
 * The module that gives Teleport's Database Service access to AWS databases of some types: one policy,
 * its attachments to the roles that the caller names, and the roles that database users connect as.
 *
 * @see https://goteleport.com/docs/enroll-resources/database-access/reference/aws/
 */
export class DatabaseAccessStack extends ModuleStack {
  /** @param defaults values that replace the defaults of the module's variables */
  constructor(
    scope: Construct,
    id: string,
    marker: string,
    { types, variables }: ModuleDefinition,
    defaults: Inputs = {},
  ) {
    super(scope, id, marker);
    this.addVariables(variables, defaults);
    this.addPolicy(types);
    this.addStatements(types);
    if (withUserRoles(types).length > 0) addUserRoles(this, withUserRoles(types));
    this.addTeleportOutputs(types);
  }

  private addPolicy(types: readonly DatabaseType[]): void {
    const statements = policyStatements(types);
    const rules = policyRules(types);
    this.addLocals({
      ...label("Policy", "var.policy_name"),
      ...localsOf([statements]),
      policy_json: interpolate(documentOf(expression(statements))),
      // IAM does not count white space.
      policy_size: interpolate(shown('length(replace(local.policy_json, "/\\\\s/", ""))')),
      create_policy: interpolate(shown("var.create_policy")),
    });
    this.addResource(
      IamPolicy,
      "database_access",
      {
        name: "${var.policy_name}",
        path: "${var.policy_path}",
        description: "What the Teleport Database Service may do in AWS.",
        policy: "${local.policy_json}",
      },
      {
        count: "${local.create_policy ? 1 : 0}",
        tags: "${var.tags}",
        lifecycle: {
          // IAM cannot change a description. Another one would replace the policy.
          ignore_changes: ["description"],
          precondition: [
            ...rules.map(([condition, message]) => rule(condition, message)),
            rule(
              "local.policy_size <= 6144",
              'it would have ${local.policy_size} characters; IAM allows 6,144. Write "*" in place of several names, or call the module twice (by type, region or team), each with its own policy_name.',
            ),
          ],
        },
      },
    );
    this.addResource(
      IamRolePolicyAttachment,
      "database_access",
      {
        role: "${var.attach_to_roles[each.key]}",
        policyArn: "${aws_iam_policy.database_access[0].arn}",
      },
      {
        for_each: interpolate(
          `toset(local.create_policy ? ${shown("keys(var.attach_to_roles)")} : [])`,
        ),
        lifecycle: {
          precondition: [
            createdInAccount(
              "policy",
              "aws_iam_policy.database_access[0].arn",
              " It is attached to no role.",
            ),
          ],
        },
      },
    );
    this.addOutput(
      "policy_arn",
      "ARN of the policy; null if create_policy is false.",
      "${one(aws_iam_policy.database_access[*].arn)}",
      [
        rule(
          "local.create_policy || length(var.attach_to_roles) == 0",
          "attach_to_roles has roles, but create_policy is false. Set create_policy = true, or attach_to_roles = {}.",
        ),
        {
          ...createdInAccount("policy", "aws_iam_policy.database_access[0].arn"),
          condition: interpolate(
            `length(var.attach_to_roles) > 0 || alltrue([for arn in aws_iam_policy.database_access[*].arn : ${isInAccount("arn")}])`,
          ),
        },
      ],
    );
    this.addOutput(
      "policy_json",
      "The policy document as JSON, also if create_policy is false.",
      "${local.policy_json}",
      // The resource has these rules, too. One mistake gets one message.
      rules.map(([condition, message]) => rule(`local.create_policy || (${condition})`, message)),
    );
    const opened = openedNarrowings(types);
    if (opened === undefined) return;
    this.addLocals(localsOf([opened]));
    const warning = rule(
      "length(flatten(local.opened_narrowings)) == 0",
      `${interpolate(shown('join("; ", flatten(local.opened_narrowings))'))}. To allow everything on purpose, give each one object whose fields are all "*".`,
    );
    this.addBlock("check.narrowed", { check: { narrowed: { assert: [warning] } } });
  }

  /** Adds `terraform_data.statements`, which shows changed statements by Sid in a plan, and the boundary. */
  private addStatements(types: readonly DatabaseType[]): void {
    const boundary = boundaryStatements(types);
    this.addLocals({
      statements_by_sid: interpolate(
        // A duplicate Sid has a message of its own, so it must not fail here.
        `merge([for statement in ${everyStatement(types)} : { (statement.Sid) = { for key, value in statement : key => value if key != "Sid" } }]...)`,
      ),
      ...localsOf([boundary]),
    });
    // CDKTF's class asks the terraform on the PATH for its version.
    this.addBlock("terraform_data.statements", {
      resource: {
        terraform_data: { statements: { triggers_replace: "${local.statements_by_sid}" } },
      },
    });
    this.addOutput(
      "statements",
      "The statements by Sid. The Resource of a statement that is not granted is empty.",
      "${local.statements_by_sid}",
      givenPolicyRules(withUserRoles(types)),
    );
    this.addOutput(
      "permissions_boundary_json",
      "A permissions boundary for roles that carry the policy, as JSON for an aws_iam_policy of your own. It names no database.",
      interpolate(documentOf(expression(boundary))),
    );
  }

  /** Adds what Teleport's configuration must say to match the module. */
  private addTeleportOutputs(types: readonly DatabaseType[]): void {
    this.addLocals(teleportDatabaseAws(types));
    this.addOutput(
      "teleport_database_aws",
      "By type, the aws settings of a database in Teleport's configuration that match the module.",
      "${local.teleport_database_aws}",
    );
    const users = types.map((type) => [type.name, dbUsers(types, type)] as const);
    this.addLocals(localsOf(users.map(([, term]) => term)));
    this.addOutput(
      "teleport_db_users",
      'By type, the database users that the policy allows, for spec.allow.db_users of a Teleport role. A name that ends in "*" is a prefix for IAM and matches nobody in Teleport: write the names there.',
      Object.fromEntries(users.map(([type, term]) => [type, interpolate(expression(term))])),
    );
  }
}
