/**
 * How many random cases of each kind the tests try: few in `npm test`, as many as are wanted in the
 * long tests, by the environment variable COMPARE_CASES.
 */
export const cases = Number(process.env.COMPARE_CASES ?? "40");

/** How many requests each case is tried with. */
export const requestsPerCase = 150;

/** The long tests take minutes. */
export const timeout = 30_000 + cases * 100;
