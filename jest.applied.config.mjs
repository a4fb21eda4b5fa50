import base, { applied, combinations, operations } from "./jest.config.mjs";

/** What applies modules, or runs the tests that they ship: npm run test:applied. */
export default {
  ...base,
  testRegex: applied.map((pattern) =>
    pattern.endsWith("$") ? pattern : `${pattern}.*\\.test\\.ts$`,
  ),
  testPathIgnorePatterns: [...combinations, ...operations],
  testTimeout: 600000,
};
