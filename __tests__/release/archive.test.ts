/** Archives of a release, as tar, gzip and zlib read them. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { archive, readArchive } from "../../release/archive";
import { TemporaryFolder } from "../support/project-copy";

const file = (text: string, executable = false) => ({ content: Buffer.from(text), executable });
const long = `${"folder/".repeat(20)}${"name".repeat(30)}`;
const files = new Map([
  ["b.txt", file("second")],
  ["a/run", file("#!/bin/sh\n", true)],
  ["B.txt", file("before a, by code unit")],
  [long, file("")],
]);

let folder: TemporaryFolder;
beforeEach(() => {
  folder = new TemporaryFolder();
});

async function listed(): Promise<string[]> {
  fs.writeFileSync(folder.path("x.tar.gz"), await archive(files));
  const options = ["--list", "--verbose", "--full-time", "--numeric-owner", "--utc"];
  return execFileSync("tar", [...options, "--file", folder.path("x.tar.gz")])
    .toString()
    .trimEnd()
    .split("\n");
}

test("tar lists them in order, of nobody, of one time and with one of two modes", async () => {
  expect((await listed()).map((line) => line.replace(/ +/g, " "))).toEqual([
    "-rw-r--r-- 0/0 22 1985-10-26 08:15:00 B.txt",
    "-rwxr-xr-x 0/0 10 1985-10-26 08:15:00 a/run",
    "-rw-r--r-- 0/0 6 1985-10-26 08:15:00 b.txt",
    `-rw-r--r-- 0/0 0 1985-10-26 08:15:00 ${long}`,
  ]);
});

test.each([
  ["--gzip", "x.tar.gz"],
  ["--format=ustar", "x.tar"],
  ["--format=pax", "x.tar"],
])("what tar %s writes is read, without the folders", async (option, name) => {
  folder.write({ "in/a/b.txt": "text", "in/c.txt": "more" });
  execFileSync("tar", [option, "--create", "--file", folder.path(name), "."], {
    cwd: path.join(folder.folder, "in"),
  });
  const read = await readArchive(fs.readFileSync(folder.path(name)));
  expect([...read].map(([each, { content }]) => [each, content.toString()]).sort()).toEqual([
    ["a/b.txt", "text"],
    ["c.txt", "more"],
  ]);
});
