/*
 * Scripts of shells that ask the command itself for the words to offer. Each gets the words up to the cursor,
 * and offers files if the command has nothing to offer.
 */

/** The hidden first word by which a script asks. */
export const ASK = "--complete";

/** bash splits words at `=`, so the line is split at blanks, and only what follows the last `=` is replaced. */
const bash = `_teleport_db_iam() {
  local words current IFS=$' \\t\\n'
  read -ra words <<< "\${COMP_LINE:0:COMP_POINT}"
  [[ "\${COMP_LINE:0:COMP_POINT}" == *[[:space:]] ]] && words+=("")
  current="\${words[\${#words[@]} - 1]}"
  IFS=$'\\n'
  COMPREPLY=($("$1" ${ASK} "\${words[@]:1}" 2>/dev/null))
  COMPREPLY=("\${COMPREPLY[@]%%$'\\t'*}")
  [[ "\${COMPREPLY[0]}" == *= ]] && compopt -o nospace 2>/dev/null
  COMPREPLY=("\${COMPREPLY[@]#"\${current%"\${current##*=}"}"}")
}
complete -o default -F _teleport_db_iam teleport-db-iam
`;

const zsh = `autoload -U +X compinit && compinit -u
_teleport_db_iam() {
  local -a offers=("\${(@f)$("$words[1]" ${ASK} "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  offers=("\${(@)offers%%$'\\t'*}")
  if [[ -z "$offers" ]]; then compset -P '--*='; _files; return; fi
  # What ends with "=" is not at its end yet.
  compadd -Q -S "" -- "\${(@M)offers:#*=}"
  compadd -Q -- "\${(@)offers:#*=}"
}
compdef _teleport_db_iam teleport-db-iam
`;

/** @see https://fishshell.com/docs/current/cmds/complete.html */
const fish = `function __teleport_db_iam
  set -l words (commandline -opc) (commandline -ct)
  set -l offers ($words[1] ${ASK} $words[2..] 2>/dev/null)
  if set -q offers[1]
    printf '%s\\n' $offers
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c teleport-db-iam -f -a '(__teleport_db_iam)'
`;

/** The script of each shell. */
export const scripts: ReadonlyMap<string, string> = new Map([
  ["bash", bash],
  ["zsh", zsh],
  ["fish", fish],
]);
