/** Every command with every option and odd values, generated from the definitions that yargs gets. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Command } from "../../lib/commands/command";
import { commands } from "../../lib/commands/registry";
import { runCommand } from "../support/command";
import { planOfResources } from "../support/iam-plan";

/**
 * Values that scripts pass by mistake, and that people try. Paths are those of {@link beforeAll}.
 */
const ODD_VALUES = [
  ...["", " ", ",", " , ", "-", "--", "=", "0", "-1", "1e309", "true", "null"],
  ...["[", "{}", '"', "'", "\\", "${x}", "$(x)", "%{", "`", "*", "?", "~", "x=y", "all"],
  ...["__proto__", "constructor", "toString", "rds,rds", "rds redshift", "RDS", "a\nb", "a\tb"],
  ...["\u3164", "\u202e", "\u0000".slice(1), "💥", "é".repeat(300), "x".repeat(100_000)],
  ...[".", "..", "/", "/dev/null", "/proc/x/y", "file", "file/below", "folder", "loop", "dangling"],
  ...["sealed", "sealed/below", "a".repeat(256), "b/".repeat(3000), "help", "--help", "--version"],
];

/** Words with which each command works, without the option that is tried. */
const BASE: Readonly<Record<string, readonly string[]>> = {
  compose: ["--types", "keyspace", "--output", "out"],
  "print-iam": ["--types", "keyspace"],
  explain: ["keyspace"],
  completion: ["bash"],
  review: ["plan.json"],
};

let folder: string;
let workingFolder: string;

beforeAll(() => {
  workingFolder = process.cwd();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-odd-"));
  process.chdir(folder);
  fs.writeFileSync("file", "mine");
  fs.writeFileSync("plan.json", planOfResources([]));
  fs.mkdirSync("folder");
  fs.writeFileSync("folder/notes", "mine");
  fs.symlinkSync("loop", "loop");
  fs.symlinkSync("nowhere", "dangling");
  fs.mkdirSync("sealed", { mode: 0 });
});

afterAll(() => {
  process.chdir(workingFolder);
  fs.chmodSync(path.join(folder, "sealed"), 0o700);
});

/** The base without `--option` and its value. */
function without(words: readonly string[], option: string): readonly string[] {
  const at = words.indexOf(`--${option}`);
  return at === -1 ? words : [...words.slice(0, at), ...words.slice(at + 2)];
}

/** The command lines of a command: each option with each value, alone and twice; odd words. */
function commandLines({ name, options, argument }: Command): readonly (readonly string[])[] {
  const base = BASE[name] ?? [];
  const flags = Object.keys({ ...options, help: {} }).flatMap((option) => {
    const rest = [name, ...without(base, option)];
    return [
      ...ODD_VALUES.map((value, index) =>
        index % 2 === 0 ? [...rest, `--${option}`, value] : [...rest, `--${option}=${value}`],
      ),
      // Empty in both forms.
      ...["", " ", ","].flatMap((value) => [
        [...rest, `--${option}`, value],
        [...rest, `--${option}=${value}`],
      ]),
      [...rest, `--${option}`],
      [...rest, `--${option}`, "--unknown"],
      [...rest, `--${option}`, "x", `--${option}`, "y"],
    ];
  });
  const words = ODD_VALUES.map((value) =>
    argument === undefined ? [name, ...base, value] : [name, value],
  );
  return [...flags, ...words];
}

const names = commands.map(({ name }) => name);

test.each(names)("%s ends with a documented status and a sentence", async (name) => {
  const command = commands.find((each) => each.name === name);
  if (command === undefined) throw new Error(name);
  // Standard input would be the tests' own, which may never end. (schema and explore read what is beside the bundle.)
  const isTried = (words: readonly string[]) =>
    !(["review", "compose"].includes(name) && words.some((word) => /(^|=)-{0,2}$/.test(word)));
  const problems: unknown[] = [];
  for (const words of commandLines(command).filter(isTried)) {
    const outcome = await runCommand(...words).catch((error: unknown) => String(error));
    fs.rmSync("out", { recursive: true, force: true });
    const isSentence =
      typeof outcome === "object" &&
      [0, 1, 2].includes(outcome.status) &&
      (outcome.status !== 2 || (outcome.stdout === "" && /^Error: [^]{10}/.test(outcome.stderr))) &&
      !/^ {4}at |\[object|is not a function|Cannot read|undefined\b(?!")/m.test(outcome.stderr);
    const isBundled = /ENOENT.*(schema\.json|explore\.html)/.test(JSON.stringify(outcome));
    if (!isSentence && !isBundled) problems.push([words.map((word) => word.slice(0, 60)), outcome]);
  }
  expect(problems.slice(0, 5)).toEqual([]);
});

test("several hundred command lines are tried, and nothing of someone else's is changed", () => {
  expect(commands.flatMap(commandLines).length).toBeGreaterThan(500);
  expect(execFileSync("cat", ["file", "folder/notes"], { encoding: "utf8" })).toBe("minemine");
});

/** Every option that takes a value. */
const valued = commands.flatMap(({ name, options }) =>
  Object.entries(options).flatMap(([option, { type }]) =>
    type === "boolean" ? [] : [[name, option] as const],
  ),
);

test.each(valued)(
  "%s --%s is refused without a value, and with an empty one",
  async (name, option) => {
    const words = [name, ...without(BASE[name] ?? [], option), `--${option}`];
    for (const line of [words, [...words, ""]]) {
      const { status, stdout, stderr } = await runCommand(...line);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toContain(`--${option} is empty. Give it a value, or leave it out.`);
    }
  },
);
