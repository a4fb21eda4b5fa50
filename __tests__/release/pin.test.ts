/**
 * The sources of docs/pin-and-update.md: a repository of modules with two tags, called from git and as an
 * archive, with real terraform.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import * as fs from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { archive } from "../../release/archive";
import type { Files } from "../../lib/files/module-files";
import { contentOf } from "../support/content-of";
import { TemporaryFolder } from "../support/project-copy";
import { workingTree } from "../support/release-tree";
import { moduleCall, PROJECT } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

/** Makes `tree` the content of a repository under a tag, as the workflow does. */
function publish(tag: string, tree: Files, repository: string): ReturnType<typeof spawnSync> {
  const folder = new TemporaryFolder();
  folder.write(Object.fromEntries(tree));
  const script = path.join(PROJECT, ".ci", "publish-modules");
  return spawnSync(script, [tag, folder.folder, repository], { encoding: "utf8" });
}

describeWithTerraform()("the repository of modules", () => {
  let home: TemporaryFolder;
  let repository: string;
  let first: Files;
  let second: Files;

  /** The files of the module at `source`, as `terraform get` loads them. */
  async function loaded(source: string): Promise<Record<string, string> | string> {
    fs.rmSync(home.path("root"), { recursive: true, force: true });
    home.write({ "root/main.tf": moduleCall("rds", source, {}) });
    // Not in this process, which serves the archive.
    const child = spawn("terraform", ["get", "-no-color"], { cwd: home.path("root") });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const [status] = (await once(child, "close")) as [number];
    if (status !== 0) return stderr;
    return contentOf(home.path("root", ".terraform", "modules", "rds"));
  }

  beforeAll(async () => {
    home = new TemporaryFolder();
    repository = `file://${home.path("modules.git")}`;
    home.succeed("git", "init", "--quiet", "--bare", "--initial-branch=main", "modules.git");
    second = await workingTree("0.3.0");
    // The release before it: another README of RDS, and one file that is gone now.
    first = new Map([...second, ["OLD.md", "Gone.\n"], ["modules/rds/README.md", "The first.\n"]]);
    for (const [tag, tree] of [
      ["v0.2.0", first],
      ["v0.3.0", second],
    ] as const) {
      const { status, stderr } = publish(tag, tree, repository);
      if (status !== 0) throw new Error(String(stderr));
    }
  });

  test("has two tags, and the files of the second tree under the second", () => {
    const git = (...args: readonly string[]) =>
      home
        .succeed("git", "-C", "modules.git", ...args)
        .trimEnd()
        .split("\n");
    expect(git("tag")).toEqual(["v0.2.0", "v0.3.0"]);
    expect(git("ls-tree", "-r", "--name-only", "v0.3.0").sort()).toEqual([...second.keys()].sort());
    expect(git("ls-tree", "--name-only", "v0.2.0")).toContain("OLD.md");
    expect(git("rev-parse", "main")).toEqual(git("rev-parse", "v0.3.0^{commit}"));
  });

  test("never moves a tag", () => {
    const before = home.succeed("git", "-C", "modules.git", "for-each-ref");
    const { status, stderr } = publish("v0.2.0", second, repository);
    expect([status === 0, String(stderr)]).toEqual([false, expect.stringMatching(/v0\.2\.0/)]);
    expect(home.succeed("git", "-C", "modules.git", "for-each-ref")).toBe(before);
  });

  test("is pinned by a tag", async () => {
    for (const [tag, tree] of [
      ["v0.2.0", first],
      ["v0.3.0", second],
    ] as const) {
      expect(await loaded(`git::${repository}//modules/rds?ref=${tag}`)).toMatchObject({
        "modules/rds/README.md": tree.get("modules/rds/README.md"),
      });
    }
  });

  test("comes as an archive of one module, which a checksum pins", async () => {
    const prefix = "modules/rds/";
    const module = Object.fromEntries(
      [...second]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, text]) => [name.slice(prefix.length), text]),
    );
    const files = Object.entries(module).map(
      ([name, text]) => [name, { content: Buffer.from(text), executable: false }] as const,
    );
    const bytes = await archive(new Map(files));
    const server: Server = createServer((_, response) => response.end(bytes));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const { port } = server.address() as AddressInfo;
      const address = `http://127.0.0.1:${String(port)}/teleport-database-access-rds-0.3.0.tar.gz`;
      const sum = createHash("sha256").update(bytes).digest("hex");
      expect(await loaded(`${address}?checksum=sha256:${sum}`)).toEqual(module);
      expect(await loaded(`${address}?checksum=sha256:${"0".repeat(64)}`)).toMatch(
        /[Cc]hecksums did not match/,
      );
    } finally {
      server.close();
    }
  });
});
