import * as fs from "node:fs";
import * as path from "node:path";
import { TemporaryFolder } from "./project-copy";
import { PROJECT } from "./terraform";
import { CI_TOOLS } from "./tools";

/** The names of the example's packages in the app. */
export interface Library {
  readonly cdktf: string;
  readonly providerAws: string;
  /** The folder whose node_modules has them. */
  readonly folder: string;
}

export const CDKTF: Library = {
  cdktf: "cdktf",
  providerAws: "@cdktf/provider-aws",
  folder: PROJECT,
};

/** CDK Terrain, which needs a newer Node than the oldest that the project supports. */
export const CDK_TERRAIN: Library = {
  cdktf: "cdktn",
  providerAws: "@cdktn/provider-aws",
  folder: CI_TOOLS,
};

/** The built package, but for its types. */
export function installPackage(app: TemporaryFolder): void {
  const installed = app.path("node_modules", "teleport-db-iam");
  for (const part of ["package.json", "dist"]) {
    fs.cpSync(path.join(PROJECT, part), path.join(installed, part), { recursive: true });
  }
}

/**
 * `examples/cdktf-app`, with its packages but this one. Its provider may be of any version: each
 * library's bindings demand one exactly, which a mirror may not have.
 */
export function exampleApp(library: Library): TemporaryFolder {
  const app = new TemporaryFolder();
  const example = path.join(PROJECT, "examples", "cdktf-app");
  fs.cpSync(example, app.folder, { recursive: true });
  const source = app.read("main.ts");
  app.write({
    "main.ts": source
      .replaceAll('"cdktf"', `"${library.cdktf}"`)
      .replaceAll("@cdktf/provider-aws", library.providerAws)
      .replaceAll("teleport-db-iam/cdktf", `teleport-db-iam/${library.cdktf}`)
      .replaceAll(
        "    new AwsProvider(",
        '    this.addOverride("terraform.required_providers.aws", { source: "hashicorp/aws", version: ">= 5.0" });\n    new AwsProvider(',
      ),
  });
  for (const name of [library.cdktf, library.providerAws, "constructs"]) {
    app.link(name, library.folder);
  }
  for (const name of ["typescript", "@types/node"]) app.link(name);
  return app;
}

/**
 * `examples/cdktf-app`, compiled against the source of the constructs, for the package has its types
 * only when it is packed, and synthesised with the built package.
 */
export function synthesisedExample(library: Library): TemporaryFolder {
  const app = exampleApp(library);
  installPackage(app);
  const tsconfig = JSON.parse(app.read("tsconfig.json")) as { compilerOptions: object };
  const packages = path.join(library.folder, "node_modules");
  const compilerOptions = {
    ...tsconfig.compilerOptions,
    module: "esnext",
    moduleResolution: "bundler",
    paths: {
      [`teleport-db-iam/${library.cdktf}`]: [path.join(PROJECT, "lib", "cdktf.ts")],
      cdktf: [path.join(packages, library.cdktf)],
      "@cdktf/provider-aws/*": [path.join(packages, library.providerAws, "*")],
      constructs: [path.join(packages, "constructs")],
    },
    noEmit: true,
    skipLibCheck: true,
  };
  app.write({ "check.json": JSON.stringify({ ...tsconfig, compilerOptions }) });
  app.succeed(process.execPath, "node_modules/typescript/bin/tsc", "--project", "check.json");
  const esbuild = path.join(PROJECT, "node_modules", "esbuild", "bin", "esbuild");
  app.succeed(esbuild, "main.ts", "--format=cjs", "--log-level=warning", "--outfile=main.js");
  app.succeed(process.execPath, "main.js");
  return app;
}
