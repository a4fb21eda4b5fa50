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

/** The module for a role that the Discovery Service has, or assumes first. */
function roleModule(role: DiscoveryRole): NeededModule {
  const { assumeRoleArn, externalId } = role;
  const types = role.types.map(({ name }) => name);
  if (assumeRoleArn === undefined) {
    return {
      purpose:
        'What the Discovery Service\'s role may do. Where that is the Database Service\'s role, too, leave this out and set services=["database","discovery"] above.',
      types,
      defaults: { policy_name: "DatabaseDiscovery", ...discovery(role) },
      call: {},
    };
  }
  const { account, name } = roleParts(assumeRoleArn);
  return {
    purpose: `The role ${assumeRoleArn}, which the Discovery Service assumes first.`,
    types,
    defaults: {
      aws_account_id: account,
      ...partitionInputs(assumeRoleArn),
      policy_name: "DatabaseDiscovery",
      create_access_role: true,
      access_role_name: name,
      ...(externalId === undefined ? {} : { external_id: externalId }),
      ...discovery(role),
    },
    call: {},
  };
}

/**
 * The modules that the Discovery Service needs: one for its own role, the hop to roles that it
 * assumes first, and one for each of these. A role of an AWS OIDC integration belongs to the integration.
 */
export function discoveryModules(roles: readonly DiscoveryRole[]): NeededModule[] {
  const own = roles.filter(
    ({ discoverer, integration }) =>
      discoverer === "discovery-service" && integration === undefined,
  );
  const arns = own.flatMap(({ assumeRoleArn }) => assumeRoleArn ?? []);
  const [first] = arns;
  const hop = (): NeededModule => ({
    purpose: "The hop of the Discovery Service's role to the roles that it assumes first.",
    types: own.slice(0, 1).flatMap(({ types }) => types.map(({ name }) => name)),
    defaults: {
      ...partitionInputs(first ?? ""),
      policy_name: "DatabaseDiscovery-assume-role",
      services: ["discovery"],
      assume_role_arns: arns,
    },
    call: {},
  });
  return [
    ...own.filter(({ assumeRoleArn }) => assumeRoleArn === undefined).map(roleModule),
    ...(first === undefined ? [] : [hop()]),
    ...own.filter(({ assumeRoleArn }) => assumeRoleArn !== undefined).map(roleModule),
  ];
}
