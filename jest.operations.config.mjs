import base, { operations } from "./jest.config.mjs";

/** docs/operations.md, followed on an AWS API, which takes minutes: npm run test:operations. */
export default {
  ...base,
  testRegex: operations,
  testPathIgnorePatterns: [],
  testTimeout: 900000,
};
