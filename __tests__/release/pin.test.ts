/**
 * What README.md says of pinning and updating: a repository of modules with two tags, called from git
 * and as an archive, in real terraform.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { archive } from "../../release/archive";
import type { Files } from "../../lib/files/module-files";
import { TemporaryFolder } from "../support/project-copy";
import { workingTree } from "../support/release-tree";
import {
  moduleCall,
  OFFLINE_PROVIDER,
  plannedResources,
  PROJECT,
  readFolder,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const MEGABYTE = 1 << 20;
const FIRST = path.join(PROJECT, "__tests__", "fixtures", "modules-0.1.0", "rds");
const values = {
  aws_account_id: '"123456789012"',
  attach_to_roles: '{ service = "agent" }',
};

/** All files below a folder, with their sizes; of git's own, too. */
function sizes(folder: string): number[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.statSync(path.join(entry.parentPath, entry.name)).size);
}

/** Makes `tree` the content of a repository under a tag, as the workflow does. */
function publish(tag: string, tree: Files, repository: string): ReturnType<typeof spawnSync> {
  const folder = new TemporaryFolder();
  try {
    folder.write(Object.fromEntries(tree));
    const script = path.join(PROJECT, ".ci", "publish-modules");
    return spawnSync(script, [tag, folder.folder, repository], { encoding: "utf8" });
  } finally {
    folder.dispose();
  }
}

describeWithTerraform()("the repository of modules", () => {
  let home: TemporaryFolder;
  let root: TerraformRoot;
  let repository: string;
  let second: Files;

  beforeAll(async () => {
    home = new TemporaryFolder();
    repository = `file://${home.path("modules.git")}`;
    home.succeed("git", "init", "--quiet", "--bare", "--initial-branch=main", "modules.git");
    second = await workingTree("0.2.0");
    // The release before: RDS as it was, and one file that is gone now.
    const first = new Map([...second, ["OLD.md", "Gone.\n"] as const]);
    for (const name of second.keys()) if (name.startsWith("modules/rds/")) first.delete(name);
    for (const [name, text] of Object.entries(readFolder(FIRST))) {
      first.set(`modules/rds/${name}`, text);
    }
    for (const [tag, tree] of [
      ["v0.1.0", first],
      ["v0.2.0", second],
    ] as const) {
      const { status, stderr } = publish(tag, tree, repository);
      if (status !== 0) throw new Error(String(stderr));
    }
    root = new TerraformRoot({ "provider.tf": OFFLINE_PROVIDER });
  });

  afterAll(() => {
    root.dispose();
    home.dispose();
  });

  const call = (source: string) => {
    root.write({ "main.tf": moduleCall("rds", source, values) });
    root.succeed("init", "-backend=false", "-upgrade");
    return root.plan();
  };

  test("has two tags, and of the second what the second tree has", () => {
    const git = (...args: readonly string[]) =>
      home
        .succeed("git", "-C", "modules.git", ...args)
        .trimEnd()
        .split("\n");
    expect(git("tag")).toEqual(["v0.1.0", "v0.2.0"]);
    expect(git("ls-tree", "-r", "--name-only", "v0.2.0").sort()).toEqual([...second.keys()].sort());
    expect(git("ls-tree", "--name-only", "v0.1.0")).toContain("OLD.md");
    expect(git("rev-parse", "main")).toEqual(git("rev-parse", "v0.2.0^{commit}"));
  });

  test("never moves a tag", () => {
    const before = home.succeed("git", "-C", "modules.git", "for-each-ref");
    const { status, stderr } = publish("v0.1.0", second, repository);
    expect([status === 0, String(stderr)]).toEqual([false, expect.stringMatching(/v0\.1\.0/)]);
    expect(home.succeed("git", "-C", "modules.git", "for-each-ref")).toBe(before);
  });

  test("is pinned by a tag, and updated by another one", () => {
    const source = (tag: string) => `git::${repository}//modules/rds?ref=${tag}`;
    const before = call(source("v0.1.0"));
    expect(
      plannedResources(before, "rds", "aws_iam_policy.database_access").map(([key]) => key),
    ).toEqual(["rds"]);
    const after = call(source("v0.2.0"));
    expect(
      plannedResources(after, "rds", "aws_iam_policy.database_access").map(([key]) => key),
    ).toEqual(["merged"]);
  });

  test("comes as its tree alone, and under 2 MB with all of git's files", () => {
    call(`git::${repository}//modules/rds?ref=v0.2.0&depth=1`);
    const folder = path.join(root.folder, ".terraform", "modules", "rds");
    const all = sizes(folder);
    const ofGit = sizes(path.join(folder, ".git"));
    expect(all.length - ofGit.length).toBe(second.size);
    expect(all.reduce((sum, size) => sum + size, 0)).toBeLessThan(2 * MEGABYTE);
  });

  describe("as an archive of one module", () => {
    let server: Server;
    let address: string;
    let sum: string;
    let content: Map<string, string>;

    beforeAll(async () => {
      const prefix = "modules/rds/";
      content = new Map(
        [...second]
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, text]) => [name.slice(prefix.length), text]),
      );
      const bytes = await archive(
        new Map(
          [...content].map(([name, text]) => [
            name,
            { content: Buffer.from(text), executable: false },
          ]),
        ),
      );
      sum = createHash("sha256").update(bytes).digest("hex");
      server = createServer((_, response) => response.end(bytes));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      address = `http://127.0.0.1:${String(port)}/teleport-database-access-rds-0.2.0.tar.gz`;
    });

    afterAll(() => {
      server.close();
    });

    test("is that module alone", async () => {
      const { status, stderr } = await init(address);
      expect([status, stderr]).toEqual([0, ""]);
      expect(sizes(path.join(root.folder, ".terraform", "modules", "rds"))).toHaveLength(
        content.size,
      );
      expect(
        plannedResources(root.plan(), "rds", "aws_iam_policy.database_access").map(([key]) => key),
      ).toEqual(["merged"]);
    });

    test("is held to the checksum that the source names", async () => {
      expect(await init(`${address}?checksum=sha256:${sum}`)).toMatchObject({ status: 0 });
      const { status, stderr } = await init(`${address}?checksum=sha256:${"0".repeat(64)}`);
      expect([status, stderr]).toEqual([1, expect.stringMatching(/[Cc]hecksums did not match/)]);
    });

    /** Without waiting in this process, which serves the archive. */
    async function init(source: string): Promise<{ status: number | null; stderr: string }> {
      fs.rmSync(path.join(root.folder, ".terraform", "modules"), { recursive: true, force: true });
      root.write({ "main.tf": moduleCall("rds", source, values) });
      const { spawn } = await import("node:child_process");
      const child = spawn("terraform", ["init", "-backend=false", "-no-color"], {
        cwd: root.folder,
        env: root.environment,
        stdio: ["ignore", "ignore", "pipe"],
      });
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      return new Promise((resolve) => {
        child.on("close", (status) => {
          resolve({ status, stderr });
        });
      });
    }
  });
});
