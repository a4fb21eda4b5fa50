/**
 * `npm run release -- --output DIR`: makes all files of a release from the checked-out commit. The same
 * commit gives the same bytes on every machine.
 *
 * With `--since`, the modules of the last release as a folder or a tar archive, the notes list the
 * differences, and the version and CHANGELOG.md must fit them. Exit status: 0 success; 1 the version or
 * CHANGELOG.md does not fit, and nothing is written; 2 invalid usage or an error.
 */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../lib/text/user-error";
import { archive } from "./archive";
import { changelogSection } from "./changelog";
import { faults } from "./check";
import { committedFiles } from "./checkout";
import { releaseChange } from "./module-change";
import { MODULE_REPOSITORY, moduleArchive, moduleNames, treeArchive } from "./names";
import { releaseNotes } from "./notes";
import { npmPackage } from "./npm-package";
import { earlierModules } from "./previous";
import { moduleOf, modulesOf, moduleTree, TREE_SOURCES } from "./tree";

/** The compiled program is one folder below the project. */
const project = path.resolve(__dirname, "..");

/** The folder of `--output`, which must be empty or missing. */
function outputFolder(output: string | undefined): string {
  if (output === undefined || output === "") {
    throw new UserError(
      "Name the folder for the release: npm run release -- --output ./release-files",
    );
  }
  const folder = path.resolve(output);
  if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0) {
    throw new UserError(
      `${output} is not empty. Name an empty folder, or one that does not exist yet.`,
    );
  }
  return folder;
}

async function release(): Promise<void> {
  const { values } = parseArgs({
    options: { output: { type: "string" }, since: { type: "string" } },
  });
  const output = outputFolder(values.output);
  const before = values.since === undefined ? undefined : await earlierModules(values.since);
  const [sources, texts] = [
    await committedFiles(project, TREE_SOURCES),
    await committedFiles(project, ["package.json", "CHANGELOG.md"]),
  ];
  const text = (file: string): string => String(texts.get(file)?.content);
  const { name, version } = JSON.parse(text("package.json")) as {
    readonly name: string;
    readonly version: string;
  };
  const section = changelogSection(text("CHANGELOG.md"), version);
  const tree = moduleTree(sources, version);
  const change = before === undefined ? undefined : releaseChange(before, modulesOf(tree));
  const wrong = change === undefined ? [] : faults(change, version, section);
  if (wrong.length > 0) {
    process.stderr.write(`${wrong.join("\n")}\nNothing was written.\n`);
    process.exitCode = 1;
    return;
  }

  const files = new Map<string, Buffer>();
  for (const module of moduleNames) {
    files.set(moduleArchive(module, version), await archive(moduleOf(tree, module)));
  }
  files.set(treeArchive(version), await archive(tree));
  files.set(`${name}-${version}.tgz`, await archive(await npmPackage(project)));
  const sums = [...files].map(
    ([file, content]) => `${createHash("sha256").update(content).digest("hex")}  ${file}\n`,
  );
  files.set("SHA256SUMS", Buffer.from(sums.join("")));
  files.set("RELEASE-NOTES.md", Buffer.from(releaseNotes(version, section, change)));
  for (const [file, { content }] of tree) files.set(`${MODULE_REPOSITORY}/${file}`, content);

  for (const [file, content] of files) {
    fs.mkdirSync(path.dirname(path.join(output, file)), { recursive: true });
    fs.writeFileSync(path.join(output, file), content);
  }
  process.stderr.write(`Wrote release ${version} to ${output}.\n`);
}

release().catch((error: unknown) => {
  process.stderr.write(`${error instanceof UserError ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
