import process from "node:process";
import applied from "./jest.applied.config.mjs";

process.env.WALK_STEPS ??= "300";

/** A long walk over configurations: npm run test:walk. $WALK_STEPS and $WALK_SEED say which. */
export default { ...applied, testRegex: ["/applied/walk\\.test\\.ts$"] };
