import { chosenModule, type ModuleChoice } from "./choice";
import { commandLineOf } from "../files/command-line";
import { marker } from "../files/marker";
import { type Files, moduleFiles } from "../files/module-files";
import { checkInputs, type Inputs } from "../inputs/assignments";
import type { ModuleDefinition } from "../inputs/module-definition";
import type { ModuleJson } from "../module/module-json";
import { renderModule } from "../module/render";

/** The options of a composed module. */
export type ComposeOptions = ModuleChoice & {
  /**
   * Values that replace the defaults of the module's variables, by name. They never become
   * expressions.
   */
  readonly defaults?: Inputs;
  /** The command in the heads of the files. By default it repeats the types and the defaults. */
  readonly command?: string | undefined;
};

/** A module before and after it is rendered, with the defaults of the options. */
function rendered({ defaults = {}, command, ...choice }: ComposeOptions): {
  readonly definition: ModuleDefinition;
  readonly module: ModuleJson;
} {
  const definition = chosenModule(choice);
  checkInputs(definition, defaults);
  const head = marker(command ?? commandLineOf(definition, defaults));
  return { definition, module: renderModule(head, definition, defaults) };
}

/**
 * Composes one Terraform module.
 *
 * @returns the module's blocks as Terraform's JSON syntax has them
 * @throws UserError for an unknown type, or none, and for a default that the module would refuse
 */
export function composeJson(options: ComposeOptions): ModuleJson {
  return rendered(options).module;
}

/**
 * Composes one Terraform module.
 *
 * @returns the module's files by path; the same types give the same bytes in any order
 * @throws UserError for an unknown type, or none, and for a default that the module would refuse
 */
export function compose(options: ComposeOptions): Files {
  const { definition, module } = rendered(options);
  return moduleFiles(module, definition);
}
