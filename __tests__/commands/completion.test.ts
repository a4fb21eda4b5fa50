/** The completion scripts, run by bash itself. */
import { spawnSync } from "node:child_process";
import { databaseTypes } from "../../lib/catalog";
import { completion } from "../../lib/commands/completion/completion";
import { commands } from "../../lib/commands/commands";

const types = [...databaseTypes.map(({ name }) => name), "all"];

/** What bash offers where the last of `words` is being typed. */
function offered(...words: readonly string[]): string[] {
  const script = [
    completion("bash", commands),
    'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))',
    "_teleport_db_iam",
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join("\n");
  const args = ["--norc", "-c", script, "bash", "teleport-db-iam", ...words];
  const { stdout, stderr } = spawnSync("bash", args, { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

test.each([
  [["co"], ["compose", "completion"]],
  [["--h"], ["--help"]],
  [["compose", "--ty"], ["--types"]],
  [["compose", "--types", ""], types],
  [
    ["compose", "--types", "red"],
    ["redshift", "redshift-serverless"],
  ],
  [["compose", "--types", "rds,key"], ["rds,keyspace"]],
  [["compose", "--types", "rds", "key"], ["keyspace"]],
  [["print-iam", "-r", "mem"], ["memorydb"]],
  [["compose", "--types", "rds", "--dry"], ["--dry-run"]],
  [
    ["list", "--format", ""],
    ["text", "json"],
  ],
  [["list", "--format", "=", "j"], ["json"]],
  [["explain", "RDSC"], ["RDSConnect"]],
  [["explain", "rds", "--f"], ["--format"]],
  [["completion", "b"], ["bash"]],
  [["compose", "--name", ""], []],
  [["compose", "--output", "/et"], ["/etc"]],
])("%j offers %j", (words, expected) => {
  expect(offered(...words)).toEqual(expected);
});

test("every flag of every command is offered", () => {
  for (const { name, options } of commands) {
    const flags = [...Object.keys(options), "help"].map((flag) => `--${flag}`);
    expect(offered(name, "--").sort()).toEqual(flags.sort());
  }
});

test("zsh gets the same function, in its emulation of bash", () => {
  const zsh = completion("zsh", commands);
  expect(zsh).toContain(completion("bash", commands));
  expect(zsh.indexOf("bashcompinit")).toBeLessThan(zsh.indexOf("complete -o"));
});
