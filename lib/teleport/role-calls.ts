import { list, quote } from "../text/hcl";
import type { Planner } from "./calls";
import type { ModuleCall } from "./module-call";
import { placeText } from "./place";
import type { RoleContext } from "./role-words";
import { type AwsRole, roleParts, type RoleKey } from "./roles";

const byTitle = (planner: Planner, keys: Iterable<RoleKey>): string =>
  [...keys].map((key) => planner.context(key).words.title).join(" and ");

/** What is missing about databases of which no file has the types. */
function typesMissing({ uses }: AwsRole): string[] {
  const untyped = uses.find(({ types }) => types.length === 0);
  return untyped === undefined
    ? []
    : [
        `The types of databases that are registered elsewhere (${placeText({ ...untyped.place, column: undefined })}): --types`,
      ];
}

/** What is missing about the external ID of a role in another account. */
function externalIdMissing(planner: Planner, { role, account }: RoleContext): string[] {
  const assumers = [...role.assumedBy].map((key) => planner.context(key));
  const [where] = role.withoutExternalId;
  if (role.externalIds.size > 0 || where === undefined) return [];
  if (assumers.every((each) => each.account === account)) return [];
  const isSure = assumers.some((each) => each.account !== undefined && each.account !== account);
  const reason = isSure
    ? "because who assumes the role is in another account"
    : `if ${byTitle(planner, role.assumedBy)} is in another account than ${account ?? ""}`;
  return [
    `An external ID, ${reason}: external_ids, and external_id beside assume_role_arn (${placeText({ ...where, column: undefined })}); or a condition on your organization: trust_conditions`,
  ];
}

function accessRole(planner: Planner, context: RoleContext, name: string): ModuleCall {
  const { role, account, words } = context;
  const { path, name: roleName } = roleParts(role.arn ?? "");
  const place = planner.place(context);
  const missing = externalIdMissing(planner, context);
  const demands = missing.some((sentence) => sentence.includes("because"));
  const externalIds = [...role.externalIds.keys()];
  return {
    module: "access-role",
    name,
    purpose: `The role ${role.arn ?? ""}, which ${byTitle(planner, role.assumedBy)} assumes first.`,
    account,
    types: [],
    defaults: {
      ...place.defaults,
      role_name: roleName,
      ...(path === "/" ? {} : { role_path: path }),
      ...(externalIds.length === 0 ? {} : { external_ids: externalIds }),
    },
    call: {
      ...place.call,
      trusted_principals: list(
        [...role.assumedBy].map((key) => planner.context(key).expressions.arn),
      ),
      ...(demands
        ? {
            external_ids: list([
              planner.variable(
                `${words.prefix}_external_id`,
                `The external ID of the role ${role.arn ?? ""}, as Teleport's configuration has it beside assume_role_arn.`,
              ),
            ]),
          }
        : {}),
    },
    missing: [...missing, ...typesMissing(role)],
    open: [],
  };
}

/** Who may assume a service's own role, as far as files say. */
function trust(
  planner: Planner,
  { role: { key, account }, words }: RoleContext,
): { readonly call: Readonly<Record<string, string>>; readonly missing: readonly string[] } {
  if (key.startsWith("integration:")) {
    const arn = planner.variable(
      "teleport_oidc_provider_arn",
      "The ARN of IAM's OIDC provider of the Teleport cluster.",
    );
    return {
      call: { trust_teleport_oidc_provider_arn: arn },
      missing: ["The OIDC provider of the Teleport cluster: trust_teleport_oidc_provider_arn"],
    };
  }
  if (account !== undefined) {
    const { namespace, serviceAccount } = account;
    const text = (value: string | undefined, name: string, what: string) =>
      value === undefined ? planner.variable(name, what) : quote(value);
    const fields = [
      `oidc_provider_arn = ${planner.variable("eks_oidc_provider_arn", "The ARN of IAM's OIDC provider of the EKS cluster.")}`,
      `namespace = ${text(namespace?.text, "kubernetes_namespace", "The namespace that the agent is installed into.")}`,
      `service_account = ${text(serviceAccount?.text, "kubernetes_service_account", "The service account of the agent.")}`,
    ];
    return {
      call: { trust_eks_service_accounts: `[{ ${fields.join(", ")} }]` },
      missing: [
        "The OIDC provider of the EKS cluster: trust_eks_service_accounts",
        `Whether the role ${account.arn.text} exists: if so, import it into this call, or remove the call, name the role in attach_to_roles, and allow it sts:AssumeRole on the roles below`,
      ],
    };
  }
  return {
    call: { trust_ec2: "true" },
    missing: [
      `Where Teleport runs: trust_ec2 = true is a guess; trust_ecs, trust_eks_pod_identity and trust_eks_service_accounts are the others. If ${words.title} exists, remove this call and name the role in attach_to_roles`,
    ],
  };
}

function serviceRole(planner: Planner, context: RoleContext, name: string): ModuleCall {
  const { role, account, words } = context;
  const { path, name: roleName } =
    role.arn === undefined ? { path: "/", name: words.roleName } : roleParts(role.arn);
  const place = planner.place(context);
  const trusted = trust(planner, context);
  const assumed = [...role.assumes]
    .filter((key) => key !== role.key)
    .map((key) => planner.context(key));
  const arns = assumed.map(({ expressions }) => {
    const key = expressions.call?.replace(/^access_role_/, "") ?? "role";
    return `${key} = ${expressions.arn}`;
  });
  return {
    module: "service-role",
    name,
    purpose: `${words.title.charAt(0).toUpperCase()}${words.title.slice(1)}${arns.length === 0 ? "" : ", and its hop to the roles that it assumes first"}.`,
    account,
    types: [],
    defaults: {
      ...place.defaults,
      role_name: roleName,
      ...(path === "/" ? {} : { role_path: path }),
      ...(role.assumes.has(role.key) ? { assume_itself: true } : {}),
    },
    call: {
      ...place.call,
      ...trusted.call,
      ...(arns.length === 0 ? {} : { assume_role_arns: `{ ${arns.join(", ")} }` }),
    },
    missing: [
      ...(account === undefined ? [`The account of ${words.title}: aws_account_id`] : []),
      ...trusted.missing,
      ...typesMissing(role),
    ],
    open: [],
  };
}

/** The call that creates a role; nothing if it is there. */
export function roleCall(planner: Planner, context: RoleContext): ModuleCall | undefined {
  const { call } = context.expressions;
  if (call === undefined) return undefined;
  return context.role.key.startsWith("arn:")
    ? accessRole(planner, context, call)
    : serviceRole(planner, context, call);
}
