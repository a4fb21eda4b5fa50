import { databaseTypes } from "../../catalog";
import { selectTypes } from "../../catalog/select-types";
import { defineModule } from "../../inputs/module-definition";
import { checkInputs } from "../../inputs/assignments";
import type { Configuration } from "../../teleport/configuration";
import { discoveryModules } from "../../teleport/discovery-modules";
import { type DiscoveryRole, discoveryRoles } from "../../teleport/discovery-roles";
import type { Format } from "../../teleport/formats";
import { type NeededModule, neededModules, undetermined } from "../../teleport/needed-modules";
import { placeText, type Remark } from "../../teleport/place";
import { type Input, readConfiguration } from "../../teleport/read";
import { usesOf } from "../../teleport/uses";
import { UserError } from "../../text/user-error";

/** A module that a configuration needs, and what the configuration does not say about it. */
export interface ModuleForConfiguration extends NeededModule {
  /** Sentences that name the variables that are left to the caller. */
  readonly unsaid: readonly string[];
}

/** What was read from Teleport's configuration. */
export interface ConfigurationReading {
  /** Never empty; the first is for the Database Service's own role, where there is one. */
  readonly modules: readonly [ModuleForConfiguration, ...ModuleForConfiguration[]];
  /** What was concluded from which place, in the order of the files. */
  readonly conclusions: readonly Remark[];
  /** Unknown keys, and other things that were not read. */
  readonly warnings: readonly Remark[];
  /** The roles that discover, each with what it must find. */
  readonly discovery: readonly DiscoveryRole[];
  /** Whether there are databases of MongoDB Atlas, whose users may be IAM roles. */
  readonly hasAtlas: boolean;
  /** The Database Service's role, where a service account says it. */
  readonly serviceRoleArn: string | undefined;
}

/** Why there is nothing to compose, with what was read in vain. */
function nothingToCompose(configuration: Configuration): UserError {
  const { databaseServices, passedOver, atlasDatabases } = configuration;
  const why =
    databaseServices.length > 0
      ? "The Database Service is told of no database of AWS, and of none that is registered elsewhere."
      : "Nothing here configures a Database Service or a database of AWS.";
  const seen = [...passedOver, ...atlasDatabases];
  const lines = seen.slice(0, 5).map((remark) => `\n  ${placeText(remark)}: ${remark.text}`);
  const more = seen.length > 5 ? `\n  and ${String(seen.length - 5)} more` : "";
  return new UserError(
    `${why} Name what does, too (--from, as often as needed), or the types: --types rds,redshift, without --from.${lines.join("")}${more}`,
  );
}

/**
 * The modules that give a Database Service what its configuration needs.
 *
 * @param inputs files that each say a part, in any of the formats
 * @param otherTypes types of databases that are registered elsewhere (`db_service.resources`)
 * @param format the one format that all files have; found out by their content without
 * @throws UserError with its place for what cannot be read, and where nothing is needed
 * @see https://goteleport.com/docs/enroll-resources/database-access/reference/configuration/
 */
export function readTeleportConfiguration(
  inputs: readonly Input[],
  otherTypes: readonly string[] = [],
  format?: Format,
): ConfigurationReading {
  const others = otherTypes.length === 0 ? [] : selectTypes(otherTypes).types;
  const configuration = readConfiguration(inputs, format);
  const { uses, conclusions } = usesOf(configuration, others);
  if (others.length > 0 && !uses.some(({ isOpen }) => isOpen)) {
    throw new UserError(
      "--types adds nothing here: it names the types of databases that are registered elsewhere, and the file has no db_service.resources that matches any. Leave it out.",
    );
  }
  const [role] = configuration.serviceRoles;
  const discovery = discoveryRoles(configuration);
  const needed = [...neededModules(uses, role), ...discoveryModules(discovery)];
  const [first, ...more] = needed.map((module) => {
    if (module.types.length > 0) {
      const selected = selectTypes(module.types).types;
      checkInputs(defineModule(selected), module.defaults);
    }
    return { ...module, unsaid: undetermined(module, databaseTypes, role) };
  });
  if (first === undefined) throw nothingToCompose(configuration);
  if (first.types.length === 0) {
    throw new UserError(
      "It does not say of which types the databases are: they are registered elsewhere, or not known yet. Name their types: --types rds,redshift",
    );
  }
  const files = inputs.map(({ file }) => file);
  const inOrder = (remarks: readonly Remark[]): Remark[] =>
    [...remarks].sort(
      (a, b) =>
        files.indexOf(a.file) - files.indexOf(b.file) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0),
    );
  return {
    modules: [first, ...more],
    conclusions: inOrder([
      ...conclusions,
      ...configuration.passedOver,
      ...configuration.atlasDatabases,
    ]),
    warnings: inOrder(configuration.warnings),
    discovery,
    hasAtlas: configuration.atlasDatabases.length > 0,
    serviceRoleArn: role?.arn.text,
  };
}
