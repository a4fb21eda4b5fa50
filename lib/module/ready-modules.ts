import { databaseTypes } from "../catalog";
import { defineModule, type ModuleDefinition, roleModules } from "../inputs/module-definition";

/** The ready modules by the name of their folder: one for each database type, and those that make a role. */
export const readyModules: ReadonlyMap<string, ModuleDefinition> = new Map([
  ...databaseTypes.map(
    (type) => [type.name, defineModule([type], `DatabaseAccess-${type.name}`)] as const,
  ),
  ...Object.entries(roleModules),
]);
