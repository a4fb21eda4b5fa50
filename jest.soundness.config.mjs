import process from "node:process";
import base from "./jest.config.mjs";

process.env.COMPARE_CASES ??= "20000";
process.env.MUTATIONS ??= "10000";

/**
 * The comparison and the review against IAM's rules, on random documents and plans for as long as is
 * wanted, and against z3, which is asked of the first 100: npm run test:soundness. $COMPARE_CASES says how
 * many of each kind, $COMPARE_FIRST from which on, and $COMPARE_REQUESTS with how many
 * requests each is tried. $MUTATIONS says how many plans and configurations are mutated.
 */
export default {
  ...base,
  testPathIgnorePatterns: [],
  testRegex: [
    "/review/compare/(random|z3)\\.test\\.ts$",
    "/review/carriers/random\\.test\\.ts$",
    "/review/random-plans\\.test\\.ts$",
    "/commands/mutations\\.test\\.ts$",
  ],
  verbose: false,
};
