/**
 * The number of random cases of each kind: few in `npm test`, as many as are wanted in the
 * long tests, by the environment variable COMPARE_CASES.
 */
export const cases = Number(process.env.COMPARE_CASES ?? "100");

/** The number of the first case, by the environment variable COMPARE_FIRST: others are other cases. */
export const firstCase = Number(process.env.COMPARE_FIRST ?? "0");

/** The number of requests for each case, by the environment variable COMPARE_REQUESTS. */
export const requestsPerCase = Number(process.env.COMPARE_REQUESTS ?? "150");

/** The long tests take minutes. */
export const timeout = 30_000 + cases * 100;

/** Prints what the long tests found; the few cases of `npm test` are not worth telling. */
export function figures(title: string, counts: Readonly<Record<string, number>>): void {
  if (process.env.COMPARE_CASES === undefined) return;
  const all = Object.entries(counts).map(([name, count]) => `${String(count)} ${name}`);
  process.stdout.write(
    `${title}: ${String(cases)} cases from ${String(firstCase)}, ${all.join(", ")}\n`,
  );
}
