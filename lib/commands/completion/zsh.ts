import type { Command } from "../command";
import { bashCompletion } from "./bash";

/**
 * Completion for zsh: the function for bash, in zsh's emulation of it. zsh does not split words at `=`,
 * so the value of `--flag=value` is taken apart for it.
 */
export function zshCompletion(commands: readonly Command[]): string {
  return `autoload -U +X compinit && compinit -u
autoload -U +X bashcompinit && bashcompinit
${bashCompletion(commands)}
_teleport_db_iam_zsh() {
  local -a COMP_WORDS COMPREPLY
  local word
  for word in "\${(@)words[1,CURRENT]}"; do
    case "$word" in
      --*=*) COMP_WORDS+=("\${word%%=*}" "=" "\${word#*=}") ;;
      *) COMP_WORDS+=("$word") ;;
    esac
  done
  local COMP_CWORD=$(($#COMP_WORDS - 1))
  emulate ksh -c _teleport_db_iam
  case "$PREFIX" in --*=*) compset -p $((\${#\${PREFIX%%=*}} + 1)) ;; esac
  if (( $#COMPREPLY == 0 )); then _files; return; fi
  # What ends with "=" is not at its end yet.
  compadd -Q -S "" -- "\${(@M)COMPREPLY:#*=}"
  compadd -Q -- "\${(@)COMPREPLY:#*=}"
}
compdef _teleport_db_iam_zsh teleport-db-iam
`;
}
