import base, { applied, combinations } from "./jest.config.mjs";

/** What applies modules, or runs the tests that they ship: npm run test:applied. */
export default {
  ...base,
  testRegex: applied.map((pattern) =>
    pattern.endsWith("$") ? pattern : `${pattern}.*\\.test\\.ts$`,
  ),
  testPathIgnorePatterns: combinations,
  testTimeout: 600000,
};
