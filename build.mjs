// Bundles the command and the CDKTF app: one file each, so that they start fast.
import { build } from "esbuild";

await build({
  entryPoints: { main: "main.ts", "teleport-db-iam": "lib/cli/bin.ts" },
  outdir: "dist",
  bundle: true,
  // The other entry of yargs, for browsers too, breaks lines of help in the middle of words.
  alias: { yargs: "./node_modules/yargs/index.cjs" },
  platform: "node",
  target: "node20",
  logLevel: "warning",
});
