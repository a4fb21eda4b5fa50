import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { narrowingsOf } from "../catalog/statement";
import { interpolate, list, quote } from "../text/hcl";
import { quotas } from "../catalog/quotas";
import type { ModuleDefinition } from "../inputs/module-definition";
import { once } from "../text/memo";
import { allStatements, keepsSecrets } from "../inputs/type-variables";
import { finishedStatement, policyEntries } from "../policies/statements";
import { expression, localsOf } from "../policies/terraform";
import { checks } from "./checks";
import { type Element, locals, output, resource } from "./element";
import { attachesToOtherRoles, keepsItsPath } from "./names";
import { fits, isInAccount, plain, rule, type Rule, sizeOf } from "./rules";

/** The key of the policy that every module has: all statements, or those that no other holds. */
const MAIN = "merged";

/** Who has the policy: the access role in the databases' account, else the Database Service's. */
export const POLICY_ACCOUNT =
  "(var.create_access_role ? var.aws_account_id : local.service_account_id)";

/** A JSON document around `statements` (an expression). */
export function documentAround(statements: string): string {
  return `jsonencode({ Version = "2012-10-17", Statement = ${statements} })`;
}

/** Granted entries (an expression) as an output shows them: by Sid, without what is always the same. */
export function readable(entries: string, condition = ""): string {
  return `{ for entry in ${entries} : entry.statement.Sid => { for key, value in entry.statement : key => value if !contains(["Sid", "Effect"], key) }${condition === "" ? "" : ` if ${condition}`} }`;
}

/**
 * The granted entries, with the part of `count` (an expression) that each of their ARNs belongs to by
 * its hash.
 */
function parted(count: string): string {
  const weights = `[for part in range(${count}) : parseint(substr(sha1("\${part} \${arn}"), 0, 8), 16)]`;
  const part = `[for weights in [${weights}] : index(weights, max(weights...))][0]`;
  return `[for entry in local.granted_statements : { statement = entry.statement, arns = [for arn in try(distinct(tolist(entry.statement.Resource)), []) : { arn = arn, part = ${part} }] }]`;
}

/** The statements of the part that is `part` in scope, of entries as {@link parted} gives them. */
function statementsOfPart(entries: string): string {
  const arns = "[for arn in entry.arns : arn.arn if arn.part == part]";
  return `[for entry in ${entries} : merge(entry.statement, { Resource = [${arns}, entry.statement.Resource][length(entry.arns) == 0 ? 1 : 0] }) if length(entry.arns) == 0 ? part == 0 : length(${arns}) > 0]`;
}

/** The numbers of policies above the caller's that would hold everything, where that one does not. */
function fittingCounts(): string {
  const { managedPolicy, policiesPerRole } = quotas;
  const tooLong = `anytrue([for size in values(local.policy_sizes) : size > ${String(managedPolicy)}])`;
  const counts = `${tooLong} ? range(${plain("var.policy_count")} + 1, ${String(policiesPerRole + 1)}) : []`;
  const longest = `[for parted in [${parted("count")}] : max([for part in range(count) : ${sizeOf(documentAround(statementsOfPart("parted")))}]...)][0]`;
  return `[for count in ${counts} : count if ${longest} <= ${String(managedPolicy)}]`;
}

/**
 * The statements of each policy, by its key.
 *
 * - One policy holds everything, under a key that no change of types moves.
 * - With `split_policy_by_type`, it holds the first type, and each other type has one of its own.
 * - With `policy_count`, the ARNs are spread by their hash over so many: an ARN stays where it is
 *   while others come and go, and moves only where the number changes.
 */
function statementLocals(types: readonly DatabaseType[]): Record<string, unknown> {
  const [first, ...others] = types.map(({ name }) => name);
  const parts = '[for number in range(2, var.policy_count + 1) : "part-${number}"]';
  const split = plain("var.split_policy_by_type");
  const finished = expression(finishedStatement);
  const ofType = `{ for key, type in { ${[
    `${MAIN} = ${quote(first ?? "")}`,
    ...others.map((name) => `${quote(name)} = ${quote(name)}`),
  ].join(
    ", ",
  )} } : key => [for entry in local.granted_statements : ${finished} if entry.type == type] }`;
  const several = others.length > 0;
  return {
    further_policy_keys: interpolate(
      several ? `${split} ? ${list(others.map(quote))} : ${plain(parts)}` : plain(parts),
    ),
    parted_statements: interpolate(parted("var.policy_count")),
    policy_statements: interpolate(
      `[${[
        `{ ${MAIN} = [for entry in local.granted_statements : ${finished}] }`,
        `{ for part in range(var.policy_count) : (part == 0 ? "${MAIN}" : "part-\${part + 1}") => ${statementsOfPart("local.parted_statements")} }`,
        ...(several ? [ofType] : []),
      ].join(", ")}][${several ? `${split} ? 2 : ` : ""}${plain("var.policy_count")} > 1 ? 1 : 0]`,
    ),
    policies: interpolate(
      `{ for key in concat(["${MAIN}"], local.further_policy_keys) : key => ${documentAround("local.policy_statements[key]")} }`,
    ),
    policy_sizes: interpolate(`{ for key, policy in local.policies : key => ${sizeOf("policy")} }`),
    fitting_policy_counts: interpolate(fittingCounts()),
    policy_json: interpolate(
      documentAround(`[for entry in local.granted_statements : ${finished}]`),
    ),
  };
}

/** The ARNs that a caller gives, and the regions: each is in one partition. */
function foreignParts(types: readonly DatabaseType[]): string {
  const withUserRoles = types.some(({ userRole }) => userRole !== undefined);
  const given = [
    "var.service_role_permissions_boundary_arn",
    "var.access_role_permissions_boundary_arn",
    ...(withUserRoles ? ["var.user_role_permissions_boundary_arn"] : []),
    "var.eks_oidc_provider_arn",
    "var.teleport_oidc_provider_arn",
  ];
  const arns = [
    "coalesce(var.assume_role_arns, [])",
    `[for arn in [${given.join(", ")}] : arn if arn != null]`,
    ...types.flatMap(({ name, userRole }) =>
      userRole === undefined ? [] : [`var.${variablePrefix(name)}_user_role_arns`],
    ),
    ...types.flatMap(({ name, userRole }) =>
      userRole?.statements.length === 0
        ? [
            `flatten([for arns in var.${variablePrefix(name)}_user_role_policy_arns : values(arns)])`,
          ]
        : [],
    ),
    ...(keepsSecrets(types)
      ? ['[for key in var.kms_key_ids : key if can(regex("^arn:", key))]']
      : []),
  ];
  const regions = [...new Set(types.flatMap(allStatements).flatMap(narrowingsOf))].map(
    ({ variable }) => `coalesce(var.${variable}, [])[*].region`,
  );
  const partition =
    'startswith(region, "cn-") ? "aws-cn" : startswith(region, "us-gov-") ? "aws-us-gov" : "aws"';
  const foreignArns = `[for arn in concat(${arns.join(", ")}) : arn if !startswith(arn, "arn:\${var.aws_partition}:")]`;
  const foreignRegions = `[for region in distinct(concat(${[...new Set(regions)].join(", ")})) : region if !endswith(region, "*") && (${partition}) != var.aws_partition]`;
  return regions.length === 0 ? foreignArns : `concat(${foreignArns}, ${foreignRegions})`;
}

/** Rules about what is granted as a whole. */
function policyRules({ types }: ModuleDefinition): Rule[] {
  return [
    rule(
      "length(local.granted_statements) > 0",
      "the variables leave no statement in the policy, and IAM takes no empty one. Allow something, or set create_policy = false.",
    ),
    rule(
      "length(local.foreign) == 0",
      "${nonsensitive(jsonencode(local.foreign))}: these are of another partition than aws_partition (${nonsensitive(var.aws_partition)}). Use ARNs and regions of one partition: nothing can be used across partitions.",
    ),
    rule(
      "var.assume_role_arns == null || var.external_id == null",
      "external_id is set together with assume_role_arns, and the chain would break: with assume_role_arn in Teleport's configuration, the external ID is sent to the access role only. Set external_id where the access role is created (create_access_role), and here leave it out.",
    ),
    rule(
      "!var.service_role_self_assumption || var.create_service_role",
      "service_role_self_assumption makes a statement of the policy and one of the trust policy of the role that create_service_role creates, and one without the other allows nothing. Set it in the call that creates the role.",
    ),
    rule(
      "var.assume_role_arns == null || !var.create_access_role",
      "assume_role_arns and create_access_role are the two sides of one hop: call the module once per account, with assume_role_arns for the Database Service's and create_access_role for the databases'.",
    ),
    ...(keepsSecrets(types)
      ? [
          rule(
            `length(var.kms_key_ids) == 0 || ${managedUserSwitches(types)
              .map((name) => `var.${name}`)
              .join(" || ")}`,
            `kms_key_ids are for the secrets of managed users, and none are managed. Set ${managedUserSwitches(types).join(" or ")}, or leave kms_key_ids empty.`,
          ),
        ]
      : []),
    ...(types.length > 1
      ? [
          rule(
            "!var.split_policy_by_type || var.policy_count == 1",
            "split_policy_by_type and policy_count are two ways to need more policies. Set one of them; policy_count fills the policies best.",
          ),
          rule(
            "!var.split_policy_by_type || var.assume_role_arns == null",
            "with assume_role_arns the policy is one statement, which split_policy_by_type cannot split. Set split_policy_by_type = false.",
          ),
        ]
      : []),
  ];
}

/** The variables that turn managed users on. */
function managedUserSwitches(types: readonly DatabaseType[]): string[] {
  return types.flatMap(({ statements }) =>
    statements.flatMap(({ resources, switch: toggle }) =>
      resources.kind === "kms-keys" && toggle !== undefined ? [toggle.variable] : [],
    ),
  );
}

/** The number of policies that is enough for a policy which is too large, as long as a role takes so many. */
function morePolicies(several: boolean): string {
  const unsplit = several
    ? interpolate('var.split_policy_by_type ? "split_policy_by_type = false and " : ""')
    : "";
  return `\${length(local.fitting_policy_counts) > 0 ? "Set ${unsplit}policy_count = ${interpolate("local.fitting_policy_counts[0]")}." : "A role takes ${String(quotas.policiesPerRole)} policies by default, and they would not be enough."} `;
}

/** A policy and its attachment: the main one, or the further ones. */
function policy(
  name: "database_access" | "further",
  config: {
    readonly keys: string;
    readonly policyName: string;
    readonly rules: readonly Rule[];
    readonly dependsOn: readonly string[];
    /** Whether the module has several types. */
    readonly several: boolean;
  },
): Element[] {
  return [
    resource(
      "aws_iam_policy",
      name,
      {
        name: config.policyName,
        path: "${var.policy_path}",
        description: "${var.policy_description}",
        policy: "${local.policies[each.key]}",
      },
      {
        for_each: interpolate(`toset(${plain("var.create_policy")} ? ${config.keys} : [])`),
        tags: "${var.tags}",
        ...(config.dependsOn.length === 0 ? {} : { depends_on: config.dependsOn }),
        lifecycle: {
          create_before_destroy: true,
          // IAM cannot change it under one name, and a successor would find the name taken.
          ignore_changes: ["description"],
          precondition: [
            ...config.rules,
            keepsItsPath('"policy"'),
            rule(
              // Of a hop that is split, and of nothing granted at all, the other rules speak.
              `length(local.policy_statements[each.key]) > 0 || ${config.several ? "(var.split_policy_by_type && var.assume_role_arns != null) || " : ""}length(local.granted_statements) == 0`,
              "policy ${each.key} has no statement, and IAM takes no empty one. Leave out the type, lower policy_count, or set split_policy_by_type = false.",
            ),
            fits(
              "policy ${each.key}",
              "local.policy_sizes[each.key]",
              quotas.managedPolicy,
              `${morePolicies(config.several)}Name fewer resources, or use wildcards in their names.`,
            ),
          ],
          postcondition: [isInAccount(POLICY_ACCOUNT)],
        },
      },
    ),
    resource(
      "aws_iam_policy_attachment",
      name,
      {
        name: "${each.key}",
        policyArn: `\${aws_iam_policy.${name}[each.key].arn}`,
      },
      {
        for_each: interpolate(
          `toset(${plain("var.create_policy && (length(var.attach_to_roles) > 0 || var.create_service_role || var.create_access_role)")} ? ${config.keys} : [])`,
        ),
        roles: "${local.policy_roles}",
        lifecycle: { create_before_destroy: true },
      },
    ),
  ];
}

/**
 * What earlier versions of the module created, where it is now.
 *
 * Attachments by key were of another type: the new ones take their place without detaching.
 */
function history(types: readonly DatabaseType[]): Element[] {
  const policies = types.map(
    ({ name }, index) =>
      ({
        kind: "moved",
        from: `aws_iam_policy.database_access[${quote(name)}]`,
        to:
          index === 0
            ? `aws_iam_policy.database_access["${MAIN}"]`
            : `aws_iam_policy.further[${quote(name)}]`,
      }) as const,
  );
  const attachments = ["database_access", "service", "access"].map(
    (name) => ({ kind: "removed", from: `aws_iam_role_policy_attachment.${name}` }) as const,
  );
  return [...policies, ...attachments];
}

/** The Database Service's policies, their attachments, and the checks and outputs about them. */
export function policies(definition: ModuleDefinition): Element[] {
  const { types } = definition;
  const entries = policyEntries(types);
  const rules = [...policyRules(definition), attachesToOtherRoles];
  const several = types.length > 1;
  return [
    ...locals(
      localsOf([entries]),
      { foreign: interpolate(foreignParts(types)) },
      statementLocals(types),
      {
        // The roles' IDs and not their names: they are unknown where a role is replaced, so that
        // nothing that hangs on it stays behind.
        policy_roles:
          "${concat(values(var.attach_to_roles), aws_iam_role.service[*].id, aws_iam_role.access[*].id)}",
      },
    ),
    ...policy("further", {
      keys: "local.further_policy_keys",
      policyName: "${var.policy_name}.${each.key}",
      rules,
      dependsOn: [],
      several,
    }),
    ...policy("database_access", {
      keys: `["${MAIN}"]`,
      policyName: "${var.policy_name}",
      rules,
      // What moves from here to another policy is granted there before it goes here.
      dependsOn: ["aws_iam_policy_attachment.further"],
      several,
    }),
    ...history(types),
    ...checks(types),
    output("policy_json", {
      description:
        "The whole policy of the Database Service as JSON, whether or not create_policy creates it.",
      value: "${local.policy_json}",
      preconditions: rules.slice(1),
    }),
    ...fixedOutputs(),
  ];
}

/** The outputs about the policies that are the same in every module. */
const fixedOutputs = once((): readonly Element[] => {
  const limit = String(quotas.managedPolicy);
  const size = (value: string): string =>
    `{ size = ${value}, limit = ${limit}, headroom = ${limit} - ${value} }`;
  return [
    output("statements", {
      description:
        "The statements of the policy by Sid. Pass it on from your root: a plan then shows under its Sid what a change grants or takes away.",
      value: interpolate(readable("local.granted_statements")),
    }),
    output("policy_arns", {
      description:
        "ARNs of the created policies by key. Attach them yourself only where attach_to_roles is empty and the module creates no role: the module detaches its policies from all roles that it does not know.",
      value:
        "${{ for key, policy in merge(aws_iam_policy.database_access, aws_iam_policy.further) : key => policy.arn }}",
      preconditions: [
        rule(
          "var.create_policy || length(var.attach_to_roles) == 0",
          "attach_to_roles names roles, but create_policy is false, so there is no policy to attach. Set create_policy = true, or leave attach_to_roles empty.",
        ),
      ],
    }),
    output("policy_sizes", {
      description:
        "Size of each policy and of the permissions boundary as IAM counts it, the limit, and what is left of it, in characters, by key.",
      value: interpolate(
        `merge({ for key, value in local.policy_sizes : key => ${size("value")} }, var.create_permissions_boundary ? { permissions_boundary = ${size("local.permissions_boundary_size")} } : {})`,
      ),
    }),
  ];
});
