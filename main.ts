/**
 * The CDKTF app. Writes each ready module to cdktf.out/stacks/<name>, and refreshes modules/<name>. With
 * --check it writes nothing, and exits with 1 if a module differs from the source.
 */
import * as path from "node:path";
import { App } from "cdktf";
import { difference, differenceLines, writeFolder } from "./lib/files/folder";
import { marker } from "./lib/files/marker";
import { moduleFiles } from "./lib/files/module-files";
import { readyModules } from "./lib/module/ready-modules";
import { addModuleStack } from "./lib/module/render";

const app = new App();
const files = new Map<string, string>();
for (const [name, definition] of readyModules) {
  const stack = addModuleStack(app, name, marker("npm run synth"), definition);
  stack.runAllValidations();
  for (const [file, content] of moduleFiles(stack.toModule(), definition)) {
    files.set(`${name}/${file}`, content);
  }
}

// The compiled app is one folder below the project.
const folder = path.resolve(__dirname, "..", "modules");
if (process.argv.includes("--check")) {
  const findings = differenceLines(difference(folder, files), "modules/");
  if (findings.length > 0) {
    console.error([...findings, "modules/ is out of date. Run: npm run synth"].join("\n"));
    process.exitCode = 1;
  }
} else {
  app.synth();
  const { length: count } = writeFolder(folder, files);
  console.error(
    count === 0 ? "modules/ is up to date." : `modules/: ${String(count)} files refreshed.`,
  );
}
