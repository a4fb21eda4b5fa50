/**
 * `npm run bench`: times of the command and of the modules that a user notices, as medians of one run.
 * `npm run bench -- /path/to/node …` measures the command with further versions of Node, too.
 */
import * as os from "node:os";
import * as path from "node:path";
import { benchCommand } from "./command";
import { benchPlanTime } from "./plan-time";

const [, , ...nodes] = process.argv;
// The bundle is in dist/.
const project = path.resolve(__dirname, "..");

// What else the machine does counts: compare with node -e 0 of the same run.
const [load = 0] = os.loadavg();
process.stdout.write(`${String(os.cpus().length)} cores, load ${load.toFixed(1)}\n\n`);
for (const node of [process.execPath, ...nodes]) benchCommand(project, node);
benchPlanTime();
