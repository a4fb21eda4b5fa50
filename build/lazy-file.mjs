import { build } from "esbuild";

/**
 * Moves packages out of a bundle into a second file, which is read when the first of them is needed.
 * What stays is parsed at every start, so this is for what is large and seldom needed.
 *
 * @param packages matches the import paths of the packages
 * @param file name of the second file, beside the bundle
 */
export function lazyFile(packages, file) {
  const imported = new Set();
  const plugin = {
    name: `lazy-file ${file}`,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: packages }, ({ path }) => {
        imported.add(path);
        return { path, namespace: file };
      });
      onLoad({ filter: /.*/, namespace: file }, ({ path }) => ({
        contents: `module.exports = require("./${file}")[${JSON.stringify(path)}]();`,
        resolveDir: import.meta.dirname,
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
            (path) => `exports[${JSON.stringify(path)}] = () => require(${JSON.stringify(path)});`,
          )
          .join("\n"),
        resolveDir: import.meta.dirname,
      },
    });
  return { file, plugin, buildFile };
}
