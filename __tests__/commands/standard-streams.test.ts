/** The command's standard streams as shells connect them: pipes of every pace, full disks, closed ends. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { PROGRAM } from "../support/terminal";
import { describeWith } from "../support/tools";
import { PROJECT } from "../support/terraform";

/** A plan that creates policies. */
const planOf = (count: number, description = ""): string =>
  JSON.stringify({
    format_version: "1.2",
    planned_values: {},
    configuration: { root_module: {} },
    resource_changes: Array.from({ length: count }, (_, index) => ({
      address: `aws_iam_policy.x${String(index)}`,
      mode: "managed",
      type: "aws_iam_policy",
      name: `x${String(index)}`,
      change: {
        actions: ["create"],
        before: null,
        after: {
          name: `x${String(index)}`,
          description,
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Sid: "One", Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
          }),
        },
        after_unknown: { arn: true },
        before_sensitive: false,
        after_sensitive: {},
      },
    })),
  });
/** Larger than a pipe holds. */
const PLAN = planOf(1, "x".repeat(200_000));
const CONFIGURATION = fs.readFileSync(
  path.join(PROJECT, "__tests__", "fixtures", "teleport-yaml", "direct.yaml"),
  "utf8",
);

/** Every way in which a command reads the standard input, and what it then says. */
const READERS: readonly (readonly [words: string, input: string, said: string])[] = [
  ["review", PLAN, "IAM review: this plan grants new access"],
  ["review -", PLAN, "IAM review: this plan grants new access"],
  ["compose --from - --dry-run", CONFIGURATION, "main.tf.json"],
];

/** The pace of a producer's output. */
const PACES: Readonly<Record<string, (input: string) => AsyncGenerator<string>>> = {
  // eslint-disable-next-line @typescript-eslint/require-await
  "all at once": async function* (input) {
    yield input;
  },
  // Longer than the command takes to start and to ask for the first of it.
  "after a while": async function* (input) {
    await delay(600);
    yield input;
  },
  "in pieces": async function* (input) {
    const size = Math.ceil(input.length / 5);
    for (let at = 0; at < input.length; at += size) {
      yield input.slice(at, at + size);
      await delay(80);
    }
  },
};

describe.each(READERS)("%s reads", (words, input, said) => {
  test.each(Object.entries(PACES))("what comes %s", async (_name, pace) => {
    // A pipe of a shell, as users have it: that of Node's own child_process is a socket.
    const pipeline = spawn("bash", ["-c", `cat | "$0" "$1" ${words}`, process.execPath, PROGRAM]);
    const outcome = Promise.all([
      text(pipeline.stdout),
      text(pipeline.stderr),
      once(pipeline, "close"),
    ]);
    for await (const piece of pace(input)) pipeline.stdin.write(piece);
    pipeline.stdin.end();
    const [stdout, stderr, closed] = await outcome;
    expect([stderr.includes("Error"), closed[0]]).toEqual([false, 0]);
    expect(stdout).toContain(said);
  });

  test.each([
    ["a pipe that ends at once", "true |", ""],
    ["nothing", "", "</dev/null"],
    ["a closed descriptor", "", "<&-"],
  ])("%s, and says that it is empty", (_name, before, after) => {
    const { status, stdout, stderr } = shell(`${before} "$0" "$1" ${words} ${after}`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^Error: .*(is empty|no such (device|file))/);
    expect(stderr).not.toContain("    at ");
  });
});

test.each(["review -", "compose --from - --dry-run"])(
  "%s says that the standard input cannot be read",
  (words) => {
    const { status, stdout, stderr } = shell(`"$0" "$1" ${words} 0>/dev/null`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("Error: The standard input: bad file descriptor (EBADF). ");
  },
);

const WRITERS = ["--help", "list", "explain rds", "schema", "print-iam --types all", "review PLAN"];

describe.each(WRITERS)("%s", (args) => {
  const command = `"$0" "$1" ${args.replace("PLAN", `<(echo '{"format_version":"1.2","planned_values":{},"resource_changes":[],"configuration":{}}')`)}`;

  test("onto a full disk says so, with status 2", () => {
    const { status, stderr } = shell(`${command} >/dev/full`);
    expect(stderr).toMatch(/^Error: Could not write the output: ENOSPC/m);
    expect(stderr).not.toContain("    at ");
    expect(status).toBe(2);
  });

  test("to a reader that has gone says so, with status 2", () => {
    // The reader ends before the command begins.
    const { stderr } = shell(`{ sleep 0.2; ${command}; echo "status $?" >&2; } | true`);
    expect(stderr.replace(/^Placeholders.*\n/m, "")).toBe(
      "Error: The program that reads the output ended before it read everything.\nstatus 2\n",
    );
  });
});

describeWith("python3", ["--version"])("through a pipe that does not wait", () => {
  // Another program that has the pipe, too, can have made it one.
  const notWaiting =
    "import os, sys; os.set_blocking(1, False); os.execvp(sys.argv[1], sys.argv[1:])";

  test("a slow reader gets everything", () => {
    const { stdout, stderr, status } = spawnSync(
      "bash",
      [
        "-c",
        `set -o pipefail; python3 -c '${notWaiting}' "$0" "$1" review --format json - | { sleep 1; cat; }`,
        process.execPath,
        PROGRAM,
      ],
      { encoding: "utf8", input: planOf(500) },
    );
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    // More than a pipe holds.
    expect(stdout.length).toBeGreaterThan(100_000);
    expect((JSON.parse(stdout) as { readonly items: unknown[] }).items).toHaveLength(500);
  });
});

/** Runs a line of bash in which `$0` is Node and `$1` the command. */
function shell(line: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync("bash", ["-c", line, process.execPath, PROGRAM], { encoding: "utf8" });
}
