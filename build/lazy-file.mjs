import * as path from "node:path";
import { build } from "esbuild";

const PROJECT = path.dirname(import.meta.dirname);
const LIBRARY = path.join(PROJECT, "lib");

/** A module of our own, by its path from the project. */
function ownModule(folder, given) {
  return `./${path.relative(PROJECT, path.join(folder, given))}`;
}

/** An object in JavaScript: by the name of each module a function that gives it. */
function givers(modules) {
  const properties = [...modules].sort().map((module) => {
    const name = JSON.stringify(module);
    return `${name}: () => require(${name})`;
  });
  return `{ ${properties.join(", ")} }`;
}

/** In the second file: the modules of `shared` are those that the bundle gave. */
function givenModules(shared) {
  return {
    name: "given-modules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./, namespace: "file" }, ({ path: given, resolveDir }) => {
        const module = ownModule(resolveDir, given);
        return shared.includes(module) ? { path: module, namespace: "given" } : undefined;
      });
      onLoad({ filter: /.*/, namespace: "given" }, ({ path: module }) => ({
        contents: `module.exports = given[${JSON.stringify(module)}]();`,
      }));
    },
  };
}

/**
 * Moves modules out of a bundle into a second file, which is read when the first of them is needed.
 * What stays is parsed at every start, so this is for what is large and seldom needed. The second file
 * has what its modules import itself.
 *
 * @param file name of the second file, beside the bundle
 * @param modules matches the import paths of packages, or of our own modules that import() or
 * require() loads
 * @param staying matches those of the import paths whose modules are not moved
 * @param shared modules that must not be there twice, as `instanceof` asks for a class of theirs: the
 * second file has those of the bundle. By their paths from the project
 */
export function lazyFile({ file, modules, staying = /^$/, shared = [] }) {
  const moved = new Set();
  const plugin = {
    name: `lazy-file ${file}`,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: modules }, ({ path: given, kind, importer, resolveDir }) => {
        if (staying.test(given)) return undefined;
        const isOwn = given.startsWith(".");
        // esbuild has made import() a call of require, too.
        if (isOwn && (kind === "import-statement" || !importer.startsWith(LIBRARY)))
          return undefined;
        const module = isOwn ? ownModule(resolveDir, given) : given;
        moved.add(module);
        return { path: module, namespace: file };
      });
      onLoad({ filter: /.*/, namespace: file }, ({ path: module }) => ({
        contents: `module.exports = require("./${file}")(${JSON.stringify(module)}, ${givers(shared)});`,
        resolveDir: PROJECT,
      }));
      onResolve({ filter: new RegExp(`^\\./${file.replaceAll(".", "\\.")}$`) }, ({ path }) => ({
        path,
        external: true,
      }));
    },
  };
  /** Builds the second file. Call it after the bundle with the plugin. */
  const buildFile = ({ plugins = [], ...options }) =>
    build({
      ...options,
      plugins: [givenModules(shared), ...plugins],
      banner: { js: "let given;" },
      stdin: {
        contents: `const modules = ${givers(moved)};
          module.exports = (name, modulesOfBundle) => {
            given ??= modulesOfBundle;
            return modules[name]();
          };`,
        resolveDir: PROJECT,
      },
    });
  return { file, plugin, buildFile };
}
