import { selectTypes } from "../../catalog/select-types";
import { commandLineOf } from "../../files/command-line";
import { defineModule, type ModuleDefinition } from "../../inputs/module-definition";
import { checkInputs, type Inputs } from "../../inputs/assignments";
import { marker } from "../../files/marker";
import { type Files, moduleFiles } from "../../files/module-files";
import { databaseAccess } from "../../module/database-access";
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
}

/**
 * The module with other defaults. They are put in after it is rendered: whether a variable takes null
 * follows from the module's own default.
 */
function withDefaults(module: ModuleJson, defaults: Inputs): ModuleJson {
  if (Object.keys(defaults).length === 0) return module;
  const variables = { ...(module.variable as Readonly<Record<string, object>>) };
  for (const [name, value] of Object.entries(defaults)) {
    variables[name] = { ...variables[name], default: value };
  }
  return { ...module, variable: variables };
}

interface Composed {
  readonly module: ModuleJson;
  readonly definition: ModuleDefinition;
}

function composed({ types: names, defaults = {} }: ComposeOptions): Composed {
  const { types } = selectTypes(names);
  const definition = defineModule(types);
  checkInputs(definition, defaults);
  const command = marker(commandLineOf(definition, defaults));
  const rendered = renderModule(command, databaseAccess(definition));
  return { module: withDefaults(rendered, defaults), definition };
}

/**
 * Composes one Terraform module for any combination of database types.
 *
 * @returns the module's blocks as Terraform's JSON syntax has them
 * @throws UserError for an unknown type, or none, and for a default that the module would refuse
 */
export function composeJson(options: ComposeOptions): ModuleJson {
  return composed(options).module;
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
