import { selectTypes } from "./catalog/select-types";
import { composition } from "./composition";
import { marker } from "./emit/marker";
import { type Files, moduleFiles } from "./emit/module-files";
import { DatabaseAccessModule } from "./module/database-access";
import { type ModuleJson, renderModule } from "./module/module-stack";

/** What a composed module is made of. */
export interface ComposeOptions {
  /** Names of database types, in any order; `all` for every one. */
  readonly types: readonly string[];
}

/**
 * Composes one Terraform module for any combination of database types.
 *
 * @returns the module's blocks as Terraform's JSON syntax has them
 * @throws UserError for an unknown type, or none
 */
export function composeJson(options: ComposeOptions): ModuleJson {
  const { types } = selectTypes(options.types);
  const names = types.map(({ name }) => name).join(",");
  return renderModule(
    (app) =>
      new DatabaseAccessModule(
        app,
        "module",
        marker(`teleport-db-iam compose --types ${names}`),
        composition(types, "DatabaseAccess"),
      ),
  );
}

/**
 * Composes one Terraform module for any combination of database types.
 *
 * @returns the module's files by path; the same types give the same bytes in any order
 * @throws UserError for an unknown type, or none
 */
export function compose(options: ComposeOptions): Files {
  return moduleFiles(composeJson(options), selectTypes(options.types).types);
}
