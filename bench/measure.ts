import { spawnSync } from "node:child_process";

/** Runs a program to its end, and fails with its messages if it fails. */
export function runProcess(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}:\n${stdout}${stderr}`);
  return stdout;
}

/** The median of the seconds that several runs of `action` take, the first one not counted. */
export function medianSeconds(rounds: number, action: () => void): number {
  action();
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    action();
    return (performance.now() - start) / 1000;
  });
  return times.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
}

/** Prints names and their seconds below a title. */
export function report(title: string, rows: Readonly<Record<string, number>>): void {
  const lines = Object.entries(rows).map(
    ([name, seconds]) => `  ${name.padEnd(48)}${seconds.toFixed(2).padStart(8)} s`,
  );
  process.stdout.write(`${title}\n${lines.join("\n")}\n\n`);
}
