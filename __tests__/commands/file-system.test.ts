/** Failures of the file system: each case ends in a sentence with status 2, and at once. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { planOfResources, policyChange } from "../support/iam-plan";
import { PROGRAM } from "../support/terminal";

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-system-"));
  // Another user runs the command, too: the superuser may read and write everything.
  fs.chmodSync(folder, 0o777);
});

const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Runs a line of bash in the folder, in which `db-iam` is the command. What takes longer hangs. */
function shell(line: string) {
  const { status, stdout, stderr, signal } = spawnSync(
    "bash",
    ["-c", `db-iam() { "$NODE" "$PROGRAM" "$@"; }\n${line}`],
    {
      cwd: folder,
      encoding: "utf8",
      timeout: 30_000,
      env: { ...process.env, NODE: process.execPath, PROGRAM },
      ...nobody,
    },
  );
  return { status, stdout, stderr, signal };
}

/** A review of a plan without changes. */
const empty = `echo '${planOfResources([])}' >empty.json; db-iam review empty.json`;
const compose = "db-iam compose --types keyspace --output out";

/** A line of bash, and what its last command says. */
const failures: readonly (readonly [name: string, line: string, said: string])[] = [
  [
    "explore below a file",
    "touch f; db-iam explore --output f/x",
    "f/x: not a directory (ENOTDIR)",
  ],
  [
    "explore into a sealed folder",
    "mkdir -m 500 s; db-iam explore --output s/x",
    "permission denied (EACCES)",
  ],
  ["explore over a FIFO", "mkfifo p; db-iam explore --output p", "p is not a file."],
  ["explore over a folder", "mkdir d; db-iam explore --output d", "d is not a file."],
  [
    "explore over a file of someone else",
    "echo mine >f; db-iam explore --output f",
    "teleport-db-iam did not write f.",
  ],
  [
    "compose below a file",
    "touch f; db-iam compose --types rds --output f/x",
    "f/x: not a directory (ENOTDIR)",
  ],
  ["compose into a sealed folder", "mkdir -m 500 out; COMPOSE", "permission denied (EACCES)"],
  [
    "compose into a folder that cannot be read",
    "mkdir -m 300 out; COMPOSE",
    "permission denied (EACCES)",
  ],
  ["compose into a FIFO", "mkfifo out; COMPOSE", "out is not a folder."],
  ["--check of a file", "touch out; COMPOSE --check", "out is not a folder."],
  [
    "--check of a file that cannot be read",
    "COMPOSE; chmod 0 out/main.tf.json; COMPOSE --check",
    "main.tf.json: permission denied (EACCES)",
  ],
  [
    "a working directory that is gone",
    "mkdir d; cd d; rmdir ../d; db-iam compose --types rds --output x",
    "The working directory does not exist any more.",
  ],
  ["a plan that is a folder", "db-iam review .", ". is a folder. Name a file"],
  [
    "a plan that is not there",
    "db-iam review plan.json",
    "plan.json: no such file or directory (ENOENT)",
  ],
  [
    "policies in a folder that is sealed below",
    "mkdir -p p; echo '{}' >p/x.json; mkdir -m 0 p/s; EMPTY --policies p",
    "p/s: permission denied (EACCES)",
  ],
  [
    "policies of which one is a FIFO",
    "mkdir p; mkfifo p/x.json; EMPTY --policies p",
    "The folder p has no file that ends in .json.",
  ],
  [
    "accepted findings without an end",
    "EMPTY --accepted /dev/zero",
    "/dev/zero is larger than 64 MB",
  ],
  [
    "a plan that cannot be read",
    "touch p; chmod 0 p; db-iam review p",
    "p: permission denied (EACCES)",
  ],
  [
    "a plan without an end",
    "db-iam review /dev/zero",
    "/dev/zero is larger than 64 MB, which is the limit.",
  ],
  [
    "a standard input without an end",
    "db-iam review - </dev/zero",
    "The standard input is larger than 64 MB",
  ],
  [
    "a configuration without an end",
    "db-iam compose --from - --dry-run </dev/zero",
    "The standard input is larger than 64 MB",
  ],
  [
    "UTF-16 that is not a plan",
    "printf '\\xfe\\xff\\x00x' | db-iam review",
    "The standard input is not a Terraform plan in JSON",
  ],
];

test.each(failures)("%s", (_, line, said) => {
  const { status, stdout, stderr, signal } = shell(
    line
      .replaceAll("COMPOSE", compose)
      .replace(
        /^(.*)EMPTY (.*)$/,
        (_line, before: string, rest: string) => `${before}${empty} ${rest}`,
      ),
  );
  const last =
    stderr
      .split("\nError: ")
      .at(-1)
      ?.replace(/^Error: /, "") ?? "";
  expect([signal, status, stdout]).toEqual([null, 2, ""]);
  expect(last).toContain(said);
  expect(stderr).not.toMatch(/^ {4}at |node:internal/m);
  expect(stderr.length).toBeLessThan(2000);
});

describe("what works all the same", () => {
  test.each([
    ["--check with a FIFO in place of a file", "rm out/main.tf.json; mkfifo out/main.tf.json"],
    [
      "--check with a link in place of a file",
      "rm out/main.tf.json; ln -s /etc/passwd out/main.tf.json",
    ],
    [
      "--check with a device in place of a file",
      "rm out/main.tf.json; ln -s /dev/zero out/main.tf.json",
    ],
    [
      "--check with JSON that nests deep",
      `node -p '"[".repeat(2e5) + "]".repeat(2e5)' >out/main.tf.json`,
    ],
  ])("%s says that the file differs, and shows nothing of it", (_, change) => {
    const { status, stdout, signal } = shell(`${compose}; ${change}; ${compose} --check`);
    expect([signal, status]).toEqual([null, 1]);
    expect(stdout).toMatch(/^differs: {2}out\/main\.tf\.json\n/);
    expect(stdout).not.toContain("root:");
  });

  test("--check evaluates nothing of the folder", () => {
    const { stdout } = shell(
      `${compose}; sed -i 's#"value": "#&\${file(\\\\"/etc/passwd\\\\")}#' out/outputs.tf.json; ${compose} --check`,
    );
    expect(stdout).toBe("differs:  out/outputs.tf.json\n");
  });

  test.each(["", "TMPDIR=/nowhere"])("nothing is written outside of --output %s", (environment) => {
    const { status } = shell(
      `mkdir home; export HOME=$PWD/home XDG_CACHE_HOME=$PWD/home ${environment}; ${compose}; db-iam list`,
    );
    expect(status).toBe(0);
    expect(fs.readdirSync(folder).sort()).toEqual(["home", "out"]);
    expect(fs.readdirSync(path.join(folder, "home"))).toEqual([]);
  });

  test("what a killed run left is removed by the next one", () => {
    const leftover = ".teleport-db-iam.00000000-0000-4000-8000-000000000000.tmp";
    const { status } = shell(
      `${compose}; touch out/${leftover} out/tests/${leftover}; ${compose}; touch ${leftover}; db-iam explore`,
    );
    expect(status).toBe(0);
    const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
    expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("explore replaces its own page, without a flag", () => {
    const { status, stderr } = shell("db-iam explore; echo >>teleport-db-iam.html; db-iam explore");
    expect(status).toBe(0);
    expect(stderr.match(/Wrote/g)).toHaveLength(2);
  });
});

describe("a plan as shells of Windows write it", () => {
  const plan = planOfResources([policyChange({}, {})]);
  const utf16 = Buffer.from(`\uFEFF${plan}`, "utf16le");

  test.each([
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${plan}`)],
    ["UTF-16, little end first", utf16],
    ["UTF-16, big end first", Buffer.from(utf16).swap16()],
  ])("%s is read", (_, bytes) => {
    fs.writeFileSync(path.join(folder, "plan.json"), bytes);
    const [file, piped] = ["db-iam review plan.json", "db-iam review <plan.json"].map(shell);
    expect(file?.status).toBe(0);
    expect(piped?.stdout).toBe(file?.stdout);
  });
});

test.each(["3164", "115f", "34f", "fe0f", "2800", "e0100", "202e", "200b"])(
  "U+%s is shown by its code in messages and in what was read",
  (code) => {
    const character = String.fromCodePoint(Number.parseInt(code, 16));
    const { stderr } = shell(`db-iam explain 'r${character}ds'`);
    expect(stderr).toContain(`\\u{${code}}`);
    fs.writeFileSync(
      path.join(folder, "teleport.yaml"),
      `db_service:\n  enabled: true\n  databases:\n    - name: ${JSON.stringify(`a${character}b`)}\n      protocol: postgres\n      uri: x.abc.us-east-1.rds.amazonaws.com:5432\n`,
    );
    const read = shell("db-iam compose --from teleport.yaml --dry-run");
    expect([read.status, read.stderr.includes(character)]).toEqual([0, false]);
    expect(read.stderr).toContain(`a\\u{${code}}b`);
  },
);
