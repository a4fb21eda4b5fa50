// Writes lib/construct/variables.ts, which is not checked in. The build and the linter run this.
import process from "node:process";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const OUTFILE = "dist/construct-variables.js";

export function constructVariables() {
  buildSync({
    entryPoints: ["build/construct-variables.ts"],
    bundle: true,
    platform: "node",
    logLevel: "warning",
    outfile: OUTFILE,
  });
  execFileSync(process.execPath, [OUTFILE]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) constructVariables();
