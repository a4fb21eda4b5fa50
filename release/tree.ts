import { databaseTypes } from "../lib/catalog";
import { marker } from "../lib/files/marker";
import type { Files } from "../lib/files/module-files";
import { type ArchivedFile, type ArchivedFiles } from "./archive";
import { moduleNames } from "./names";
import { treeReadme } from "./readme";
import { type ReadyModules, rootModule } from "./root-module";

/** The files and folders of this project that go into the repository of modules. */
export const TREE_SOURCES = ["LICENSE", "examples", "modules"] as const;

const file = (text: string): ArchivedFile => ({ content: Buffer.from(text), executable: false });

/** The blocks of each ready module among `files`, in the order of the catalogue. */
function readyModules(files: ArchivedFiles): ReadyModules {
  return new Map(
    databaseTypes.map(({ name }) => {
      const texts = ["versions", "variables", "outputs"].map((part) =>
        String(files.get(`modules/${name}/${part}.tf.json`)?.content),
      );
      return [name, Object.assign({}, ...texts.map((text) => JSON.parse(text) as object))];
    }),
  );
}

/**
 * Returns the repository of modules: one for all types at the root, one for each type and role below
 * `modules/`, and the examples that are a root configuration. It needs no Node.
 *
 * @param files the committed files of {@link TREE_SOURCES}
 */
export function moduleTree(files: ArchivedFiles, version: string): ArchivedFiles {
  const isConfiguration = (name: string): boolean =>
    files.has(`${name.split("/").slice(0, 2).join("/")}/main.tf`);
  return new Map([
    ...[...files].filter(([name]) => !name.startsWith("examples/") || isConfiguration(name)),
    ...[...rootModule(readyModules(files), marker("npm run release"))].map(
      ([name, text]) => [name, file(text)] as const,
    ),
    ["README.md", file(treeReadme(version))],
  ]);
}

/** The files of one module of the tree, as an archive of its own has them. */
export function moduleOf(tree: ArchivedFiles, module: string): ArchivedFiles {
  const prefix = `modules/${module}/`;
  return new Map(
    [...tree].flatMap(([name, content]) =>
      name.startsWith(prefix)
        ? [[name.slice(prefix.length), content] as const]
        : name === "LICENSE"
          ? [[name, content] as const]
          : [],
    ),
  );
}

/** The text of the modules of the tree, by name. */
export function modulesOf(tree: ArchivedFiles): ReadonlyMap<string, Files> {
  return new Map(
    moduleNames.map((name) => [
      name,
      new Map([...moduleOf(tree, name)].map(([file, { content }]) => [file, content.toString()])),
    ]),
  );
}
