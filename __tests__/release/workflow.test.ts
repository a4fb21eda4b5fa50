/** The workflow of a tag: what it may do, and the script of its first job, run. */
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { commit, projectClone } from "../support/project-clone";
import type { TemporaryFolder } from "../support/project-copy";
import { PROJECT, readFolder } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

interface Job {
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly with?: Readonly<Record<string, string | boolean>>;
  }[];
}

const text = fs.readFileSync(path.join(PROJECT, ".github", "workflows", "release.yml"), "utf8");
const { on, permissions, jobs } = parse(text) as {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: { readonly checks: Job; readonly files: Job; readonly publish: Job };
};

describe("the workflow", () => {
  test("runs for tags alone", () => {
    expect(on).toEqual({ push: { tags: ["v*"] } });
  });

  test("names each action by its commit, with its version", () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d/.test(line))).toEqual(
      [],
    );
  });

  test("makes the files without credentials, by scripts that are here", () => {
    expect(permissions).toEqual({ contents: "read" });
    expect(jobs.files.permissions).toBeUndefined();
    expect(JSON.stringify(jobs.files)).not.toMatch(/secrets\.|github\.token/);
    // The checks install programs of the day: nothing of their job is released.
    expect(jobs.files.needs).toBe("checks");
    const scripts = jobs.files.steps.flatMap(({ run }) => run ?? []);
    expect(scripts).toEqual(["npm ci", '.ci/release "$GITHUB_REF_NAME" release-files']);
    expect(JSON.stringify(jobs.files)).not.toContain("cache");
  });

  test("leaves no credentials in a checkout, and pins what it sets up", () => {
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const settings = (action: string) =>
      steps.flatMap(({ uses, with: given }) => (uses?.startsWith(action) ? [given] : []));
    for (const given of settings("actions/checkout@")) {
      expect(given).toMatchObject({ "persist-credentials": false });
    }
    for (const given of settings("actions/setup-node@")) {
      expect(given?.["node-version"]).toMatch(/^\d+\.\d+\.\d+$/);
    }
    expect(text.match(/runs-on: .*/g)).toEqual(Array(3).fill("runs-on: ubuntu-24.04"));
  });

  test("publishes what it has made, checked and attested, and nothing else", () => {
    const { needs, permissions: own, steps } = jobs.publish;
    expect(needs).toBe("files");
    expect(own).toEqual({ contents: "write", "id-token": "write", attestations: "write" });
    const attesting = steps.findIndex(({ uses }) => uses?.startsWith("actions/attest-build-"));
    const before = steps.slice(0, attesting).map(({ run, uses }) => run ?? uses?.split("@")[0]);
    expect(before).toEqual([
      "actions/checkout",
      "actions/setup-node",
      "actions/download-artifact",
      "cd release-files && sha256sum --check --strict SHA256SUMS",
    ]);
    expect(steps[attesting]?.with).toEqual({ "subject-checksums": "release-files/SHA256SUMS" });
    const publishing = steps.slice(attesting + 1).map(({ run }) => run ?? "");
    expect(publishing).toHaveLength(3);
    for (const run of publishing) expect(run).toContain("release-files/");
    expect(publishing.join("\n")).not.toMatch(/npm (ci|install|run)/);
  });
});

describeWithTerraform()(".ci/release", () => {
  const changelog = (line: string) =>
    `# Changelog\n\n## [Unreleased]\n\n## [0.2.0]\n\n- ${line}\n\n## [0.1.0]\n\n- First.\n`;
  const named = "On EKS Pod Identity, `sts:TagSession` is allowed, by the boundary, too.";
  let copy: TemporaryFolder;

  beforeAll(() => {
    copy = projectClone("2020-02-02T02:02:02Z");
    const now = copy.read("modules/rds/main.tf.json");
    const first = path.join(PROJECT, "__tests__", "fixtures", "modules-0.1.0", "rds");
    const current = Object.fromEntries(
      Object.keys(readFolder(first)).map((name) => [
        `modules/rds/${name}`,
        copy.read(`modules/rds/${name}`),
      ]),
    );
    for (const [name, content] of Object.entries(readFolder(first))) {
      copy.write({ [`modules/rds/${name}`]: content });
    }
    commit(copy, "2020-02-03T00:00:00Z");
    copy.succeed("git", "tag", "v0.1.0");
    const manifest = JSON.parse(copy.read("package.json")) as object;
    copy.write({
      ...current,
      "package.json": JSON.stringify({ ...manifest, version: "0.2.0" }),
      "CHANGELOG.md": changelog("Nothing of note."),
    });
    expect(copy.read("modules/rds/main.tf.json")).toBe(now);
    commit(copy, "2020-02-04T00:00:00Z");
  });

  afterAll(() => {
    copy.dispose();
  });

  const tagged = (tag: string, ...args: readonly string[]) => {
    copy.succeed("git", "tag", "--force", tag);
    return copy.run(".ci/release", tag, ...args);
  };

  test("refuses a tag that is not the version's", () => {
    const { status, stderr } = tagged("v0.3.0", "out");
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^Tag v0\.3\.0 is not that of/)]);
    copy.succeed("git", "tag", "--delete", "v0.3.0");
  });

  test("refuses access that the changelog does not name, and writes nothing", () => {
    const { status, stderr } = tagged("v0.2.0", "out");
    expect([status, stderr]).toEqual([
      1,
      "sts:TagSession is newly allowed, and [0.2.0] of CHANGELOG.md does not name it.\n" +
        "The permissions boundary newly allows something, and [0.2.0] of CHANGELOG.md does not speak of it.\n" +
        "Nothing was written.\n",
    ]);
    expect(fs.existsSync(copy.path("out"))).toBe(false);
  });

  test("makes the files, and notes since the tag before", () => {
    copy.write({ "CHANGELOG.md": changelog(named) });
    commit(copy, "2020-02-05T00:00:00Z");
    const { status, stderr } = tagged("v0.2.0", "out");
    expect([status, stderr]).toEqual([0, "Wrote release 0.2.0 to " + copy.path("out") + ".\n"]);
    copy.succeed("bash", "-c", "cd out && sha256sum --check --strict SHA256SUMS");
    const notes = copy.read("out/RELEASE-NOTES.md");
    expect(notes).toContain(`\n## What changes\n\n- ${named}\n`);
    expect(notes).toContain("## What changes for a root since 0.1.0");
    expect(notes.split("\n### rds\n")[1]?.split("\n### ")[0]).toContain(
      '`aws_iam_policy.database_access["rds"]` moves to',
    );
    expect(notes).toMatch(/\nNothing differs in `docdb`, .*`redshift-serverless`\.\n/);
    expect(notes.match(/^### .*/gm)).toEqual(["### rds"]);
  });

  test("refuses a first tag, which has nothing to compare with", () => {
    copy.succeed("git", "tag", "--delete", "v0.1.0");
    const { status, stderr } = tagged("v0.2.0", "first");
    expect([status, stderr]).toEqual([2, expect.stringContaining("No tag before v0.2.0")]);
  });
});
