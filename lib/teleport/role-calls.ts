import type { Inputs } from "../inputs/assignments";
import { list, quote } from "../text/hcl";
import type { OwnPart } from "./module-call";
import { lineText } from "./place";
import type { AwsRole } from "./roles";

/** Gives the root a variable for what no file has, and returns its expression. */
type Variable = (name: string, description: string) => string;

function titlesOf(roles: Iterable<AwsRole>): string {
  return [...roles].map(({ title }) => title).join(" and ");
}

function nameValues({ name, path }: AwsRole): Inputs {
  return { role_name: name, ...(path === "/" ? {} : { role_path: path }) };
}

function typesMissing({ uses }: AwsRole): string[] {
  const use = uses.find(({ types }) => types.length === 0);
  if (use === undefined) return [];
  return [
    `The types of the databases that are registered elsewhere (${lineText(use.place)}): add them with --types`,
  ];
}

/** The call that creates a role that others assume. */
export function accessRole(role: AwsRole, variable: Variable): OwnPart {
  const { title, prefix, callName, arn = "", account = "", assumedBy, externalIds } = role;
  const assumers = titlesOf(assumedBy);
  const [where] = role.withoutExternalId;
  const others = [...assumedBy].filter((each) => each.account !== account);
  const needsId = externalIds.size === 0 && where !== undefined && others.length > 0;
  const isSure = needsId && others.some((each) => each.account !== undefined);
  const why = isSure
    ? "because the role that assumes it is in another account"
    : `if ${assumers} is in another account than ${account}`;
  const externalId = () =>
    variable(
      `${prefix}_external_id`,
      `The external ID of ${title}: external_id next to assume_role_arn in Teleport's configuration.`,
    );
  return {
    module: "access-role",
    name: callName,
    purpose: `The role ${arn}, assumed by ${assumers} to reach databases.`,
    defaults: {
      ...nameValues(role),
      ...(externalIds.size === 0 ? {} : { external_ids: [...externalIds.keys()] }),
    },
    call: {
      trusted_principals: list([...assumedBy].map((each) => each.expression("arn"))),
      ...(isSure ? { external_ids: list([externalId()]) } : {}),
    },
    missing: [
      ...(needsId
        ? [
            `An external ID, ${why}: external_ids, and external_id next to assume_role_arn (${lineText(where)}); or a condition on your organization: trust_conditions`,
          ]
        : []),
      ...typesMissing(role),
    ],
  };
}

/** The trust of a service's own role, as far as the files show it. */
function trust(role: AwsRole, variable: Variable): Required<Pick<OwnPart, "call" | "missing">> {
  if (role.kind === "integration") {
    const what = "The ARN of IAM's OIDC provider of the Teleport cluster.";
    const arn = variable("teleport_oidc_provider_arn", what);
    return {
      call: { trust_teleport_oidc_provider_arn: arn },
      missing: ["The OIDC provider of the Teleport cluster: trust_teleport_oidc_provider_arn"],
    };
  }
  if (role.serviceRole === undefined) {
    return {
      call: { trust_ec2: "true" },
      missing: [
        `The trusted place. This call assumes that Teleport runs on EC2 (trust_ec2 = true); for other places set trust_ecs, trust_eks_pod_identity or trust_eks_service_accounts. If ${role.title} exists, remove this call and name the role in attach_to_roles`,
      ],
    };
  }
  const { namespace, serviceAccount, arn } = role.serviceRole;
  const text = (value: string | undefined, name: string, what: string) =>
    value === undefined ? variable(name, what) : quote(value);
  const provider = "The ARN of IAM's OIDC provider of the EKS cluster.";
  const fields = [
    `oidc_provider_arn = ${variable("eks_oidc_provider_arn", provider)}`,
    `namespace = ${text(namespace, "kubernetes_namespace", "The namespace that the agent is installed into.")}`,
    `service_account = ${text(serviceAccount, "kubernetes_service_account", "The service account of the agent.")}`,
  ];
  return {
    call: { trust_eks_service_accounts: `[{ ${fields.join(", ")} }]` },
    missing: [
      "The OIDC provider of the EKS cluster: trust_eks_service_accounts",
      `The role ${arn.text}, if it exists already: import it into this call. Or remove the call, name the role in attach_to_roles, and allow it sts:AssumeRole on the roles below`,
    ],
  };
}

/** The call that creates a service's own role. */
export function serviceRole(role: AwsRole, variable: Variable): OwnPart {
  const { title, callName, assumes } = role;
  const { call, missing } = trust(role, variable);
  const arns = [...assumes]
    .filter((each) => each !== role)
    .map((each) => `${each.prefix} = ${each.expression("arn")}`);
  const hop = arns.length === 0 ? "" : ", with the permission to assume the roles below";
  return {
    module: "service-role",
    name: callName,
    purpose: `${title.charAt(0).toUpperCase()}${title.slice(1)}${hop}.`,
    defaults: { ...nameValues(role), ...(assumes.has(role) ? { assume_itself: true } : {}) },
    call: {
      ...call,
      ...(arns.length === 0 ? {} : { assume_role_arns: `{ ${arns.join(", ")} }` }),
    },
    missing: [...missing, ...typesMissing(role)],
  };
}
