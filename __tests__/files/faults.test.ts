/** Faults in the middle of a write: each file is whole at any time, and the next run writes the rest. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { difference } from "../../lib/files/folder";
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
  expect(stderr).toMatch(/: permission denied \(EACCES\)\. Name another path/);
  expect(status).toBe(2);
  expect(contentOf(folder)).toEqual(before);
});

test("a disk that is full keeps what it holds, and no other file", () => {
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
  expect(stderr).toMatch(/: file too large \(EFBIG\)\. /);
  expect(status).toBe(2);
  expect(contentOf(folder)).toEqual(before);
});

/** Holds each file to the old or the new content, but for what a killed run was writing. */
function wholeFiles(): void {
  const files = Object.entries(contentOf(folder)).filter(([name]) => !name.endsWith(".tmp"));
  for (const [name, content] of files) expect([before[name], after[name]]).toContain(content);
}

const places = [1, 2, COUNT].flatMap((rename) => [
  `before ${String(rename)}`,
  `after ${String(rename)}`,
]);

test.each(places)(
  "a run killed %s of its renames leaves whole files, and the next run ends it",
  (at) => {
    expect(write(`--kill=${at}`).signal).toBe("SIGKILL");
    wholeFiles();
    const found = difference(folder, manyFiles("after", COUNT));
    if (at !== `after ${String(COUNT)}`) expect(found).not.toMatchObject({ changed: [] });
    expect(write().status).toBe(0);
    // Nothing is left of the killed run either.
    expect(contentOf(folder)).toEqual(after);
  },
);

test("of many runs at once each writes whole files or says why it stopped", async () => {
  const labels = ["after", "before", "after", "before"];
  const ended = await Promise.all(
    labels.map(async (label) => {
      const child = spawn(process.execPath, [script, folder, label, String(COUNT)]);
      let message = "";
      child.stderr.on("data", (text: Buffer) => (message += text.toString()));
      const [status] = (await once(child, "close")) as [number];
      return { status, message };
    }),
  );
  for (const { status, message } of ended) {
    expect([status, message]).toEqual(
      status === 0 ? [0, ""] : [2, expect.stringContaining("no such file")],
    );
  }
  wholeFiles();
  expect(write().status).toBe(0);
  expect(contentOf(folder)).toEqual(after);
});

// Not a fault of a file but of a whole file system, where Node's own recursive mkdir never returns.
const testWithProc = fs.existsSync("/proc/self") ? test : test.skip;
testWithProc("a path where the system makes no folders is refused", () => {
  folder = "/proc/teleport-db-iam/output";
  const { status, stderr } = write();
  expect(stderr).toMatch(/^\/proc\/teleport-db-iam: no such file or directory \(ENOENT\)/);
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
