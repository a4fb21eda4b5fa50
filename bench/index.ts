/**
 * `npm run bench`: what the command and its modules cost, as medians and ratios of one run.
 * `npm run bench -- /path/to/node …` measures with further versions of Node, too.
 */
import * as os from "node:os";
import * as path from "node:path";
import { benchCombinations, composeAllCombinations } from "./combinations";
import { benchCompare } from "./compare";
import { runProcess } from "./measure";
import { benchPlanTime } from "./plan-time";
import { benchReview, measureReview } from "./review";
import { benchStartUp, benchSynth } from "./start-up";

const [, , ...args] = process.argv;
const [mode, size] = args;
if (mode === "--compose-all") {
  composeAllCombinations();
} else if (mode === "--review") {
  process.stdout.write(JSON.stringify(measureReview(Number(size))));
} else {
  // The bundle lies in dist/.
  const project = path.resolve(__dirname, "..");
  for (const node of [process.execPath, ...args]) {
    const load = os.loadavg()[0] ?? 0;
    // What else the machine does counts: ratios hold better than times.
    process.stdout.write(
      `Node ${runProcess(node, ["--version"]).trim()}, ${String(os.cpus().length)} cores, load ${load.toFixed(1)}\n\n`,
    );
    benchStartUp(project, node);
    benchCombinations(__filename, node);
    benchReview(__filename, node);
  }
  benchCompare();
  benchSynth(project);
  benchPlanTime();
}
