/**
 * The CDKTF app. Writes each ready module to cdktf.out/stacks/<type> and refreshes modules/<type>.
 * With --check it writes nothing, and exits with 1 where modules/ is not what the source gives.
 */
import * as path from "node:path";
import { App } from "cdktf";
import { differenceLines } from "./lib/files/difference-lines";
import { difference, writeFolder } from "./lib/files/folder";
import { addReadyModules } from "./lib/files/ready-modules";

/** The compiled app is one folder below the project. */
const modules = path.resolve(__dirname, "..", "modules");

const app = new App();
const files = addReadyModules(app);

if (process.argv.includes("--check")) {
  const findings = differenceLines(difference(modules, files), "modules/");
  if (findings.length > 0) {
    console.error(
      [...findings, "modules/ is not what the source gives. Run: npm run synth"].join("\n"),
    );
    process.exitCode = 1;
  }
} else {
  app.synth();
  const { added, changed, removed } = writeFolder(modules, files);
  const count = added.length + changed.length + removed.length;
  console.error(
    count === 0 ? "modules/ is up to date." : `modules/: ${String(count)} files refreshed.`,
  );
}
