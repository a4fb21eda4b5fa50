// Bundles the command, the library and the CDKTF app: the command installs without dependencies.
import * as fs from "node:fs";
import { build } from "esbuild";
import { constructVariables } from "./build/construct-variables.mjs";
import { explorePage } from "./build/explore-page.mjs";
import { notices } from "./build/notices.mjs";
import { printedSchema } from "./build/schema.mjs";

const options = {
  bundle: true,
  platform: "node",
  target: "node20",
  logLevel: "warning",
  metafile: true,
};
/** Our own names are kept: a stack trace stays readable. */
const small = { ...options, minifyWhitespace: true, minifySyntax: true };

/** CDKTF in a file of its own beside the bundle, so that only what renders a module reads and parses it. */
const rendererApart = {
  name: "renderer-apart",
  setup: (bundle) => {
    bundle.onResolve({ filter: /^cdktf$/ }, () => ({ path: "./renderer.js", external: true }));
  },
};

/** The packages of CDK Terrain, by those of CDKTF: the same under other names. */
const cdkTerrain = { cdktf: "cdktn", "@cdktf/provider-aws": "@cdktn/provider-aws" };

/** The constructs, which use the packages of the app. */
const constructs = (outfile, alias) =>
  build({
    ...options,
    entryPoints: ["lib/cdktf.ts"],
    outfile,
    alias,
    external: ["constructs", "cdktf", "@cdktf/*", "cdktn", "@cdktn/*"],
  });

constructVariables();
const [page, ...bundles] = await Promise.all([
  explorePage(),
  build({
    ...small,
    entryPoints: ["lib/commands/program.ts"],
    outfile: "dist/teleport-db-iam.js",
    plugins: [rendererApart],
  }),
  build({
    ...small,
    entryPoints: ["lib/index.ts"],
    outfile: "dist/index.js",
    plugins: [rendererApart],
  }),
  build({ ...small, entryPoints: ["cdktf"], outfile: "dist/renderer.js" }),
  constructs("dist/cdktf.js", {}),
  constructs("dist/cdktn.js", cdkTerrain),
]);
await build({ ...options, entryPoints: ["main.ts"], outfile: "dist/main.js" });

fs.writeFileSync("dist/explore.html", page.html);
fs.writeFileSync("dist/schema.json", JSON.stringify(printedSchema()));
fs.writeFileSync(
  "dist/THIRD-PARTY-NOTICES.txt",
  notices([page, ...bundles].map(({ metafile }) => metafile)),
);
