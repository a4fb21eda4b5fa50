/** CDK Terrain in CDKTF's place: what is synthesised is the same, byte for byte. */
import * as fs from "node:fs";
import * as path from "node:path";
import { CDK_TERRAIN, CDKTF, type Library, synthesisedExample } from "../support/cdktf-app";
import { projectCopy } from "../support/project-copy";
import { describeWithCiTools } from "../support/tools";
import { words } from "../support/words";

/** The files that the example writes, by path, without parts that depend on the run or library. */
function written(library: Library): Record<string, string> {
  const app = synthesisedExample(library);
  const manifest = app.read(path.join("node_modules", library.cdktf, "package.json"));
  const { version } = JSON.parse(manifest) as { version: string };
  const stacks = app.path("cdktf.out", "stacks");
  const files = fs.readdirSync(stacks, { withFileTypes: true, recursive: true });
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => {
        const file = path.relative(app.folder, path.join(parentPath, name));
        const content = app
          .read(file)
          .replaceAll(app.folder, "<app>")
          .replace(`"version": "${version}"`, '"version": "<library>"');
        return [file, content];
      }),
  );
}

describeWithCiTools(22)("CDK Terrain", () => {
  test("synthesises the example", () => {
    const files = written(CDK_TERRAIN);
    const names = Object.keys(files).map((file) =>
      file.replace("cdktf.out/stacks/", "").replace(/[0-9A-F]{32}/, "<hash>"),
    );
    expect(names.sort()).toEqual([
      ...words("databases/assets/access-role-module/<hash>/main.tf.json"),
      ...words("databases/assets/db-module/<hash>/main.tf.json databases/cdk.tf.json"),
      ...words("teleport/assets/service-role-module/<hash>/main.tf.json teleport/cdk.tf.json"),
    ]);
    expect(files).toEqual(written(CDKTF));
  });

  test("synthesises modules/", () => {
    const copy = projectCopy();
    const packages = path.join(CDK_TERRAIN.folder, "node_modules");
    const aliases = Object.entries({
      cdktf: CDK_TERRAIN.cdktf,
      "@cdktf/provider-aws": CDK_TERRAIN.providerAws,
      constructs: "constructs",
    });
    copy.succeed(
      copy.path("node_modules", "esbuild", "bin", "esbuild"),
      ...["main.ts", "--bundle", "--platform=node", "--log-level=warning"],
      ...aliases.map(([name, other]) => `--alias:${name}=${path.join(packages, other)}`),
      "--outfile=dist/main.js",
    );
    const app = copy.read("dist/main.js");
    expect(app).toContain("node_modules/cdktn/lib/app.js");
    expect(app).not.toContain("node_modules/cdktf/lib/app.js");
    copy.succeed(process.execPath, "dist/main.js", "--check");
  });
});
