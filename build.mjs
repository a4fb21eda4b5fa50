// Bundles the command, the library and the CDKTF app, so that they start fast and that the command
// installs without dependencies.
import * as fs from "node:fs";
import { build } from "esbuild";
import { lazyFile, lazyFunction } from "./build/lazy-file.mjs";
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
/** Names are kept: a stack trace stays readable. */
const small = { ...options, minifyWhitespace: true, minifySyntax: true };

const cdktf = lazyFile(/^(cdktf|constructs|@cdktf\/provider-aws\/lib\/.+)$/, "cdktf.js");
const prompts = lazyFile(/^@clack\/prompts$/, "prompts.js");
const command = await build({
  ...small,
  entryPoints: ["lib/cli/bin.ts"],
  outfile: "dist/teleport-db-iam.js",
  plugins: [cdktf.plugin, prompts.plugin],
});
const others = await Promise.all([
  // CDKTF packs assets with archiver, which takes long to load. A module has no assets.
  cdktf.buildFile({ ...small, outfile: "dist/cdktf.js", plugins: [lazyFunction("archiver")] }),
  prompts.buildFile({ ...small, outfile: "dist/prompts.js" }),
  build({
    ...options,
    entryPoints: ["lib/index.ts"],
    outfile: "dist/index.js",
    external: ["cdktf", "constructs", "@cdktf/*"],
  }),
]);
await build({ ...options, entryPoints: ["main.ts"], outfile: "dist/main.js" });

fs.writeFileSync(
  "dist/THIRD-PARTY-NOTICES.txt",
  notices([command, ...others].map(({ metafile }) => metafile)),
);
