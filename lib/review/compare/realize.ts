import type { Budget } from "./budget";
import { choices } from "./choices";
import { exampleOf, type Pattern, variablesOf } from "./pattern";
import type { Solution } from "./search";
import type { Context } from "./statement";
import { isUnknownKey } from "./statement-sets";

/** A possible request of a solution. */
export interface Draft {
  readonly action: string;
  readonly target: string;
  readonly context: Context;
}

/** The number of values of policy variables that are tried. */
const TRIES = 200;

/** The context that a solution has for certain. `spelling` gives keys as the documents write them. */
function contextOf(solution: Solution, spelling: (key: string) => string): Context {
  const context: Record<string, string | readonly string[]> = {};
  for (const [key, { value }] of solution.states) {
    if (value !== null && value !== undefined && !isUnknownKey(key)) context[spelling(key)] = value;
  }
  return context;
}

/**
 * Requests that a solution may mean: the one that it gives, and if policy variables play a part,
 * such with several values of them.
 *
 * @param patterns of targets with variables
 * @param variables the names of all variables that matter
 */
export function* drafts(
  solution: Solution,
  patterns: readonly Pattern[],
  variables: readonly string[],
  spelling: (key: string) => string,
  budget: Budget,
): Generator<Draft> {
  const { action, target } = solution;
  const context = contextOf(solution, spelling);
  yield { action, target, context };
  const open = [...new Set([...variables, ...patterns.flatMap(variablesOf)])];
  if (open.length === 0) return;
  const inTarget = target.split(":").slice(5).join(":");
  const candidates = [
    ...new Set([
      "example",
      ...inTarget.split(/[/:]/),
      inTarget,
      ...Object.values(context).flatMap((value) => (typeof value === "string" ? [value] : [])),
    ]),
  ].filter((text) => text !== "");
  const fillings = [...candidates.slice(0, 4), ""];
  // The values of each variable: the solution's, or each candidate, or none.
  const values = open.map((name) => {
    const given = context[spelling(name)];
    const list = typeof given === "string" ? [given] : [...candidates, undefined];
    return list.map((value) => ({ name, value }));
  });
  let left = TRIES;
  for (const pairs of choices(values)) {
    if (left === 0) return;
    left -= 1;
    const chosen = pairs.flatMap(({ name, value }) =>
      value === undefined ? [] : ([[name, value]] as const),
    );
    const own = new Map(chosen);
    const filled = Object.fromEntries(chosen.map(([name, value]) => [spelling(name), value]));
    const targets = new Set([
      target,
      ...patterns.flatMap((pattern) => fillings.map((text) => exampleOf(pattern, own, text))),
    ]);
    budget.spend(targets.size);
    for (const other of targets)
      yield { action, target: other, context: { ...context, ...filled } };
  }
}
