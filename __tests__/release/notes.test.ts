/** The notes of a release: those of 0.3.0, from the modules of 0.2.0, and those of an edited module. */
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import type { Files } from "../../lib/files/module-files";
import { releaseChange } from "../../release/module-change";
import { releaseNotes } from "../../release/notes";
import { earlierModules } from "../../release/previous";
import { TemporaryFolder } from "../support/project-copy";
import { PROJECT, readFolder, readyModule } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const LAST = path.join(PROJECT, "__tests__", "fixtures", "modules-0.2.0");
const now = (name: string): Files => new Map(Object.entries(readFolder(readyModule(name))));
const section = { text: "- What changed.", previous: "0.2.0" };

describeWithTerraform()("the notes of 0.3.0", () => {
  let notes: string;
  /** The text below a heading of the third level. */
  const about = (title: string) => notes.split(`\n### ${title}\n`)[1]?.split("\n### ")[0] ?? "";

  beforeAll(async () => {
    const after = new Map(["rds", "keyspace", "service-role"].map((name) => [name, now(name)]));
    notes = releaseNotes("0.3.0", section, releaseChange(await earlierModules(LAST), after));
  });

  test("begin with what is newly allowed, and contain the changelog's section", () => {
    expect(notes).toMatch(
      /^# 0\.3\.0\n\n## Newly allowed since 0\.2\.0\n\nNothing: [^\n]*\n\n## What changes\n\n- What changed\.\n\n## What changes for a root since 0\.2\.0\n/,
    );
  });

  test("list variables and outputs once if all modules have the change", () => {
    expect(about("All modules")).toContain(
      "- changed: `terraform` (version `>= 1.5`, was `>= 1.7.0`)",
    );
    expect(about("All modules")).toMatch(/- removed: .*`create_service_role`, .*`trust_account`/);
    expect(about("All modules")).toMatch(/- removed: .*`policy_arns`/);
    expect(about("All modules")).toContain("- added: `policy_arn`");
    expect(about("rds")).toBe(
      "\n**Variables**\n\n- other validation: `rds_clusters`, `rds_database_users`, `rds_instances`, `services`\n",
    );
    expect(about("keyspace")).toMatch(/- added: .*`trusted_principals`/);
  });

  test("name the block that keeps each address", () => {
    expect(about("All modules")).toContain(
      '- `aws_iam_policy.database_access["merged"]` is now `aws_iam_policy.database_access[0]`: add a `moved` block, or Terraform replaces it',
    );
    expect(about("All modules")).toContain(
      '- `aws_iam_policy_attachment.database_access["merged"]`, in a call that attaches to a role: Terraform destroys it. To keep it in AWS, add a `removed` block for `module.<call>.aws_iam_policy_attachment.database_access`',
    );
  });
});

describeWithTerraform()("the notes of an edited module", () => {
  /** The ready module of RDS with another main.tf.json. */
  const edited = (change: (main: string) => string): Files =>
    new Map(
      [...now("rds")].map(([file, text]) => [file, file.startsWith("main") ? change(text) : text]),
    );
  const notesOf = (before: Files, after: Files) =>
    releaseNotes(
      "0.4.0",
      section,
      releaseChange(new Map([["rds", before]]), new Map([["rds", after]])),
    );

  test("name a request that is newly allowed", () => {
    const before = edited((main) => main.replaceAll('"rds:ModifyDBCluster",', ""));
    const notes = notesOf(before, now("rds"));
    expect(notes).toContain(
      "## Newly allowed since 0.2.0\n\n- `rds:ModifyDBCluster`, in a call with the module's defaults: `rds`\n",
    );
    expect(notes).toMatch(
      /\*\*Newly allowed\*\*\n\n- `rds:ModifyDBCluster on arn:aws:rds:\S+ \(RDSAutoEnableIAMAuth\)`, by the policy, in a call with the module's defaults\n/,
    );
  });
});

test("without the modules of the last release, the notes are the changelog's", () => {
  expect(releaseNotes("0.1.0", { text: "- First.", previous: undefined }, undefined)).toBe(
    "# 0.1.0\n\n- First.\n",
  );
});

describe("--since", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });

  test("accepts a folder, and an archive of it", async () => {
    execFileSync("tar", ["--create", "--gzip", "--file", folder.path("x.tgz"), "."], { cwd: LAST });
    const modules = await earlierModules(LAST);
    expect([...modules.keys()].sort()).toEqual(["keyspace", "rds"]);
    expect(modules.get("rds")).toEqual(new Map(Object.entries(readFolder(path.join(LAST, "rds")))));
    expect(new Map([...(await earlierModules(folder.path("x.tgz")))].sort())).toEqual(
      new Map([...modules].sort()),
    );
  });

  test.each([
    ["a missing folder", "nope", /cannot be read: .*ENOENT/],
    ["a folder without a module", "empty", /has no module/],
    ["a file that is not an archive", "text.txt", /cannot be read|has no module/],
  ])("refuses %s", async (_, name, message) => {
    folder.write({ "empty/x": "", "text.txt": "text" });
    await expect(earlierModules(folder.path(name))).rejects.toThrow(message);
  });
});
