/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  // npm run test:combinations, npm run test:applied
  testPathIgnorePatterns: ["/combinations\\.test\\.ts$", "/applied/"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
  },
  // Many tests start terraform.
  testTimeout: 120000,
  maxWorkers: 2,
};
