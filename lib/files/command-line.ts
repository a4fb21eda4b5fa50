import type { ModuleDefinition } from "../inputs/module-definition";
import type { Inputs } from "../inputs/assignments";
import type { Json } from "../text/json";

/** `text` as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command line of a POSIX shell. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}

/** Text as it is, unless it would be read as quoted text; everything else as JSON. */
function assignment(name: string, value: Json): string {
  const text = typeof value === "string" && !value.startsWith('"') ? value : JSON.stringify(value);
  return `${name}=${text}`;
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
  return shellLine([
    ...["teleport-db-iam", "compose"],
    ...(role === undefined
      ? ["--types", types.map((type) => type.name).join(",")]
      : ["--module", role]),
    ...(name === undefined ? [] : ["--name", name as string]),
    ...variables.flatMap((variable) => {
      const value = others[variable.name];
      return value === undefined ? [] : ["--set", assignment(variable.name, value)];
    }),
  ]);
}
