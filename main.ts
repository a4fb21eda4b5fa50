/**
 * The CDKTF app. Writes each ready module to cdktf.out/stacks/<type>, and refreshes modules/<type> and
 * the types of the construct's properties. With --check it writes nothing, and exits with 1 where
 * one of them is not what the source gives.
 */
import * as path from "node:path";
import { App } from "cdktf";
import { constructVariables } from "./lib/files/construct-variables";
import { marker } from "./lib/files/marker";
import { differenceLines } from "./lib/files/difference-lines";
import { difference, writeFolder } from "./lib/files/folder";
import { addReadyModules } from "./lib/synthesis/ready-modules";
import { prettyJson } from "./lib/text/json";
import { forms } from "./lib/synthesis/forms";

const app = new App();

/** The files of each generated folder. */
const generated = Object.entries({
  "modules/": addReadyModules(app),
  "lib/construct/variables/": constructVariables(),
  "lib/module/forms/": new Map([
    ["forms.json", prettyJson({ "//": marker("npm run synth"), ...forms() })],
  ]),
}).map(([name, files]) => ({
  name,
  // The compiled app is one folder below the project.
  folder: path.resolve(__dirname, "..", name),
  files,
}));

if (process.argv.includes("--check")) {
  for (const { name, folder, files } of generated) {
    const found = difference(folder, files);
    const findings = differenceLines(found, name);
    if (findings.length === 0) continue;
    const takeOut = found.foreign.length === 0 ? "" : "Take out what is foreign. ";
    console.error(
      [...findings, `${name} is not what the source gives. ${takeOut}Run: npm run synth`].join(
        "\n",
      ),
    );
    process.exitCode = 1;
  }
} else {
  app.synth();
  for (const { name, folder, files } of generated) {
    const { added, changed, removed } = writeFolder(folder, files);
    const count = added.length + changed.length + removed.length;
    console.error(
      count === 0 ? `${name} is up to date.` : `${name}: ${String(count)} files refreshed.`,
    );
  }
}
