import base from "./jest.config.mjs";

/** What applies modules, or runs the tests that they ship, takes minutes: npm run test:applied. */
export default {
  ...base,
  testPathIgnorePatterns: [],
  testMatch: ["**/applied/**/*.test.ts"],
  testTimeout: 600000,
};
