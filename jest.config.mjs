/**
 * What takes minutes has commands of its own: npm run test:applied and test:combinations.
 */
export const applied = [
  "/applied/",
  "/review/real-plan\\.test\\.ts$",
  "/review/pull-request\\.test\\.ts$",
];
export const combinations = ["/combinations/.*\\.test\\.ts$"];

/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testRegex: ["\\.test\\.ts$"],
  testPathIgnorePatterns: [...applied, ...combinations],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
  },
  // Many tests start terraform.
  testTimeout: 120000,
  maxWorkers: 2,
};
