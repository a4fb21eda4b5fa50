import * as path from "node:path";
import { build } from "esbuild";

const PROJECT = path.dirname(import.meta.dirname);
const LIBRARY = path.join(PROJECT, "lib");

/**
 * Moves modules out of a bundle into a second file, which is read when the first of them is needed.
 * What stays is parsed at every start, so this is for what is large and seldom needed. The second file
 * has what its modules import itself, so that a class may be there twice.
 *
 * @param modules matches the import paths of packages, or of our own modules that import() loads
 * @param file name of the second file, beside the bundle
 * @param staying matches those of the import paths whose modules are not moved
 */
export function lazyFile(modules, file, staying = /^$/) {
  const imported = new Set();
  const plugin = {
    name: `lazy-file ${file}`,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: modules }, ({ path: given, kind, importer, resolveDir }) => {
        if (staying.test(given)) return undefined;
        const isOwn = given.startsWith(".");
        // esbuild has made import() a call of require, which nothing in lib/ is otherwise.
        if (isOwn && (kind === "import-statement" || !importer.startsWith(LIBRARY)))
          return undefined;
        const module = isOwn ? `./${path.relative(PROJECT, path.join(resolveDir, given))}` : given;
        imported.add(module);
        return { path: module, namespace: file };
      });
      onLoad({ filter: /.*/, namespace: file }, ({ path: module }) => ({
        contents: `module.exports = require("./${file}")[${JSON.stringify(module)}]();`,
        resolveDir: PROJECT,
      }));
      onResolve({ filter: new RegExp(`^\\./${file.replaceAll(".", "\\.")}$`) }, ({ path }) => ({
        path,
        external: true,
      }));
    },
  };
  /** Builds the second file. Call it after the bundle with the plugin. */
  const buildFile = (options) =>
    build({
      ...options,
      stdin: {
        contents: [...imported]
          .sort()
          .map(
            (module) =>
              `exports[${JSON.stringify(module)}] = () => require(${JSON.stringify(module)});`,
          )
          .join("\n"),
        resolveDir: PROJECT,
      },
    });
  return { file, plugin, buildFile };
}
