// Bundles the command, the library and the CDKTF app, so that they start fast and that the command
// installs without dependencies.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { build } from "esbuild";
import { explorePage } from "./build/explore-page.mjs";
import { lazyFile } from "./build/lazy-file.mjs";
import { notices } from "./build/notices.mjs";
import { withYargs, yargsParts } from "./build/yargs-parts.mjs";

const options = {
  bundle: true,
  platform: "node",
  target: "node20",
  // Node's own import() loads all that modules of the other kind take.
  supported: { "dynamic-import": false },
  logLevel: "warning",
  metafile: true,
};
/** Our own names are kept: a stack trace stays readable. */
const small = { ...options, minifyWhitespace: true, minifySyntax: true };

/** The packages of CDK Terrain, by those of CDKTF: the same under other names. */
const cdkTerrain = { cdktf: "cdktn", "@cdktf/provider-aws": "@cdktn/provider-aws" };

/** What most runs do without. The command and the library share these files. */
const packages = [
  lazyFile({ file: "prompts.js", modules: /^@clack\/prompts$/ }),
  lazyFile({ file: "yaml.js", modules: /^yaml$/ }),
];
const plugins = packages.map(({ plugin }) => plugin);
/** What commands load when they run, but for what every composition takes. */
const programOthers = lazyFile({
  file: "program-others.js",
  modules: /^\./,
  staying: /\/(compose|folder|json|module-definition|set-values|values)$/,
  shared: ["./lib/text/user-error"],
});
/** What functions of the library load when they are called. */
const indexOthers = lazyFile({
  file: "index-others.js",
  modules: /^\./,
  shared: ["./lib/text/user-error", "./lib/review/compare/budget"],
});

const shared = await Promise.all([
  build({
    ...small,
    ...withYargs,
    entryPoints: ["lib/commands/program.ts"],
    outfile: "dist/program.js",
    plugins: [...plugins, programOthers.plugin, yargsParts],
  }),
  build({
    ...small,
    entryPoints: ["lib/index.ts"],
    outfile: "dist/index.js",
    plugins: [...plugins, indexOthers.plugin],
  }),
]);
const programHash = createHash("sha256").update(fs.readFileSync("dist/program.js")).digest("hex");
shared.push(
  await build({
    ...small,
    entryPoints: ["lib/commands/start.ts"],
    outfile: "dist/teleport-db-iam.js",
    define: { PROGRAM_HASH: JSON.stringify(programHash) },
  }),
);
for (const { file, buildFile } of [programOthers, indexOthers]) {
  shared.push(await buildFile({ ...small, outfile: `dist/${file}`, plugins }));
}
const [page, ...rest] = await Promise.all([
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
  ...packages.map(({ file, buildFile }) =>
    buildFile({ ...options, minify: true, outfile: `dist/${file}` }),
  ),
]);
await build({ ...options, entryPoints: ["main.ts"], outfile: "dist/main.js" });

fs.writeFileSync("dist/explore.html", page.html);
fs.writeFileSync(
  "dist/THIRD-PARTY-NOTICES.txt",
  notices([page, ...shared, ...rest].map(({ metafile }) => metafile)),
);
