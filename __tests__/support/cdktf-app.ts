import * as fs from "node:fs";
import * as path from "node:path";
import { TemporaryFolder } from "./project-copy";
import { PROJECT } from "./terraform";

/** What the example's packages are called for the app. */
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

/** The built package, but for its types. */
export function installPackage(app: TemporaryFolder): void {
  const installed = app.path("node_modules", "teleport-db-iam");
  for (const part of ["package.json", "dist"]) {
    fs.cpSync(path.join(PROJECT, part), path.join(installed, part), { recursive: true });
  }
}

/**
 * `examples/cdktf-app`, with its packages but this one. Its provider may be of any version: the bindings
 * demand one exactly, which a mirror may not have.
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
      .replaceAll("teleport-db-iam/cdktf", `teleport-db-iam/${library.cdktf}`),
  });
  app.replace(
    "main.ts",
    "    new AwsProvider(",
    '    this.addOverride("terraform.required_providers.aws.version", ">= 5.0");\n    new AwsProvider(',
  );
  for (const name of [library.cdktf, library.providerAws, "constructs"]) {
    app.link(name, library.folder);
  }
  for (const name of ["typescript", "@types/node"]) app.link(name);
  return app;
}
