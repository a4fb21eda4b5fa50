import base, { applied } from "./jest.config.mjs";

/** Suites that apply modules or plan many roots: npm run test:applied. */
export default {
  ...base,
  testRegex: applied,
  testPathIgnorePatterns: [],
  testTimeout: 600000,
};
