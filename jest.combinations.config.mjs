import base, { combinations } from "./jest.config.mjs";

/** Every combination of types in real terraform: npm run test:combinations. */
export default {
  ...base,
  testRegex: combinations,
  testPathIgnorePatterns: [],
  testTimeout: 900000,
  verbose: false,
};
