/** `.ci/release` with a tag, and `npm run release` from two clones under different settings of the machine. */
import * as fs from "node:fs";
import * as path from "node:path";
import { databaseTypes } from "../../lib/catalog";
import { readArchive } from "../../release/archive";
import { contentOf } from "../support/content-of";
import type { TemporaryFolder } from "../support/project-copy";
import { commit, projectClone } from "../support/project-clone";
import { PROJECT } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const modules = [...databaseTypes.map(({ name }) => name), "service-role", "access-role"];
const TREE = "terraform-aws-teleport-database-access";
const ACTION = "rds:ModifyDBCluster";

const release = (copy: TemporaryFolder, settings: string, ...args: readonly string[]) =>
  copy.run("bash", "-c", `${settings} npm run --silent release -- "$@"`, "release", ...args);

/** Sets the version and the changelog of a clone. */
function prepare(copy: TemporaryFolder, line: string): void {
  const manifest = JSON.parse(copy.read("package.json")) as object;
  copy.write({
    "package.json": JSON.stringify({ ...manifest, version: "1.1.0" }),
    "CHANGELOG.md": `# Changelog\n\n## [1.1.0]\n\n- ${line}\n\n## [1.0.0]\n\n- First.\n`,
  });
}

describeWithTerraform()("a release", () => {
  let copy: TemporaryFolder;
  let files: Record<string, string>;

  const tagged = (tag: string, ...args: readonly string[]) => {
    copy.succeed("git", "tag", "--force", tag);
    const { status, stderr } = copy.run(".ci/release", tag, ...args);
    return [status, stderr];
  };
  const named = `Allows \`${ACTION}\`, also by the boundary.`;

  beforeAll(() => {
    copy = projectClone("2020-02-02T02:02:02Z");
    const main = copy.read("modules/rds/main.tf.json");
    copy.write({ "modules/rds/main.tf.json": main.replaceAll(`"${ACTION}",`, "") });
    commit(copy, "2020-02-03T00:00:00Z");
    copy.succeed("git", "tag", "v1.0.0");
    copy.write({ "modules/rds/main.tf.json": main });
    prepare(copy, "Nothing of note.");
    commit(copy, "2020-02-04T00:00:00Z");
  });

  test("refuses a tag that is not the version's", () => {
    expect(tagged("v1.2.0", "out")).toEqual([
      2,
      expect.stringMatching(/^Tag v1\.2\.0 differs from/),
    ]);
    copy.succeed("git", "tag", "--delete", "v1.2.0");
  });

  test("refuses access that the changelog does not name, and writes nothing", () => {
    const [status, stderr] = tagged("v1.1.0", "out");
    expect([status, String(stderr).split("\n").sort()]).toEqual([
      1,
      [
        "",
        "CHANGELOG.md [1.1.0] does not mention the permissions boundary, which allows more. Add a line about the boundary.",
        `CHANGELOG.md [1.1.0] does not name \`${ACTION}\`, which is newly allowed. Add a line with its name in back-ticks.`,
        "Nothing was written.",
      ],
    ]);
    expect(fs.existsSync(copy.path("out"))).toBe(false);
  });

  test("writes the files, and the notes since the tag before", () => {
    prepare(copy, named);
    commit(copy, "2020-02-05T00:00:00Z");
    expect(tagged("v1.1.0", "out")).toEqual([0, `Wrote release 1.1.0 to ${copy.path("out")}.\n`]);
    files = contentOf(copy.path("out"));
    expect(files["RELEASE-NOTES.md"]).toContain(`\n## What changes\n\n- ${named}\n`);
    expect(files["RELEASE-NOTES.md"]?.match(/^### .*/gm)).toEqual(["### rds"]);
  });

  test("has an archive of each module, of the tree, the package, sums and the tree itself", () => {
    const own = Object.keys(files).filter((name) => !name.startsWith(`${TREE}/`));
    expect(own.sort()).toEqual(
      [
        "RELEASE-NOTES.md",
        "SHA256SUMS",
        `${TREE}-1.1.0.tar.gz`,
        "teleport-db-iam-1.1.0.tgz",
        ...modules.map((name) => `teleport-database-access-${name}-1.1.0.tar.gz`),
      ].sort(),
    );
  });

  test("has a tree with the modules and examples, and without files for Node", () => {
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
    expect(names.filter((name) => /node_modules|package|\.[cm]?[jt]s$|\.sh$/.test(name))).toEqual(
      [],
    );
  });

  test("has archives with the tree, and with a module and the licence", async () => {
    const unpacked = async (name: string) =>
      Object.fromEntries(
        [...(await readArchive(fs.readFileSync(copy.path("out", name))))].map(([each, file]) => [
          each,
          file.content.toString(),
        ]),
      );
    expect(await unpacked(`${TREE}-1.1.0.tar.gz`)).toEqual(contentOf(copy.path("out", TREE)));
    expect(await unpacked("teleport-database-access-rds-1.1.0.tar.gz")).toEqual({
      ...contentOf(path.join(PROJECT, "modules", "rds")),
      LICENSE: fs.readFileSync(path.join(PROJECT, "LICENSE"), "utf8"),
    });
  });

  test("has the same bytes from another clone, folder, umask, time zone and language", () => {
    const other = projectClone("2024-04-04T04:04:04Z");
    prepare(other, named);
    commit(other, "2024-04-05T04:04:04Z");
    const last = copy.path("last.tar");
    copy.succeed("git", "archive", "--output", last, "v1.0.0", "modules");
    const settings = "umask 077; TZ=Asia/Tokyo LC_ALL=tr_TR.UTF-8";
    const args = ["--output", "elsewhere/deep", "--since", last];
    const { status, stderr } = release(other, settings, ...args);
    expect([status, stderr]).toEqual([0, expect.stringContaining("Wrote release")]);
    const bytes = (folder: string) =>
      Object.fromEntries(
        Object.keys(contentOf(folder)).map((name) => [
          name,
          fs.readFileSync(path.join(folder, name)).toString("base64"),
        ]),
      );
    const [one, another] = [copy.path("out"), other.path("elsewhere", "deep")].map(bytes);
    const differing = Object.keys({ ...one, ...another }).filter(
      (name) => one?.[name] !== another?.[name],
    );
    expect(differing).toEqual([]);
  });

  test.each<[string, readonly string[], RegExp]>([
    ["no folder", [], /^Name the folder for the release/],
    ["a folder that is not empty", ["--output", "lib"], /^lib is not empty/],
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
});
