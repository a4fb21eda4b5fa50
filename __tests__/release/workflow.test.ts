/** The permissions, pinned programs and steps of the workflow that releases a tag. */
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { PROJECT } from "../support/terraform";

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
