/** Suites that take minutes: npm run test:applied. */
export const applied = [
  "/applied/(apply|aws-api|guards|plan-output|terraform-test)\\.test\\.ts$",
  // Not applied, but slow: many plans in real terraform, a browser, other users, and copies of the project.
  "/(commands/(file-system|terminal)|determinism|files/faults)\\.test\\.ts$",
  "/construct/example-app\\.test\\.ts$",
  "/documentation/(roots|shell)\\.test\\.ts$",
  "/examples\\.test\\.ts$",
  "/explore/explore\\.test\\.ts$",
  "/review/pull-request\\.test\\.ts$",
  "/modules/(ordinary-roots|every-variable|rules|trust|validation|teleport-outputs|ready-modules)\\.test\\.ts$",
  "/policies/two-readers\\.test\\.ts$",
  "/release/(access-difference|evaluated-module|notes|pin|root-module|workflow-lines)\\.test\\.ts$",
  "/package/package\\.test\\.ts$",
  "/teleport/root\\.test\\.ts$",
  "/contributing\\.test\\.ts$",
];
/** A walk over configurations on the API: npm run test:walk. */
export const walk = ["/applied/walk\\.test\\.ts$"];
/**
 * Suites that .ci/run has no time for: whole pages of docs/ on an API of their own, whole releases, and plans
 * of hundreds of resources. npm run test:long.
 */
export const long = [
  "/applied/(adopt|cdktf|example-blocks|operations|upgrading)\\.test\\.ts$",
  "/release/release\\.test\\.ts$",
  "/review/(large-plans|ordinary-plans)\\.test\\.ts$",
];
/** Suites with questions for z3: npm run test:soundness. */
export const solver = ["/review/compare/z3\\.test\\.ts$"];
export const combinations = ["/combinations/.*\\.test\\.ts$"];

/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testRegex: ["\\.test\\.ts$"],
  testPathIgnorePatterns: [...applied, ...walk, ...long, ...combinations, ...solver],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
  },
  globalSetup: "<rootDir>/__tests__/support/temporary-folder.mjs",
  // Many tests start terraform.
  testTimeout: 120000,
  maxWorkers: 2,
};
