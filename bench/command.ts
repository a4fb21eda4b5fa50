import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { medianSeconds, report, runProcess } from "./measure";
import { planText } from "./plan";

/** The command in fresh processes of one Node: `compose` for two types, and `review` of two sizes of plans. */
export function benchCommand(project: string, node: string): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-bench-"));
  const command = path.join(project, "dist", "teleport-db-iam.js");
  const plan = (count: number): string => {
    const file = path.join(folder, `${String(count)}.json`);
    fs.writeFileSync(file, planText(count));
    return file;
  };
  const [output, small, large] = [path.join(folder, "output"), plan(1000), plan(10_000)];
  const run = (...args: readonly string[]): void => {
    runProcess(node, [command, ...args]);
  };
  report(`Node ${runProcess(node, ["--version"]).trim()}, a fresh process each (medians)`, {
    "node -e 0": medianSeconds(9, () => runProcess(node, ["-e", "0"])),
    "--help": medianSeconds(9, () => {
      run("--help");
    }),
    "compose --types rds,redshift": medianSeconds(9, () => {
      fs.rmSync(output, { recursive: true, force: true });
      run("compose", "--types", "rds,redshift", "--output", output);
    }),
    "review of 1,000 changes": medianSeconds(3, () => {
      run("review", small);
    }),
    "review of 10,000 changes": medianSeconds(1, () => {
      run("review", large);
    }),
  });
  fs.rmSync(folder, { recursive: true });
}
