import { compose, databaseTypes } from "../lib";
import { inMilliseconds, milliseconds, report, runProcess } from "./measure";

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
  const results = [1, 2, 3].map(
    () => JSON.parse(runProcess(node, [self, "--compose-all"])) as Result,
  );
  results.sort((one, other) => one.total - other.total);
  const { count, total, peakMegabytes } = results[1] ?? { count: 0, total: 0, peakMegabytes: 0 };
  report(`All ${String(count)} combinations in one process (median of 3)`, [
    ["total", inMilliseconds(total)],
    ["per module", inMilliseconds(total / count)],
    ["peak memory", `${peakMegabytes.toFixed(0)} MB`],
  ]);
}
