import base from "./jest.config.mjs";

/** Every combination of types takes minutes, so it has a command of its own: npm run test:combinations. */
export default {
  ...base,
  testPathIgnorePatterns: [],
  testMatch: ["**/combinations.test.ts"],
  testTimeout: 900000,
  verbose: false,
};
