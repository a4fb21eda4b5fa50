import { selectTypes } from "../catalog/select-types";
import { defineModule, type ModuleDefinition } from "../inputs/module-definition";
import type { Inputs } from "../inputs/assignments";
import type { Json } from "../text/json";

/** `text` as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Text as it is, unless it would be read as quoted text; everything else as JSON. */
function assignment(name: string, value: Json): string {
  const text = typeof value === "string" && !value.startsWith('"') ? value : JSON.stringify(value);
  return shellWord(`${name}=${text}`);
}

/**
 * The command that writes a composed module with these defaults again, ready for a POSIX shell,
 * without the folder. The same module gives the same command: types and variables are in a fixed order.
 */
export function commandLineOf(
  { role, types, variables }: ModuleDefinition,
  defaults: Inputs,
): string {
  const { policy_name: name, ...others } = defaults;
  return [
    role === undefined
      ? `teleport-db-iam compose --types ${types.map((type) => type.name).join(",")}`
      : `teleport-db-iam compose --module ${role}`,
    ...(name === undefined ? [] : ["--name", shellWord(name as string)]),
    ...variables.flatMap((variable) => {
      const value = others[variable.name];
      return value === undefined ? [] : ["--set", assignment(variable.name, value)];
    }),
  ].join(" ");
}

/**
 * The command that composes a module for the types of these names, as {@link commandLineOf}.
 *
 * @throws UserError for an unknown type, or none
 */
export function composeCommandLine(typeNames: readonly string[], defaults: Inputs): string {
  return commandLineOf(defineModule(selectTypes(typeNames).types), defaults);
}

/** The files of `--from`, and the options that go with them. */
export interface FromArguments {
  readonly files: readonly string[];
  readonly format: string | undefined;
  readonly types: readonly string[];
  readonly name: string | undefined;
  /** Assignments of `--set`, as they were given. */
  readonly set: readonly string[];
}

/**
 * The command that composes the module for these files, ready for a POSIX shell, without the folder. It
 * reads the files again and does not repeat their content.
 */
export function fromCommandLine({ files, format, types, name, set }: FromArguments): string {
  return [
    "teleport-db-iam compose",
    ...files.flatMap((file) => ["--from", shellWord(file)]),
    ...(format === undefined ? [] : ["--from-format", format]),
    ...(types.length === 0 ? [] : ["--types", shellWord(types.join(","))]),
    ...(name === undefined ? [] : ["--name", shellWord(name)]),
    ...set.flatMap((assignment) => ["--set", shellWord(assignment)]),
  ].join(" ");
}
