import * as fs from "node:fs";
import * as path from "node:path";

/** Folders of the packages that the files of `metafiles` come from. */
function packageFolders(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.keys(output.inputs)),
  );
  const folders = inputs.flatMap((file) => {
    const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file) ?? [];
    return folder === undefined ? [] : [folder.replace(/^[^:/]+:/, "")];
  });
  return [...new Set(folders)];
}

/** The licence and notice texts of a package; its own statement if it has no such file. */
function texts(folder, { name, license, author }) {
  const files = fs
    .readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
  if (files.length > 0) {
    return files.map((file) => fs.readFileSync(path.join(folder, file), "utf8").trim());
  }
  if (typeof license !== "string") throw new Error(`${name} says nothing about its licence.`);
  const holder = typeof author === "string" ? author : author?.name;
  return [`The package has no licence file. It states: ${license}, by ${holder ?? "its authors"}.`];
}

/** The notices of all packages that the bundles described by `metafiles` hold parts of. */
export function notices(metafiles) {
  const parts = packageFolders(metafiles).map((folder) => {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
    const title = `${manifest.name} ${manifest.version} (${manifest.license})`;
    // The Mozilla Public Licence asks for the place of the source (3.2).
    const { repository, homepage } = manifest;
    const source = `Source code: ${repository?.url ?? repository ?? homepage}`;
    return [title, "-".repeat(title.length), source, ...texts(folder, manifest)].join("\n\n");
  });
  return `${[
    "Parts of the following packages are bundled into this program.",
    ...[...new Set(parts)].sort(),
  ].join("\n\n\n")}\n`;
}
