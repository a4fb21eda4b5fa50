import { selectTypes } from "../catalog/select-types";
import { commandLineOf } from "../files/command-line";
import { marker } from "../files/marker";
import { type Files, moduleFiles } from "../files/module-files";
import { checkInputs, type Inputs } from "../inputs/assignments";
import {
  defineModule,
  type ModuleDefinition,
  type RoleModuleName,
  roleModules,
} from "../inputs/module-definition";
import type { ModuleJson } from "../module/module-json";
import { renderModule } from "../module/render";

/** Which module is composed: one for database types, or one that makes a role. */
export type ModuleChoice =
  | {
      /** Names of database types, in any order; `all` for every one. */
      readonly types: readonly string[];
    }
  | { readonly module: RoleModuleName };

/** What a composed module is made of. */
export type ComposeOptions = ModuleChoice & {
  /**
   * Values that replace the defaults of the module's variables, by name. They never become
   * expressions.
   */
  readonly defaults?: Inputs;
  /** The command that writes the files again, for their heads; without it, it repeats the choice and defaults. */
  readonly command?: string;
};

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

/**
 * Composes one Terraform module.
 *
 * @returns the module's blocks as Terraform's JSON syntax has them
 * @throws UserError for an unknown type, or none, and for a default that the module would refuse
 */
export function composeJson({ defaults = {}, command, ...choice }: ComposeOptions): ModuleJson {
  const definition = chosenModule(choice);
  checkInputs(definition, defaults);
  return renderModule(marker(command ?? commandLineOf(definition, defaults)), definition, defaults);
}

/**
 * Composes one Terraform module.
 *
 * @returns the module's files by path; the same types give the same bytes in any order
 * @throws UserError for an unknown type, or none, and for a default that the module would refuse
 */
export function compose(options: ComposeOptions): Files {
  const { defaults = {}, ...choice } = options;
  return moduleFiles(composeJson(options), chosenModule(choice), Object.keys(defaults));
}
