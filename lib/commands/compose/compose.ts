import { selectTypes } from "../../catalog/select-types";
import { commandLineOf } from "../../files/command-line";
import { defineModule, type ModuleDefinition } from "../../inputs/module-definition";
import { checkInputs, type Inputs } from "../../inputs/assignments";
import { marker } from "../../files/marker";
import { type Files, moduleFiles } from "../../files/module-files";
import type { ModuleJson } from "../../module/module-json";
import { renderModule } from "../../module/render";

/** What a composed module is made of. */
export interface ComposeOptions {
  /** Names of database types, in any order; `all` for every one. */
  readonly types: readonly string[];
  /**
   * Defaults of the module's variables, by name, in place of its own. They are values and never
   * become expressions.
   */
  readonly defaults?: Inputs;
  /** The command that writes the files again, for their heads; without, it repeats types and defaults. */
  readonly command?: string;
}

interface Composed {
  readonly module: ModuleJson;
  readonly definition: ModuleDefinition;
}

function composed({ types: names, defaults = {}, command: given }: ComposeOptions): Composed {
  const { types } = selectTypes(names);
  const definition = defineModule(types);
  checkInputs(definition, defaults);
  const command = marker(given ?? commandLineOf(definition, defaults));
  return { module: renderModule(command, definition, defaults), definition };
}

/**
 * Composes one Terraform module for any combination of database types.
 *
 * @returns the module's blocks as Terraform's JSON syntax has them, for the caller to change
 * @throws UserError for an unknown type, or none, and for a default that the module would refuse
 */
export function composeJson(options: ComposeOptions): ModuleJson {
  // Modules have blocks in common.
  return structuredClone(composed(options).module);
}

/**
 * Composes one Terraform module for any combination of database types.
 *
 * @returns the module's files by path; the same types give the same bytes in any order
 * @throws UserError for an unknown type, or none, and for a default that the module would refuse
 */
export function compose(options: ComposeOptions): Files {
  const { module, definition } = composed(options);
  return moduleFiles(module, definition, Object.keys(options.defaults ?? {}));
}
