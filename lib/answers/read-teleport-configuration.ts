import { chosenModule } from "./choice";
import { selectTypes } from "../catalog/select-types";
import { checkInputs } from "../inputs/assignments";
import { callsOf } from "../teleport/calls";
import type { Configuration } from "../teleport/configuration";
import type { ModuleCall, RootVariable } from "../teleport/module-call";
import { placeText, type Remark } from "../teleport/place";
import { type Format, type Input, readConfiguration } from "../teleport/read";
import { externalIdWarnings, rolesOf } from "../teleport/roles";
import { type Use, usesOf } from "../teleport/uses";
import { UserError } from "../text/user-error";
import { plainOrQuoted } from "../text/visible-text";

/** The result of reading Teleport's configuration. */
export interface ConfigurationReading {
  /** The calls of modules that it needs, in the order of a root configuration. */
  readonly modules: readonly ModuleCall[];
  /** The first of them that is composed for database types. */
  readonly main: ModuleCall;
  /** Variables of a root configuration, for what no file has. */
  readonly variables: readonly RootVariable[];
  /** The conclusions with their places, in the order of the files. */
  readonly conclusions: readonly Remark[];
  /** Unknown keys, and other things that were not read. */
  readonly warnings: readonly Remark[];
  /** True if there are databases of MongoDB Atlas, whose users may be IAM roles. */
  readonly hasAtlas: boolean;
  /** The Database Service's role, if a service account has it. */
  readonly serviceRoleArn: string | undefined;
}

/** Remarks as lines, the first few. */
function someLines(remarks: readonly Remark[]): string {
  const lines = remarks.slice(0, 5).map((remark) => `\n  ${placeText(remark)}: ${remark.text}`);
  const more = remarks.length > 5 ? `\n  and ${String(remarks.length - 5)} more` : "";
  return `${lines.join("")}${more}`;
}

/** The error for files that give nothing to compose, with the remarks about them. */
function nothingToCompose(inputs: readonly Input[], configuration: Configuration): UserError {
  const { agents, passedOver, warnings } = configuration;
  const files = inputs.map(({ file }) => plainOrQuoted(file)).join(", ");
  const why = agents.some(({ runsDatabaseService }) => runsDatabaseService)
    ? "The Database Service has no AWS database in these files."
    : "These files do not configure a Database Service or an AWS database.";
  return new UserError(
    `${files}: ${why} Add the file that does (--from can be repeated), or replace --from by the types: --types rds,redshift.${someLines([...warnings, ...passedOver])}`,
  );
}

/** Uses whose types no file names. */
function typesMissing(uses: readonly Use[], warnings: readonly Remark[]): UserError {
  const untyped = uses.filter(({ types }) => types.length === 0);
  const remarks = untyped.map(({ place }) => ({ ...place, text: "the types are not in the file" }));
  return new UserError(
    `The types of the databases below are missing, because they are registered elsewhere or not known yet. Add them: --types rds,redshift${someLines([...warnings, ...remarks])}`,
  );
}

/**
 * The calls of modules that give a Database Service what its configuration needs.
 *
 * @param inputs files that each say a part, in any of the formats
 * @param otherTypes types of databases that are registered elsewhere (`db_service.resources`)
 * @param format the one format that all files have; found out by their content without
 * @throws UserError with its place for what cannot be read, and if nothing is needed
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
    const files = inputs.map(({ file }) => plainOrQuoted(file)).join(", ");
    throw new UserError(
      `${files}: --types has no effect, because no db_service.resources selects databases that are registered elsewhere. Remove it.`,
    );
  }
  const roles = rolesOf(configuration, uses);
  const { calls, variables } = callsOf(roles);
  const main = calls.find(({ types }) => types.length > 0);
  if (main === undefined) {
    throw uses.length === 0
      ? nothingToCompose(inputs, configuration)
      : typesMissing(uses, configuration.warnings);
  }
  for (const call of calls) checkInputs(chosenModule(call), call.defaults);
  const files = new Map(inputs.map(({ file }, index) => [file, index]));
  const inOrder = (remarks: readonly Remark[]): Remark[] =>
    [...remarks].sort(
      (a, b) =>
        (files.get(a.file) ?? 0) - (files.get(b.file) ?? 0) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0),
    );
  return {
    modules: calls,
    main,
    variables,
    conclusions: inOrder([...conclusions, ...configuration.passedOver]),
    warnings: inOrder([...configuration.warnings, ...externalIdWarnings(roles)]),
    hasAtlas: configuration.hasAtlas,
    serviceRoleArn: roles.find(({ kind }) => kind === "database_service")?.arn,
  };
}
