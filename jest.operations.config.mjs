import base, { operations } from "./jest.config.mjs";

/** Pages of docs/, followed on an AWS API, which takes minutes: npm run test:operations. */
export default {
  ...base,
  testRegex: operations,
  testPathIgnorePatterns: [],
  testTimeout: 900000,
};
