/** `npm run release`, from two clones under different settings of the machine. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { databaseTypes } from "../../lib/catalog";
import { readArchive } from "../../release/archive";
import { contentOf } from "../support/content-of";
import type { TemporaryFolder } from "../support/project-copy";
import { projectClone } from "../support/project-clone";
import { PROJECT } from "../support/terraform";

const { version } = JSON.parse(fs.readFileSync(path.join(PROJECT, "package.json"), "utf8")) as {
  readonly version: string;
};
const modules = [...databaseTypes.map(({ name }) => name), "service-role", "access-role"];
const TREE = "terraform-aws-teleport-database-access";

const release = (copy: TemporaryFolder, settings: string, ...args: readonly string[]) =>
  copy.run("bash", "-c", `${settings} npm run --silent release -- "$@"`, "release", ...args);

let copy: TemporaryFolder;
let files: Record<string, string>;

beforeAll(() => {
  copy = projectClone("2020-02-02T02:02:02Z");
  const { status, stderr } = release(copy, "umask 022; TZ=UTC LC_ALL=C", "--output", "out");
  if (status !== 0) throw new Error(stderr);
  files = contentOf(copy.path("out"));
});

afterAll(() => {
  copy.dispose();
});

test("has an archive of each module, of the tree, the package, sums and the tree itself", () => {
  const own = Object.keys(files).filter((name) => !name.startsWith(`${TREE}/`));
  expect(own.sort()).toEqual(
    [
      "RELEASE-NOTES.md",
      "SHA256SUMS",
      `${TREE}-${version}.tar.gz`,
      `teleport-db-iam-${version}.tgz`,
      ...modules.map((name) => `teleport-database-access-${name}-${version}.tar.gz`),
    ].sort(),
  );
});

test("sha256sum finds the sums right, and there is one of each archive", () => {
  copy.succeed("bash", "-c", "cd out && sha256sum --check --strict SHA256SUMS");
  expect(files.SHA256SUMS?.trimEnd().split("\n")).toHaveLength(modules.length + 2);
});

test("the tree is a repository of modules, and has nothing of Node", () => {
  const names = Object.keys(files)
    .filter((name) => name.startsWith(`${TREE}/`))
    .map((name) => name.replace(`${TREE}/`, ""));
  expect(names).toEqual(
    expect.arrayContaining([
      ...["LICENSE", "README.md", "versions.tf.json", "variables.tf.json", "main.tf.json"],
      ...modules.map((name) => `modules/${name}/main.tf.json`),
      "examples/single-account/main.tf",
    ]),
  );
  expect(names.filter((name) => /node_modules|package|\.[cm]?[jt]s$|\.sh$/.test(name))).toEqual([]);
});

test("the archive of the tree has the tree, that of a module has the module, each with the licence", async () => {
  const unpacked = async (name: string) =>
    Object.fromEntries(
      [...(await readArchive(fs.readFileSync(copy.path("out", name))))].map(([each, file]) => [
        each,
        file.content.toString(),
      ]),
    );
  const tree = contentOf(copy.path("out", TREE));
  expect(await unpacked(`${TREE}-${version}.tar.gz`)).toEqual(tree);
  const module = await unpacked(`teleport-database-access-rds-${version}.tar.gz`);
  expect(module).toEqual({
    ...contentOf(path.join(PROJECT, "modules", "rds")),
    LICENSE: fs.readFileSync(path.join(PROJECT, "LICENSE"), "utf8"),
  });
});

test("another clone, folder, user's mask, zone, language and time give the same bytes", () => {
  const other = projectClone("2024-04-04T04:04:04Z");
  try {
    const settings = "umask 077; TZ=Asia/Tokyo LC_ALL=tr_TR.UTF-8";
    const { status, stderr } = release(other, settings, "--output", "elsewhere/deep");
    expect([status, stderr]).toEqual([0, expect.stringContaining("Wrote release")]);
    const sums = (folder: string, content: Record<string, string>) =>
      Object.keys(content).map((name) => {
        const hash = createHash("sha256").update(fs.readFileSync(path.join(folder, name)));
        return `${hash.digest("hex")} ${name}`;
      });
    const elsewhere = other.path("elsewhere", "deep");
    expect(sums(elsewhere, contentOf(elsewhere))).toEqual(sums(copy.path("out"), files));
  } finally {
    other.dispose();
  }
});

test.each<[string, readonly string[], RegExp]>([
  ["no folder", [], /^Name the folder for the release/],
  ["a folder that has something", ["--output", "lib"], /^lib is not empty/],
  ["an unknown option", ["--out", "x"], /--out/],
])("refuses %s", (_, args, message) => {
  const { status, stderr } = release(copy, "", ...args);
  expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
});

test("refuses a checkout with changes, and names them", () => {
  copy.write({ "modules/rds/main.tf.json": "{}" });
  const { status, stderr } = release(copy, "", "--output", "changed");
  expect([status, stderr]).toEqual([2, expect.stringMatching(/ M modules\/rds\/main\.tf\.json/)]);
  expect(fs.existsSync(copy.path("changed"))).toBe(false);
});
