/** What the command keeps compiled from run to run: it is used, and what is wrong with it is found out. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PROGRAM } from "../support/terminal";

let home: string;

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-home-"));
});

afterEach(() => {
  fs.rmSync(home, { recursive: true, force: true });
});

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(words: string, env: NodeJS.ProcessEnv = {}, uid = process.getuid?.()): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words.split(" ")], {
    encoding: "utf8",
    uid,
    env: { PATH: process.env.PATH, HOME: home, ...env },
  });
  return { status, stdout, stderr };
}

/** The folder of what is kept, below a folder of caches. */
const folderIn = (caches: string): string => path.join(caches, "teleport-db-iam");

function keptFile(): string {
  const folder = folderIn(path.join(home, ".cache"));
  const [file, ...others] = fs.readdirSync(folder);
  expect(others).toEqual([]);
  return path.join(folder, file ?? "");
}

/** The first line of what is kept, and the rest. */
function kept(): { head: Readonly<Record<string, unknown>>; code: Buffer } {
  const bytes = fs.readFileSync(keptFile());
  const end = bytes.indexOf("\n");
  return {
    head: JSON.parse(bytes.toString("utf8", 0, end)) as Readonly<Record<string, unknown>>,
    code: bytes.subarray(end + 1),
  };
}

const put = (head: object, code: Buffer): void => {
  fs.writeFileSync(keptFile(), Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), code]));
};

test("a second run takes what the first one kept, and another command adds to it", () => {
  const first = run("list");
  expect(kept().head.words).toEqual(["list"]);
  const before = fs.statSync(keptFile()).mtimeMs;
  expect(run("list")).toEqual(first);
  // V8 took it, or it would have been kept anew.
  expect(fs.statSync(keptFile()).mtimeMs).toBe(before);
  run("schema");
  expect(kept().head.words).toEqual(["list", "schema"]);
});

test("what is typed by mistake is not kept", () => {
  run("S3cret");
  expect(fs.readdirSync(home)).toEqual([]);
});

test.each(["compose --types nope", "compose --help"])("%s ends early, and is not kept", (words) => {
  run(words);
  expect(fs.readdirSync(home)).toEqual([]);
});

describe("what is broken is compiled and kept anew", () => {
  let good: Outcome;

  beforeEach(() => {
    good = run("list");
  });

  // V8 ends the process where it runs most of these.
  test.each([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])("bytes at %d of it", (part) => {
    const { head, code } = kept();
    const broken = Buffer.from(code);
    const at = Math.floor(code.length * part);
    for (let byte = at; byte < at + 8; byte += 1) broken[byte] = (broken[byte] ?? 0) ^ 0xff;
    put(head, broken);
    expect(run("list")).toEqual(good);
    expect(kept().code.equals(broken)).toBe(false);
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ["half of it", (bytes) => bytes.subarray(0, bytes.length / 2)],
    ["nothing", () => Buffer.alloc(0)],
    ["zeros", (bytes) => Buffer.alloc(bytes.length)],
  ])("%s", (_name, broken) => {
    const whole = fs.readFileSync(keptFile());
    fs.writeFileSync(keptFile(), broken(whole));
    expect(run("list")).toEqual(good);
    expect(kept().head.words).toEqual(["list"]);
  });

  test.each([[["schema"]], [5], [null]])("words that are others: %j", (words) => {
    const { head, code } = kept();
    put({ ...head, words }, code);
    expect(run("list")).toEqual(good);
    expect(kept().head.words).toEqual(["list"]);
  });

  test("what another program left", () => {
    const { head, code } = kept();
    put({ ...head, program: "0".repeat(64) }, code);
    expect(run("list")).toEqual(good);
    expect(kept().head.program).toBe(head.program);
  });
});

describe("nothing is kept", () => {
  test("where Node is told so", () => {
    expect(run("list", { NODE_DISABLE_COMPILE_CACHE: "1" }).status).toBe(0);
    expect(fs.readdirSync(home)).toEqual([]);
  });

  test("without a home", () => {
    expect(run("list", { HOME: "" })).toMatchObject({ status: 0, stderr: "" });
  });

  test.each(["file", "file/below", "nowhere"])("in a home that is none: %s", (name) => {
    fs.writeFileSync(path.join(home, "file"), "");
    const outcome = run("list", { HOME: path.join(home, name) });
    expect(outcome).toMatchObject({ status: 0, stderr: "" });
  });

  test("on a full disk, and nothing stays behind", () => {
    fs.mkdirSync(folderIn(path.join(home, ".cache")), { recursive: true });
    // A process may write no file over this size: a block, where what is kept has hundreds.
    const { status, stderr } = spawnSync(
      "sh",
      ["-c", 'ulimit -f 1; exec "$0" "$1" list', process.execPath, PROGRAM],
      {
        encoding: "utf8",
        env: { PATH: process.env.PATH, HOME: home },
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(fs.readdirSync(folderIn(path.join(home, ".cache")))).toEqual([]);
  });

  test("where there is a file in the way", () => {
    fs.writeFileSync(path.join(home, ".cache"), "");
    expect(run("list")).toMatchObject({ status: 0, stderr: "" });
  });

  // The superuser can run it as somebody else.
  const testAsRoot = process.getuid?.() === 0 ? test : test.skip;
  testAsRoot("in somebody else's home", () => {
    fs.chmodSync(home, 0o777);
    expect(run("list", {}, 65534)).toMatchObject({ status: 0, stderr: "" });
    expect(fs.readdirSync(home)).toEqual([]);
  });
});

test("the folder of caches is the one that the user names", () => {
  run("list", { XDG_CACHE_HOME: home });
  expect(fs.readdirSync(folderIn(home))).toHaveLength(1);
});
