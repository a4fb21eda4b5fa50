import { databaseTypes } from "../../catalog";
import { selectTypes } from "../../catalog/select-types";
import { composition } from "../../policies/composition";
import { checkInputs } from "../../inputs/assignments";
import { UserError } from "../../user-error";
import { knownKeys } from "../../teleport/known-keys";
import { type NeededModule, neededModules, unsaid } from "../../teleport/modules";
import { parseConfiguration } from "../../teleport/parse";
import type { Remark } from "../../teleport/section";
import { readUses } from "../../teleport/uses";

/** A module that a configuration needs, and what the configuration does not say about it. */
export interface ModuleForConfiguration extends NeededModule {
  /** Sentences that name the variables that are left to the caller. */
  readonly unsaid: readonly string[];
}

/** What was read from Teleport's configuration. Lines and columns count from 1. */
export interface ConfigurationReading {
  /** Never empty; the first is for the Database Service's own role. */
  readonly modules: readonly [ModuleForConfiguration, ...ModuleForConfiguration[]];
  /** What was concluded from which line. */
  readonly conclusions: readonly Remark[];
  /** Unknown keys, and other things that were not read. */
  readonly warnings: readonly Remark[];
}

/** A configuration that needs no permissions, as far as it says. */
function nothingToCompose(what: string): UserError {
  return new UserError(`${what} Name the types that it does not: --types rds,redshift`);
}

/**
 * The modules that give a Database Service what its configuration file needs.
 *
 * @param text the teleport.yaml
 * @param otherTypes types of databases that are registered elsewhere (`db_service.resources`)
 * @throws UserError with line and column for what cannot be read, and for a file that needs nothing
 * @see https://goteleport.com/docs/enroll-resources/database-access/reference/configuration/
 */
export function readTeleportConfiguration(
  text: string,
  otherTypes: readonly string[] = [],
): ConfigurationReading {
  const others = otherTypes.length === 0 ? [] : selectTypes(otherTypes).types;
  const { source, file } = parseConfiguration(text);
  const conclusions: Remark[] = [];
  if (file.has("discovery_service")) {
    conclusions.push({
      ...file.placeOf("discovery_service"),
      text: "discovery_service: out of scope, for its permissions are another role's; the databases that it finds are the ones that db_service.resources matches",
    });
  }
  if (!file.has("db_service")) {
    throw nothingToCompose("The file has no db_service, so it configures no Database Service.");
  }
  const service = file.section("db_service", knownKeys.db_service);
  const { uses, conclusions: ofService } = readUses(service);
  conclusions.push(...ofService);
  if (/^(no|off|false|n|0)$/i.test(service.text("enabled")?.text ?? "")) {
    source.warnings.push({ ...service.placeOf("enabled"), text: "db_service is not enabled." });
  }
  if (others.length > 0 && uses.every(({ types }) => types.length > 0)) {
    throw new UserError(
      "--types adds nothing here: it names the types of databases that are registered elsewhere, and the file has no db_service.resources that matches any. Leave it out.",
    );
  }
  const [first, ...more] = neededModules(uses, others).map((module) => {
    if (module.types.length > 0) {
      const selected = selectTypes(module.types).types;
      checkInputs(composition(selected, "DatabaseAccess"), module.defaults);
    }
    return { ...module, unsaid: unsaid(module, databaseTypes) };
  });
  if (first === undefined) {
    throw nothingToCompose(
      "db_service names no database of AWS, and none that is registered elsewhere.",
    );
  }
  if (first.types.length === 0) {
    throw nothingToCompose(
      "db_service only matches databases that are registered elsewhere, and does not say of which types.",
    );
  }
  const inOrder = (remarks: readonly Remark[]): Remark[] =>
    [...remarks].sort((a, b) => a.line - b.line || a.column - b.column);
  return {
    modules: [first, ...more],
    conclusions: inOrder(conclusions),
    warnings: inOrder(source.warnings),
  };
}
