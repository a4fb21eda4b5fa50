import type { Inputs } from "../inputs/assignments";
import type { DiscoveryRole } from "./discovery-roles";
import { roleParts } from "./module-defaults";
import type { NeededModule } from "./needed-modules";
import { partitionOf } from "./regions";

/** What every module for discovery alone has. */
function discovery({ listsRegions }: Pick<DiscoveryRole, "listsRegions">): Inputs {
  return { services: ["discovery"], ...(listsRegions ? { discover_all_regions: true } : {}) };
}

function partitionInputs(arn: string): Inputs {
  const partition = partitionOf(arn);
  return partition === "aws" ? {} : { aws_partition: partition };
}

/** The role that the Discovery Service has: that of its agent, or of an AWS OIDC integration. */
interface OwnRole {
  readonly purpose: string;
  readonly hopPurpose: string;
  readonly policyName: string;
  /** Who may assume it, where the module that creates it can know. */
  readonly trust: Inputs;
}

function ownRole(integration: string | undefined): OwnRole {
  if (integration === undefined) {
    return {
      purpose:
        'What the Discovery Service\'s role may do. Where that is the Database Service\'s role, too, leave this out and set services=["database","discovery"] above.',
      hopPurpose: "The hop of the Discovery Service's role to the roles that it assumes first.",
      policyName: "DatabaseDiscovery",
      trust: {},
    };
  }
  return {
    purpose: `The role of the AWS OIDC integration ${integration}, which the Discovery Service assumes.`,
    hopPurpose: `The role of the AWS OIDC integration ${integration}, and its hop to the roles that it assumes first.`,
    policyName: "DatabaseDiscovery-integration",
    trust: {
      create_service_role: true,
      service_role_name: "teleport-discovery",
      service_role_trust: "oidc-integration",
    },
  };
}

/** The module for a role that the Discovery Service assumes first. */
function assumedModule(role: DiscoveryRole, arn: string): NeededModule {
  const { account, name } = roleParts(arn);
  return {
    purpose: `The role ${arn}, which the Discovery Service assumes first.`,
    types: role.types.map((type) => type.name),
    defaults: {
      aws_account_id: account,
      ...partitionInputs(arn),
      policy_name: "DatabaseDiscovery",
      create_access_role: true,
      access_role_name: name,
      ...(role.integration === undefined ? {} : { service_role_name: "teleport-discovery" }),
      ...(role.externalId === undefined ? {} : { external_id: role.externalId }),
      ...discovery(role),
    },
    call: {},
  };
}

/** The modules for the roles of one origin: the own role, the hop, and the roles behind it. */
function modulesOf(roles: readonly DiscoveryRole[]): NeededModule[] {
  const [first] = roles;
  if (first === undefined) return [];
  const own = ownRole(first.integration);
  const direct = roles.filter(({ assumeRoleArn }) => assumeRoleArn === undefined);
  const behind = roles.flatMap((role) =>
    role.assumeRoleArn === undefined ? [] : [[role, role.assumeRoleArn] as const],
  );
  const arns = behind.map(([, arn]) => arn);
  return [
    ...direct.map((role) => ({
      purpose: own.purpose,
      types: role.types.map(({ name }) => name),
      defaults: { policy_name: own.policyName, ...own.trust, ...discovery(role) },
      call: {},
    })),
    ...(arns.length === 0
      ? []
      : [
          {
            purpose: own.hopPurpose,
            types: first.types.map(({ name }) => name),
            defaults: {
              ...partitionInputs(arns[0] ?? ""),
              policy_name: `${own.policyName}-assume-role`,
              ...(direct.length === 0 ? own.trust : {}),
              services: ["discovery"],
              assume_role_arns: arns,
            },
            call: {},
          },
        ]),
    ...behind.map(([role, arn]) => assumedModule(role, arn)),
  ];
}

/**
 * The modules that the Discovery Service needs, for its own role and for that of each AWS OIDC
 * integration: one for the role, the hop to roles that it assumes first, and one for each of these.
 */
export function discoveryModules(roles: readonly DiscoveryRole[]): NeededModule[] {
  const found = roles.filter(({ discoverer }) => discoverer === "discovery-service");
  const origins = new Set(found.map(({ integration }) => integration));
  return [...origins].flatMap((origin) =>
    modulesOf(found.filter(({ integration }) => integration === origin)),
  );
}
