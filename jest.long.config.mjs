import base, { long } from "./jest.config.mjs";

/** Suites that take too long for .ci/run: npm run test:long. */
export default {
  ...base,
  testRegex: long,
  testPathIgnorePatterns: [],
  testTimeout: 900000,
};
