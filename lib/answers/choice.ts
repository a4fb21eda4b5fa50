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
      /** Names of database types, in any order; `all` for every one. */
      readonly types: readonly string[];
    }
  | { readonly module: RoleModuleName };

/**
 * The module of a choice, before it is rendered.
 *
 * @throws UserError for an unknown type, or none
 */
export function chosenModule(choice: ModuleChoice): ModuleDefinition {
  return "module" in choice
    ? roleModules[choice.module]
    : defineModule(selectTypes(choice.types).types);
}
