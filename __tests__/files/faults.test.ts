/** Faults in the middle of a write: what was there stays whole, or the new module is whole. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { bundle } from "../support/bundle";
import { contentOf } from "../support/content-of";
import { manyFiles } from "./many-files";

const COUNT = 10;
const before = Object.fromEntries(manyFiles("before", COUNT));
const after = Object.fromEntries(manyFiles("after", COUNT));

let parent: string;
let folder: string;
let script: string;

beforeAll(() => {
  parent = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-faults-"));
  // A process of another user runs it, too.
  fs.chmodSync(parent, 0o755);
  script = bundle("__tests__/files/write-process.ts", parent);
});

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(parent, "output-"));
  fs.chmodSync(folder, 0o755);
  for (const [name, content] of Object.entries(before)) {
    fs.writeFileSync(path.join(folder, name), content);
  }
});

afterAll(() => {
  fs.rmSync(parent, { recursive: true, force: true });
});

test("without a fault the new module is whole", () => {
  expect(write().status).toBe(0);
  expect(contentOf(folder)).toEqual(after);
});

test("a folder that cannot be written keeps what it holds", () => {
  fs.chmodSync(folder, 0o555);
  // The superuser may write everywhere, so it is another user's process that tries.
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const { status, stderr } = spawnSync(process.execPath, [script, folder, "after", String(COUNT)], {
    encoding: "utf8",
    ...nobody,
  });
  expect(stderr).toMatch(/^Could not write to .*EACCES.*What was there before is unchanged\.$/);
  expect(status).toBe(2);
  expect(contentOf(folder)).toEqual(before);
});

test("a disk that is full keeps what it holds", () => {
  // A process may write no file over this size: 4 blocks, where the files have more than 8.
  const { status, stderr } = spawnSync(
    "sh",
    [
      "-c",
      'ulimit -f 4; exec "$@"',
      "sh",
      process.execPath,
      script,
      folder,
      "after",
      String(COUNT),
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toMatch(/^Could not write to .*EFBIG.*What was there before is unchanged\.$/);
  expect(status).toBe(2);
  expect(contentOf(folder)).toEqual(before);
});

test("a file that cannot be put in its place takes back all that were", () => {
  const obstacle = path.join(folder, "file-9.tf.json");
  fs.rmSync(obstacle);
  fs.mkdirSync(obstacle);
  fs.writeFileSync(path.join(obstacle, "x"), "mine");
  const whole = contentOf(folder);
  expect(write("--force").stderr).toMatch(
    /^Could not write to .*What was there before is unchanged/,
  );
  expect(contentOf(folder)).toEqual(whole);
});

/** Renames of one run: each old file goes aside, then each new one comes. */
const renames = [1, 2, COUNT, COUNT + 1, COUNT + 2, COUNT + 3, 2 * COUNT, 2 * COUNT + 2];

describe.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s", (name) => {
  test.each(renames)("at rename %i ends the process when the new module is whole", (at) => {
    const { signal } = write(`--signal=${name}@${String(at)}`);
    expect(signal).toBe(name);
    expect(contentOf(folder)).toEqual(after);
  });
});

test.each(renames)("the next run makes whole what one killed at rename %i left", (at) => {
  expect(write(`--signal=SIGKILL@${String(at)}`).signal).toBe("SIGKILL");
  expect(contentOf(folder)).not.toEqual(after);
  expect(write().status).toBe(0);
  expect(contentOf(folder)).toEqual(after);
});

test("of many runs at once each does all or nothing, and the last one's module is whole", async () => {
  const labels = ["after", "other", "third", "fourth"];
  // So many files that the runs meet.
  const count = 100;
  const children = [...labels, ...labels].map((label) => ({
    label,
    child: spawn(process.execPath, [script, folder, label, String(count)]),
  }));
  const ended = await Promise.all(
    children.map(async ({ label, child }) => {
      let message = "";
      child.stderr.on("data", (text: Buffer) => (message += text.toString()));
      const [status] = (await once(child, "close")) as [number];
      return { label, status, message };
    }),
  );
  for (const { status, message } of ended) {
    if (status !== 0) {
      expect(message).toMatch(/^Another run is writing to .*Wait for it to end/);
      expect(status).toBe(2);
    }
  }
  const written = ended.filter(({ status }) => status === 0).map(({ label }) => label);
  expect(written).not.toEqual([]);
  const whole = written.map((label) => Object.fromEntries(manyFiles(label, count)));
  expect(whole).toContainEqual(contentOf(folder));
});

test("a run waits for no other: it says which folder to remove if there is none", () => {
  const lock = path.join(folder, ".teleport-db-iam.tmp");
  fs.mkdirSync(lock);
  fs.writeFileSync(path.join(lock, "pid"), String(process.pid));
  const { status, stderr } = write();
  expect(stderr).toBe(
    `Another run is writing to ${folder}. Wait for it to end; if there is none, remove ${lock} and try again.`,
  );
  expect(status).toBe(2);
  fs.rmSync(lock, { recursive: true });
  expect(contentOf(folder)).toEqual(before);
});

// Not a fault of a file but of a whole file system, where Node's own recursive mkdir never returns.
const testWithProc = fs.existsSync("/proc/self") ? test : test.skip;
testWithProc("a path where the system makes no folders is refused", () => {
  folder = "/proc/teleport-db-iam/output";
  const { status, stderr } = write();
  expect(stderr).toMatch(/^Could not write to \/proc\/teleport-db-iam\/output: ENOENT/);
  expect(status).toBe(2);
});

interface Run {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

function write(...options: readonly string[]): Run {
  return spawnSync(process.execPath, [script, folder, "after", String(COUNT), ...options], {
    encoding: "utf8",
    timeout: 60_000,
  });
}
