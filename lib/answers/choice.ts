import { selectTypes } from "../catalog/select-types";
import {
  defineModule,
  type ModuleDefinition,
  type RoleModuleName,
  roleModules,
} from "../inputs/module-definition";

/** The module to compose: one for database types, or one that makes a role. */
export type ModuleChoice =
  | {
      readonly module?: "database-access";
      /** Names of database types, in any order; `all` for every one. */
      readonly types: readonly string[];
    }
  | { readonly module: RoleModuleName; readonly types?: readonly string[] };

/**
 * The module of a choice, before it is rendered.
 *
 * @throws UserError for an unknown type, or none
 */
export function chosenModule(choice: ModuleChoice): ModuleDefinition {
  return choice.module === undefined || choice.module === "database-access"
    ? defineModule(selectTypes(choice.types).types)
    : roleModules[choice.module];
}
