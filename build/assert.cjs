// The checks of yargs on itself. Node's own module loads its streams and terminals, which takes longer
// than all that yargs does.
const check = (holds, message) => {
  if (!holds) throw new Error(message);
};
exports.strictEqual = (actual, expected, message) => check(Object.is(actual, expected), message);
exports.notStrictEqual = (actual, other, message) => check(!Object.is(actual, other), message);
