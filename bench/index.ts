/** `npm run bench`: what the command and its modules cost, as medians and ratios of one run. */
import * as path from "node:path";
import { benchCombinations, composeAllCombinations } from "./combinations";
import { benchPlanTime } from "./plan-time";
import { benchReview, measureReview } from "./review";
import { benchStartUp } from "./start-up";

const [, , mode, size] = process.argv;
if (mode === "--compose-all") {
  composeAllCombinations();
} else if (mode === "--review") {
  process.stdout.write(JSON.stringify(measureReview(Number(size))));
} else {
  // The bundle lies in dist/.
  benchStartUp(path.resolve(__dirname, ".."));
  benchCombinations(__filename);
  benchReview(__filename);
  benchPlanTime();
}
