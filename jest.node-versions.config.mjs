import base from "./jest.config.mjs";

/** Suites that depend on the version of Node and start no terraform: .ci/run runs them on each version. */
export default {
  ...base,
  testPathIgnorePatterns: [],
  testRegex: [
    "/catalog/.*\\.test\\.ts$",
    "/commands/(compose-command|wrong-command-lines|commands|standard-streams)\\.test\\.ts$",
    "/documentation/library\\.test\\.ts$",
    "/files/(folder|faults)\\.test\\.ts$",
    "/review/(hostile|command)\\.test\\.ts$",
    "/teleport/read-configuration\\.test\\.ts$",
    "/markdown\\.test\\.ts$",
    "/determinism\\.test\\.ts$",
    "/package/(cdk-terrain|unchangeable)\\.test\\.ts$",
  ],
};
