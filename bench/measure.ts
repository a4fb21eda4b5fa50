import { spawnSync } from "node:child_process";

/** The middle of `times`. */
function median(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that `action` takes. */
export function milliseconds(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/**
 * Medians of several actions, in milliseconds. The actions take turns, so that what else the machine
 * does meets all of them alike.
 */
export function medians(rounds: number, actions: Readonly<Record<string, () => void>>): number[] {
  const times = Object.values(actions).map(() => [] as number[]);
  // The first round fills the caches of the system, and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, action] of Object.values(actions).entries()) {
      const time = milliseconds(action);
      if (round > 0) times[index]?.push(time);
    }
  }
  return times.map(median);
}

/** Runs a program to its end, and fails with its messages where it fails. */
export function runProcess(program: string, args: readonly string[], folder?: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}:\n${stdout}${stderr}`);
  return stdout;
}

/** Prints rows of a name, a value, and what it is compared with. */
export function report(title: string, rows: readonly (readonly string[])[]): void {
  const lines = rows.map(([name = "", value = "", note = ""]) =>
    `  ${name.padEnd(44)}${value.padStart(10)}   ${note}`.trimEnd(),
  );
  process.stdout.write(`${title}\n${lines.join("\n")}\n\n`);
}

/** A time for people. */
export function inMilliseconds(time: number): string {
  return `${time < 10 ? time.toFixed(2) : time.toFixed(0)} ms`;
}

/** How many times `base` goes into `time`. */
export function times(time: number, base: number): string {
  return `${(time / base).toFixed(2)} ×`;
}
