import { spawnSync } from "node:child_process";

/** What several measurements of the same gave, in milliseconds. */
export interface Times {
  readonly median: number;
  /** The spread: half of the measurements lie between these two. */
  readonly low: number;
  readonly high: number;
}

/** The median of several times, and their spread. */
export function summary(times: readonly number[]): Times {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/** Milliseconds that `action` takes. */
export function milliseconds(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/**
 * Times of several actions, by name. The actions take turns, so that what else the machine does meets
 * all of them alike.
 */
export function measure<Name extends string>(
  rounds: number,
  actions: Readonly<Record<Name, () => void>>,
): Record<Name, Times> {
  const entries = Object.entries<() => void>(actions).map(
    ([name, action]) => [name, action, [] as number[]] as const,
  );
  // The first round fills the caches of the system, and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [, action, times] of entries) {
      const time = milliseconds(action);
      if (round > 0) times.push(time);
    }
  }
  return Object.fromEntries(entries.map(([name, , times]) => [name, summary(times)])) as Record<
    Name,
    Times
  >;
}

/** Runs a program to its end, and fails with its messages where it fails. */
export function runProcess(
  program: string,
  args: readonly string[],
  { folder, env = {} }: { readonly folder?: string; readonly env?: NodeJS.ProcessEnv } = {},
): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}:\n${stdout}${stderr}`);
  return stdout;
}

/** Prints rows of a name, a value, and what it is compared with. */
export function report(title: string, rows: readonly (readonly string[])[]): void {
  const lines = rows.map(([name = "", value = "", note = ""]) =>
    `  ${name.padEnd(44)}${value.padStart(20)}   ${note}`.trimEnd(),
  );
  process.stdout.write(`${title}\n${lines.join("\n")}\n\n`);
}

/** A time for people. */
export function inMilliseconds(time: number): string {
  return `${time < 10 ? time.toFixed(2) : time.toFixed(0)} ms`;
}

/** A median for people, and its spread. */
export function withSpread({ median, low, high }: Times): string {
  return `${inMilliseconds(median)} (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

/** How many times `base` goes into `time`, by their medians. */
export function ratio(time: Times, base: Times): string {
  return `${(time.median / base.median).toFixed(2)} ×`;
}
