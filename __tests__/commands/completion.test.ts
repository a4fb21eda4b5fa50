/** The completion scripts, run by the shells themselves. */
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { databaseTypes } from "../../lib/catalog";
import { commands } from "../../lib/commands/registry";
import { offers } from "../../lib/commands/completion/offers";
import { scripts } from "../../lib/commands/completion/scripts";
import { describeWith } from "../support/tools";

const types = [...databaseTypes.map(({ name }) => name), "all"];

/** The output of a shell's script, by lines; anything on stderr is a failure. */
function lines(shell: string, args: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync(shell, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

/** The words that the command offers to a shell, without descriptions. */
const offered = (...words: readonly string[]): string[] =>
  offers(commands, words).map((offer) => offer.split("\t")[0] ?? "");

/** The program as a function of a shell, because it is not installed. */
const FILE = JSON.stringify(path.resolve("dist/teleport-db-iam.js"));
const PROGRAM = `teleport-db-iam() { node ${FILE} "$@"; }`;

/** Completions of bash at the end of `line`. */
function inBash(line: string): string[] {
  const script = [
    PROGRAM,
    scripts.get("bash"),
    'COMP_LINE="$1"; COMP_POINT=${#1}',
    "_teleport_db_iam teleport-db-iam",
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join("\n");
  return lines("bash", ["--norc", "-c", script, "bash", line]);
}

/** Completions of zsh: first those that continue the word, then those followed by a space. */
function inZsh(...words: readonly string[]): string[] {
  const script = [
    // Only a line editor has these.
    "compset() { :; }; _files() { print files }",
    'compadd() { local -a offers=("${(@)@[$@[(i)--]+1,-1]}"); print -l -- $offers }',
    PROGRAM,
    scripts.get("zsh"),
    'words=("$@"); CURRENT=$#',
    "_teleport_db_iam",
  ].join("\n");
  return lines("zsh", ["-f", "-c", script, "zsh", "teleport-db-iam", ...words]);
}

/** Completions of fish at the end of a line, without descriptions. */
function inFish(...words: readonly string[]): string[] {
  const line = ["teleport-db-iam", ...words].join(" ");
  const program = `function teleport-db-iam; node ${FILE} $argv; end`;
  const script = `${program}\n${scripts.get("fish") ?? ""}\ncomplete -C ${JSON.stringify(line)}`;
  return lines("fish", ["--no-config", "-c", script]).map((offer) => offer.split("\t")[0] ?? "");
}

/** The words of a line whose last is being typed, and what is offered. */
type Line = readonly [words: readonly string[], offered: readonly string[]];

const LINES: readonly Line[] = [
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

/** Assignments, files and values of one's own. */
const OTHERS: readonly Line[] = [
  [["list", "--format=j"], ["--format=json"]],
  [["compose", "--types", "rds", "key"], ["keyspace"]],
  [["compose", "--set", "restrict_to_account=f"], ["restrict_to_account=false"]],
  [["compose", "--set=restrict_to_account=f"], ["--set=restrict_to_account=false"]],
  [["compose", "--set", "aws_account_id=1"], []],
  [["compose", "--name", ""], []],
  [["compose", "--output", "/et"], []],
  [["nonsense", ""], []],
];

test.each([...LINES, ...OTHERS])("%j offers %j", (words, expected) => {
  expect(offered(...words)).toEqual(expected);
});

test("every flag of every command is offered, with its description", () => {
  for (const { name, options } of commands) {
    const flags = [...Object.keys(options), "help"].map((flag) => `--${flag}`);
    expect(offered(name, "--").sort()).toEqual(flags.sort());
  }
  expect(offers(commands, ["review", "--never"])).toEqual([
    expect.stringMatching(/^--never\tExit with status 1/),
  ]);
});

describe("bash", () => {
  test.each([
    ["teleport-db-iam compose --ty", ["--types"]],
    ["teleport-db-iam compose --types ", types],
    ["teleport-db-iam compose --types rds,key", ["rds,keyspace"]],
    ["teleport-db-iam compose --set aws_ac", ["aws_account_id="]],
    // bash replaces only what follows the last sign of equality.
    ["teleport-db-iam list --format=j", ["json"]],
    ["teleport-db-iam compose --set restrict_to_account=", ["true", "false"]],
    ["teleport-db-iam compose --set=restrict_to_account=f", ["false"]],
    // Nothing: bash then offers files.
    ["teleport-db-iam compose --output /et", []],
  ])("%j offers %j", (line, expected) => {
    expect(inBash(line)).toEqual(expected);
  });
});

describeWith("zsh", ["--version"])("zsh", () => {
  test.each([
    [["compose", "--ty"], ["--types"]],
    [["compose", "--types", "rds,key"], ["rds,keyspace"]],
    [["compose", "--set", "aws_ac"], ["aws_account_id="]],
    [["compose", "--set=restrict_to_account=f"], ["--set=restrict_to_account=false"]],
    [["compose", "--output", "/et"], ["files"]],
  ])("%j offers %j", (words, expected) => {
    expect(inZsh(...words)).toEqual(expected);
  });
});

describeWith("fish", ["--version"])("fish", () => {
  test.each([
    [["compose", "--ty"], ["--types"]],
    [["compose", "--types", "rds,key"], ["rds,keyspace"]],
    [["list", "--format=j"], ["--format=json"]],
    [["compose", "--set", "restrict_to_account=f"], ["restrict_to_account=false"]],
    [["compose", "--output", "/et"], ["/etc/"]],
    [["review", "/et"], ["/etc/"]],
  ])("%j offers %j", (words, expected) => {
    expect(inFish(...words)).toEqual(expected);
  });
});
