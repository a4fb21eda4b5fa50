import { compose, databaseTypes } from "../lib";
import {
  inMilliseconds,
  measure,
  milliseconds,
  ratio,
  report,
  runProcess,
  summary,
  withSpread,
} from "./measure";

interface Result {
  readonly count: number;
  readonly total: number;
  readonly peakMegabytes: number;
}

/** Composes every combination of the types in this process, and prints the result as JSON. */
export function composeAllCombinations(): void {
  const names = databaseTypes.map(({ name }) => name);
  const count = 2 ** names.length - 1;
  const total = milliseconds(() => {
    for (let set = 1; set <= count; set += 1) {
      compose({ types: names.filter((_, bit) => (set & (1 << bit)) !== 0) });
    }
  });
  // Kilobytes: https://nodejs.org/api/process.html#processresourceusage
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ count, total, peakMegabytes } satisfies Result));
}

/** Every combination of the types in one process of its own, so that its memory can be told. */
export function benchCombinations(self: string, node: string): void {
  const { bare } = measure(15, { bare: () => runProcess(node, ["-e", "0"]) });
  const results = [1, 2, 3, 4, 5].map(
    () => JSON.parse(runProcess(node, [self, "--compose-all"])) as Result,
  );
  const total = summary(results.map((result) => result.total));
  const count = results[0]?.count ?? 0;
  const peak = Math.max(...results.map(({ peakMegabytes }) => peakMegabytes));
  report(`All ${String(count)} combinations in one process (median of ${String(results.length)})`, [
    ["total", withSpread(total), `${ratio(total, bare)} node -e 0`],
    ["per module", inMilliseconds(total.median / count)],
    ["peak memory, the highest", `${peak.toFixed(0)} MB`],
  ]);
}
