/** `npm run bench`: what the command and its modules cost, as medians and ratios of one run. */
import * as path from "node:path";
import { benchCombinations, composeAllCombinations } from "./combinations";
import { benchPlanTime } from "./plan-time";
import { benchStartUp } from "./start-up";

if (process.argv.includes("--compose-all")) {
  composeAllCombinations();
} else {
  // The bundle lies in dist/.
  benchStartUp(path.resolve(__dirname, ".."));
  benchCombinations(__filename);
  benchPlanTime();
}
