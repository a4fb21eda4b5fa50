// Bundles the command, the library and the CDKTF app, so that they start fast and that the command
// installs without dependencies.
import * as fs from "node:fs";
import { build } from "esbuild";
import { explorePage } from "./build/explore-page.mjs";
import { lazyFile } from "./build/lazy-file.mjs";
import { notices } from "./build/notices.mjs";

const options = {
  bundle: true,
  // The other entry of yargs, for browsers too, breaks lines of help in the middle of words.
  alias: { yargs: "./node_modules/yargs/index.cjs" },
  platform: "node",
  target: "node20",
  logLevel: "warning",
  metafile: true,
};
/** Our own names are kept: a stack trace stays readable. */
const small = { ...options, minifyWhitespace: true, minifySyntax: true };

/** The packages of CDK Terrain, by those of CDKTF: the same under other names. */
const cdkTerrain = { cdktf: "cdktn", "@cdktf/provider-aws": "@cdktn/provider-aws" };

/** What most runs do without. The command and the library share these files. */
const lazyFiles = [lazyFile(/^@clack\/prompts$/, "prompts.js"), lazyFile(/^yaml$/, "yaml.js")];
const plugins = lazyFiles.map(({ plugin }) => plugin);
const shared = await Promise.all([
  build({
    ...small,
    entryPoints: ["lib/commands/program.ts"],
    outfile: "dist/program.js",
    plugins,
  }),
  build({
    ...small,
    entryPoints: ["lib/commands/start.ts"],
    outfile: "dist/teleport-db-iam.js",
    // A file of its own, since what keeps files compiled must be on before they are loaded.
    external: ["./program"],
    supported: { "dynamic-import": false },
  }),
  build({ ...small, entryPoints: ["lib/index.ts"], outfile: "dist/index.js", plugins }),
]);
const [page, ...others] = await Promise.all([
  explorePage(),
  ...[
    { outfile: "dist/cdktf.js", alias: {} },
    { outfile: "dist/cdktn.js", alias: cdkTerrain },
  ].map(({ outfile, alias }) =>
    build({
      ...options,
      entryPoints: ["lib/cdktf.ts"],
      outfile,
      alias,
      external: ["constructs", "cdktf", "@cdktf/*", "cdktn", "@cdktn/*"],
    }),
  ),
  ...lazyFiles.map(({ file, buildFile }) =>
    buildFile({ ...options, minify: true, outfile: `dist/${file}` }),
  ),
]);
await build({ ...options, entryPoints: ["main.ts"], outfile: "dist/main.js" });

fs.writeFileSync("dist/explore.html", page.html);
fs.writeFileSync(
  "dist/THIRD-PARTY-NOTICES.txt",
  notices([page, ...shared, ...others].map(({ metafile }) => metafile)),
);
