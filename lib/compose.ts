import { selectTypes } from "./catalog/select-types";
import { composeCommandLine } from "./compose-command-line";
import { composition } from "./composition";
import { checkInputs, type Inputs } from "./composition/inputs";
import { marker } from "./emit/marker";
import { type Files, moduleFiles } from "./emit/module-files";
import { DatabaseAccessModule } from "./module/database-access";
import { type ModuleJson, renderModule } from "./module/module-stack";

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
 * The module with other defaults. They are put in after CDKTF has rendered it, because CDKTF gives
 * texts such as `${TfToken[…]}` and keys such as `//` a meaning, and a default has none.
 */
function withDefaults(module: ModuleJson, defaults: Inputs): ModuleJson {
  const variables = { ...(module.variable as Readonly<Record<string, object>>) };
  for (const [name, value] of Object.entries(defaults)) {
    variables[name] = { ...variables[name], default: value };
  }
  return { ...module, variable: variables };
}

/**
 * Composes one Terraform module for any combination of database types.
 *
 * @returns the module's blocks as Terraform's JSON syntax has them
 * @throws UserError for an unknown type, or none, and for a default that the module would refuse
 */
export function composeJson(options: ComposeOptions): ModuleJson {
  const { types } = selectTypes(options.types);
  const { defaults = {} } = options;
  const module = composition(types, "DatabaseAccess");
  checkInputs(module, defaults);
  const rendered = renderModule(
    (app) =>
      new DatabaseAccessModule(
        app,
        "module",
        marker(composeCommandLine(options.types, defaults)),
        module,
      ),
  );
  return withDefaults(rendered, defaults);
}

/**
 * Composes one Terraform module for any combination of database types.
 *
 * @returns the module's files by path; the same types give the same bytes in any order
 * @throws UserError for an unknown type, or none, and for a default that the module would refuse
 */
export function compose(options: ComposeOptions): Files {
  return moduleFiles(composeJson(options), selectTypes(options.types).types);
}
