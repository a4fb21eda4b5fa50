import { typeNames } from "../../catalog/select-types";
import type { Command } from "../command";

/** The shells that completion is written for. */
export const shells = ["bash", "zsh"] as const;

/** Flags whose values are paths. */
const PATHS = ["output", "from"];

/** What can follow a flag, as a line of the script that sets `words` or `COMPREPLY`. */
function values(name: string, choices: readonly unknown[] | undefined): string | undefined {
  if (name === "types") return `words="${[...typeNames, "all"].join(" ")}"`;
  if (PATHS.includes(name)) return 'COMPREPLY=($(compgen -f -- "$current")); return';
  return choices === undefined ? undefined : `words="${choices.join(" ")}"`;
}

function flagCases({ name: command, options }: Command): string[] {
  return Object.entries(options).flatMap(([name, { choices, alias, type }]) => {
    if (type === "boolean") return [];
    const line = values(name, choices) ?? "return";
    const spellings = [`--${name}`, ...(typeof alias === "string" ? [`-${alias}`] : [])];
    const patterns = spellings.map((flag) => `"${command} ${flag}"`);
    return [`    ${patterns.join("|")}) ${line} ;;`];
  });
}

/** What can follow a command where no flag awaits a value. */
function commandCase({ name, options, argument }: Command): string {
  const flags = [...Object.keys(options), "help"].map((flag) => `--${flag}`).join(" ");
  const candidates = argument?.candidates().join(" ") ?? "";
  return `      ${name}) words="${flags}"; [ "$COMP_CWORD" -eq 2 ] && words="$words ${candidates}" ;;`;
}

/**
 * A completion script, to be evaluated by the shell's start-up file. It is complete in itself: a
 * press of the tab key starts no program.
 */
export function completion(shell: (typeof shells)[number], commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  return [
    // zsh runs bash's completion functions in an emulation of its own.
    ...(shell === "zsh"
      ? ["autoload -U +X compinit && compinit -u", "autoload -U +X bashcompinit && bashcompinit"]
      : []),
    `_teleport_db_iam() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="\${COMP_WORDS[1]}" flag="" words="" list="" index
  COMPREPLY=()
  [ "$current" = "=" ] && current=""
  for ((index = COMP_CWORD - 1; index > 1; index--)); do
    case "\${COMP_WORDS[index]}" in -*) flag="\${COMP_WORDS[index]}"; break ;; esac
  done
  case "$current" in -*) flag="" ;; esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${names} --help"; else
  case "$command $flag" in`,
    ...commands.flatMap(flagCases),
    `    *) case "$command" in`,
    ...commands.map(commandCase),
    `    esac ;;
  esac; fi
  case "$flag,$current" in
    --types,*,*|-r,*,*) list="\${current%,*},"; words="$list\${words// / $list}" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _teleport_db_iam teleport-db-iam
`,
  ].join("\n");
}
