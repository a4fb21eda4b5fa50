/**
 * What yargs loads at every start and this command does without, by the names of the modules: what
 * takes their places.
 */
const parts = {
  // Its checks on itself. Node's own module loads streams and terminals, longer than yargs itself takes.
  assert: `
    const check = (holds, message) => { if (!holds) throw new Error(message); };
    exports.strictEqual = (actual, expected, message) => check(Object.is(actual, expected), message);
    exports.notStrictEqual = (actual, other, message) => check(!Object.is(actual, other), message);`,
  // Finds package.json for the version, which yargs is told.
  "escalade/sync": "module.exports = () => undefined;",
  // Text in colours, and text with emoji: the help has neither.
  "ansi-styles": "exports.codes = new Map();",
  "emoji-regex": "module.exports = () => /(?!)/;",
};

/** For the bundle that has yargs. */
export const withYargs = {
  // Its other entry, for browsers too, breaks lines of help in the middle of words.
  alias: { yargs: "./node_modules/yargs/index.cjs" },
  // How wide it takes the terminal to be unless it is told, which it is. It would load streams for it.
  define: { "process.stdout.columns": "undefined" },
};

/** Puts the parts in their places, in the packages alone: ours has what it imports. */
export const yargsParts = {
  name: "yargs-parts",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z]/ }, ({ path, importer }) =>
      Object.hasOwn(parts, path) && importer.includes("node_modules")
        ? { path, namespace: "yargs-parts" }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: "yargs-parts" }, ({ path }) => ({ contents: parts[path] }));
  },
};
