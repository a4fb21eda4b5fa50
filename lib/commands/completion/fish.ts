import type { Command } from "../command";
import { valuesOf } from "./values";

const PROGRAM = "complete -c teleport-db-iam";

/** `text` in single quotes, as fish has them. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** Options of fish's `complete` for the value of a flag. */
function valueOptions(name: string, option: Command["options"][string]): string {
  const values = valuesOf(name, option);
  switch (values.kind) {
    case "words":
      return ` -x -a ${quoted(values.words.join(" "))}`;
    case "list":
      return ` -x -a ${quoted(`(__fish_append , ${values.words.join(" ")})`)}`;
    case "path":
      return " -r -F";
    case "text":
      return " -x";
    case "none":
      return "";
  }
}

function commandLines({ name, describe, options, argument }: Command): string[] {
  const behind = `${PROGRAM} -n '__fish_seen_subcommand_from ${name}'`;
  const words = argument?.candidates() ?? [];
  return [
    `${PROGRAM} -n __fish_use_subcommand -a ${name} -d ${quoted(describe)}`,
    ...(words.length === 0 ? [] : [`${behind} -a ${quoted(words.join(" "))}`]),
    // The one argument that has no candidates is a file.
    ...(argument !== undefined && words.length === 0 ? [`${behind} -F`] : []),
    ...Object.entries(options).map(([flag, option]) => {
      const short = typeof option.alias === "string" ? ` -s ${option.alias}` : "";
      return `${behind} -l ${flag}${short}${valueOptions(flag, option)} -d ${quoted(option.describe ?? "")}`;
    }),
  ];
}

/**
 * Completion for fish, to be put into its folder of completions.
 *
 * @see https://fishshell.com/docs/current/cmds/complete.html
 */
export function fishCompletion(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  return [
    `${PROGRAM} -f`,
    `${PROGRAM} -s h -l help -d 'Show help'`,
    `${PROGRAM} -n __fish_use_subcommand -l version -d 'Show version number'`,
    `${PROGRAM} -n __fish_use_subcommand -a version -d 'Show version number'`,
    `${PROGRAM} -n __fish_use_subcommand -a help -d 'Show help'`,
    `${PROGRAM} -n '__fish_seen_subcommand_from help' -a ${quoted(names)}`,
    ...commands.flatMap(commandLines),
    "",
  ].join("\n");
}
