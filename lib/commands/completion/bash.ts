import type { Command } from "../command";
import { valuesOf } from "./values";

/** Shell code that completes the value of a flag. */
function awaiting(name: string, options: Command["options"][string]): string | undefined {
  const values = valuesOf(name, options);
  switch (values.kind) {
    case "words":
      return `offers="${values.words.join(" ")}"`;
    case "list":
      return `offers="${values.words.join(" ")}"; [ "\${current%,*}" = "$current" ] || list="\${current%,*},"`;
    case "path":
      return 'COMPREPLY=($(compgen -f -- "$current")); return';
    case "text":
      return "return";
    case "none":
      return undefined;
  }
}

function flagCases({ name: command, options }: Command): string[] {
  return Object.entries(options).flatMap(([name, option]) => {
    const line = awaiting(name, option);
    if (line === undefined) return [];
    const { alias } = option;
    const spellings = [`--${name}`, ...(typeof alias === "string" ? [`-${alias}`] : [])];
    const patterns = spellings.map((flag) => `"${command} ${flag}"`);
    return [`    ${patterns.join("|")}) ${line} ;;`];
  });
}

/** Shell code that completes a command's flags and argument. */
function commandCase({ name, options, argument }: Command): string {
  const flags = [...Object.keys(options), "help"].map((flag) => `--${flag}`).join(" ");
  const candidates = argument?.candidates().join(" ") ?? "";
  return `      ${name}) offers="${flags}"; [ "$COMP_CWORD" -eq 2 ] && offers="$offers ${candidates}" ;;`;
}

/**
 * Completion for bash, to be evaluated by its start-up file. It is complete in itself: a press of the
 * tab key starts no program.
 *
 * bash splits words at `=`, so that an assignment is three words of which the last is replaced.
 */
export function bashCompletion(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  return `_teleport_db_iam() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="\${COMP_WORDS[1]}" flag="" offers="" list="" index
  local equals=$((COMP_CWORD - 1)) typed
  COMPREPLY=()
  if [ "$current" = "=" ]; then current=""; equals=$COMP_CWORD; fi
  for ((index = COMP_CWORD - 1; index > 1; index--)); do
    case "\${COMP_WORDS[index]}" in -*) flag="\${COMP_WORDS[index]}"; break ;; esac
  done
  case "$current" in -*) flag="" ;; esac
  if [ "$COMP_CWORD" -eq 1 ]; then offers="${names} help version --help --version"; else
  case "$command $flag" in
${commands.flatMap(flagCases).join("\n")}
    *) case "$command" in
${commands.map(commandCase).join("\n")}
      help) offers="${names}" ;;
    esac ;;
  esac; fi
  [ -z "$list" ] || offers="$list\${offers// / $list}"
  typed="$current"
  if [ "$flag" = "--set" ] && [ "\${COMP_WORDS[equals]}" = "=" ] && [ "\${COMP_WORDS[equals - 1]}" != "$flag" ]; then
    typed="\${COMP_WORDS[equals - 1]}=$current"
  fi
  COMPREPLY=($(compgen -W "$offers" -- "$typed"))
  [ "$typed" = "$current" ] || COMPREPLY=("\${COMPREPLY[@]#*=}")
  case "\${COMPREPLY[*]}" in *=) compopt -o nospace 2>/dev/null ;; esac
}
complete -o default -F _teleport_db_iam teleport-db-iam
`;
}
