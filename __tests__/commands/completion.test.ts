/** The completion scripts, run by the shells themselves. */
import { spawnSync } from "node:child_process";
import { databaseTypes } from "../../lib/catalog";
import { commands } from "../../lib/commands/registry";
import { bashCompletion } from "../../lib/commands/completion/bash";
import { fishCompletion } from "../../lib/commands/completion/fish";
import { zshCompletion } from "../../lib/commands/completion/zsh";
import { describeWith } from "../support/tools";

const types = [...databaseTypes.map(({ name }) => name), "all"];

/** The output of a shell's script, by lines; anything on stderr is a failure. */
function lines(shell: string, args: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync(shell, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

/** Completions of bash for the last of `words`, split as bash splits them. */
function inBash(...words: readonly string[]): string[] {
  const script = [
    bashCompletion(commands),
    'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))',
    "_teleport_db_iam",
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join("\n");
  return lines("bash", ["--norc", "-c", script, "bash", "teleport-db-iam", ...words]);
}

/** Completions of zsh: first those that continue the word, then those followed by a space. */
function inZsh(...words: readonly string[]): string[] {
  const script = [
    // Only a line editor has these. It strips the prefix, and offers what goes on from the rest.
    'compset() { PREFIX="${PREFIX[$2 + 1,-1]}" }; _files() { print files }',
    'compadd() { local -a offers=("${(@)@[$@[(i)--]+1,-1]}"); print -l -- "${(@M)offers:#$PREFIX*}" }',
    zshCompletion(commands),
    'words=("$@"); CURRENT=$#; PREFIX="$words[-1]"',
    "_teleport_db_iam_zsh",
  ].join("\n");
  return lines("zsh", ["-f", "-c", script, "zsh", "teleport-db-iam", ...words]);
}

/** Completions of fish at the end of a line, without descriptions. */
function inFish(...words: readonly string[]): string[] {
  const line = ["teleport-db-iam", ...words].join(" ");
  const script = `${fishCompletion(commands)}\ncomplete -C ${JSON.stringify(line)}`;
  return lines("fish", ["--no-config", "-c", script]).map((offer) => offer.split("\t")[0] ?? "");
}

/** The words of a line whose last is being typed, and what every shell offers. */
const LINES: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [["co"], ["compose", "completion"]],
  [["ver"], ["version"]],
  [
    ["help", "comp"],
    ["compose", "completion"],
  ],
  [["compose", "--ty"], ["--types"]],
  [["compose", "--types", ""], types],
  [
    ["compose", "--types", "red"],
    ["redshift", "redshift-serverless"],
  ],
  [["compose", "--types", "rds,key"], ["rds,keyspace"]],
  [["print-iam", "-r", "mem"], ["memorydb"]],
  [["compose", "--types", "rds", "--dry"], ["--dry-run"]],
  [
    ["list", "--format", ""],
    ["text", "json"],
  ],
  [
    ["review", "--format", ""],
    ["markdown", "text", "json", "sarif", "github"],
  ],
  [["review", "--fail-on", "br"], ["broadened"]],
  [["review", "--fail-on", "broadened,unk"], ["broadened,unknown"]],
  [["explain", "RDSC"], ["RDSConnect"]],
  [["explain", "rds", "--f"], ["--format"]],
  [["completion", "f"], ["fish"]],
  [["compose", "--set", "aws_ac"], ["aws_account_id="]],
  [
    ["print-iam", "--set", "restrict_to_"],
    ["restrict_to_account=true", "restrict_to_account=false"],
  ],
  [
    ["compose", "--types", "rds", "--set", "rds_fetch"],
    ["rds_fetch_metadata=true", "rds_fetch_metadata=false"],
  ],
];

/** As bash hands them on: an assignment is three words. */
const SPLIT: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [["list", "--format", "=", "j"], ["json"]],
  [["compose", "--types", "rds", "key"], ["keyspace"]],
  [
    ["compose", "--set", "restrict_to_account", "="],
    ["true", "false"],
  ],
  [["compose", "--set", "restrict_to_account", "=", "f"], ["false"]],
  [["compose", "--set", "=", "aws_ac"], ["aws_account_id="]],
  [["compose", "--set", "=", "restrict_to_account", "=", "f"], ["false"]],
  [["compose", "--set", "aws_account_id", "=", "1"], []],
  [["compose", "--name", ""], []],
  [["compose", "--output", "/et"], ["/etc"]],
];

/** As zsh hands them on: in one word. */
const WHOLE: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [["list", "--format=j"], ["json"]],
  [["compose", "--set", "restrict_to_account=f"], ["restrict_to_account=false"]],
  [["compose", "--set=restrict_to_account=f"], ["restrict_to_account=false"]],
  [["compose", "--output", "/et"], ["/etc"]],
  [["compose", "--name", ""], ["files"]],
];

/** As fish does it: the flag belongs to the word that is replaced. */
const FISH: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [["list", "--format=j"], ["--format=json"]],
  [["compose", "--set", "restrict_to_account=f"], ["restrict_to_account=false"]],
  [["compose", "--output", "/et"], ["/etc/"]],
  [["review", "/et"], ["/etc/"]],
  [["compose", "--name", ""], []],
];

describe("bash", () => {
  test.each([...LINES, ...SPLIT])("%j offers %j", (words, offered) => {
    expect(inBash(...words)).toEqual(offered);
  });

  test("every flag of every command is offered", () => {
    for (const { name, options } of commands) {
      const flags = [...Object.keys(options), "help"].map((flag) => `--${flag}`);
      expect(inBash(name, "--").sort()).toEqual(flags.sort());
    }
  });
});

describeWith("zsh", ["--version"])("zsh", () => {
  test.each([...LINES, ...WHOLE])("%j offers %j", (words, offered) => {
    expect(inZsh(...words)).toEqual(offered);
  });
});

describeWith("fish", ["--version"])("fish", () => {
  test.each([...LINES, ...FISH])("%j offers %j", (words, offered) => {
    expect(inFish(...words).sort()).toEqual([...offered].sort());
  });
});
