/** The notes of a release, of the first real step: from the modules of 0.1.0 to those of now. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { compose } from "../../lib/answers/compose";
import { changelogSection } from "../../release/changelog";
import { releaseChange, type ReleaseChange } from "../../release/module-change";
import { releaseNotes, upgradeGuide } from "../../release/notes";
import { earlierModules } from "../../release/previous";
import { TemporaryFolder } from "../support/project-copy";
import { PROJECT, readFolder, readyModule } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const first = path.join(PROJECT, "__tests__", "fixtures", "modules-0.1.0");
const now = new Map([
  ["rds", new Map(Object.entries(readFolder(readyModule("rds"))))],
  ["composed", compose({ types: ["rds", "redshift"] })],
  ["keyspace", compose({ types: ["keyspace"] })],
]);
const section = { text: "- What changed.", previous: "0.1.0" };
const page = fs.readFileSync(path.join(PROJECT, "docs", "upgrading.md"), "utf8");

describeWithTerraform()("notes from 0.1.0", () => {
  let change: ReleaseChange;
  let notes: string;
  /** What stands below a heading of the third level. */
  const about = (title: string) => notes.split(`\n### ${title}\n`)[1]?.split("\n### ")[0] ?? "";

  beforeAll(async () => {
    change = releaseChange(await earlierModules(first), now);
    notes = releaseNotes("0.2.0", section, upgradeGuide(page, "0.1.0"), change);
  });

  test("begin with what is newly allowed", () => {
    expect(notes).toMatch(
      /^# 0\.2\.0\n\n## Newly allowed since 0\.1\.0\n\n- `sts:TagSession`, in a call for a service on EKS Pod Identity: `rds`, `composed`\n\nThe requests stand below/,
    );
  });

  test("say that nothing is, where that is so", () => {
    const modules = [{ type: "rds", interface: [], access: [], addresses: [] }];
    const none = releaseNotes("0.2.0", section, undefined, { added: [], removed: [], modules });
    expect(none).toContain("\nNothing: no policy or trust policy allows a request");
    expect(none).toContain("\nNothing differs in `rds`.\n");
  });

  test("have the changelog and the tested guide", () => {
    expect(notes).toMatch(
      /\n## What changes\n\n- What changed\.\n\n## How to upgrade from 0\.1\.0\n\n1\. Take the new modules/,
    );
    expect(notes).toContain("`create_user_roles` created the page's role names");
  });

  test("say what every root must do", () => {
    expect(about("All modules")).toContain("- Have terraform `>= 1.7.0`, was `>= 1.5.0`");
    expect(about("All modules")).toContain(
      "- Where you set `rds_database_users`, give it as `list(object({ region = string, resource_id = string, user_name = string }))`",
    );
  });

  test("name the moved block, and what leaves the state", () => {
    expect(notes).toContain(
      '- `aws_iam_policy.database_access["rds"]` moves to `aws_iam_policy.database_access["merged"]` by a block of the module',
    );
    expect(notes).toContain(
      '- `aws_iam_role_policy_attachment.database_access["service/rds"]` leaves the state by a block of the module',
    );
  });

  test("name the role that goes where it is not named, with the command that keeps it", () => {
    expect(about("composed")).toContain(
      `terraform state rm 'module.<call>.aws_iam_role.user["redshift/redshift-user-role"]'`,
    );
  });

  test("name the variables that came, and those that are others", () => {
    expect(about("All modules")).toMatch(/- added: .*`policy_count`.*`services`/);
    expect(about("composed")).toContain(
      '- changed: `redshift_user_role_names` (default `null`, was `["redshift-user-role"]`; may be null; other rules)',
    );
  });

  test("name the one request that a role may newly make, and of whom", () => {
    expect(about("composed")).toContain(
      "- `sts:TagSession on arn:aws:iam::123456789012:role/redshift-user-role (RedshiftConnectAsIAMRole)`, by the policy, in a call for a service on EKS Pod Identity",
    );
    const granted = change.modules
      .flatMap(({ access }) => access)
      .filter(({ document }) => document !== "boundary");
    expect(
      new Set(granted.map(({ action, situation }) => `${String(action)} ${situation}`)),
    ).toEqual(new Set(["sts:TagSession for a service on EKS Pod Identity"]));
  });

  test("name a module that is new", () => {
    expect(notes).toContain("\nNew: `keyspace`.\n");
  });

  test("give the command where no block speaks of an address", async () => {
    const files = new Map(now.get("rds"));
    const main = JSON.parse(files.get("main.tf.json") ?? "") as { moved?: object };
    delete main.moved;
    files.set("main.tf.json", JSON.stringify(main));
    const { modules } = releaseChange(
      new Map([["rds", (await earlierModules(first)).get("rds") ?? new Map<string, string>()]]),
      new Map([["rds", files]]),
    );
    expect(
      releaseNotes("0.2.0", section, undefined, { added: [], removed: [], modules }),
    ).toContain(
      `terraform state mv 'module.<call>.aws_iam_policy.database_access["rds"]' 'module.<call>.aws_iam_policy.database_access["merged"]'`,
    );
  });
});

test("without the modules of the last release, the notes are the changelog's", () => {
  expect(
    releaseNotes("0.1.0", { text: "- First.", previous: undefined }, undefined, undefined),
  ).toBe("# 0.1.0\n\n- First.\n");
});

test("the changelog has a section for 0.1.0", () => {
  const changelog = fs.readFileSync(path.join(PROJECT, "CHANGELOG.md"), "utf8");
  expect(changelogSection(changelog, "0.1.0").text).toContain("### Added");
});

describe("--since", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => {
    folder.dispose();
  });

  test("takes a folder, and an archive of it", async () => {
    execFileSync("tar", ["--create", "--gzip", "--file", folder.path("x.tgz"), "."], {
      cwd: first,
    });
    const modules = await earlierModules(first);
    expect([...modules.keys()].sort()).toEqual(["composed", "rds"]);
    expect(modules.get("rds")).toEqual(
      new Map(Object.entries(readFolder(path.join(first, "rds")))),
    );
    expect(new Map([...(await earlierModules(folder.path("x.tgz")))].sort())).toEqual(
      new Map([...modules].sort()),
    );
  });

  test.each([
    ["what is not there", "nope", /cannot be read: .*ENOENT/],
    ["a folder without a module", "empty", /has no module/],
    ["a file that is no archive", "text.txt", /cannot be read|has no module/],
  ])("refuses %s", async (_, name, message) => {
    folder.write({ "empty/x": "", "text.txt": "text" });
    await expect(earlierModules(folder.path(name))).rejects.toThrow(message);
  });
});
