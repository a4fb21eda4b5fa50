import type { Access, Answer, Budget, Statement, Witness } from "./compare";
import { BudgetSpent } from "./compare/budget";
import { compareOneWay } from "./compare/compare-access";
import { allows, readAccess, StatementList, type Statements } from "./compare/evaluator";
import { readDocuments } from "./compare/read-document";
import type { Questions } from "./gate/escalation";
import { overlap } from "./gate/overlap";
import { once } from "./once";

/** The number of known requests that are tried with other actions before documents are compared. */
const MOST_TRIED = 10;

const isPlain = (action: string): boolean => !/[*?]/.test(action);

/** The statements that may match some of the actions. */
const about = (statements: readonly Statement[], actions: readonly string[]): Statement[] =>
  statements.filter(
    ({ actions: { except, texts } }) =>
      except || texts.some((text) => actions.some((action) => overlap(text, action))),
  );

/** Denies all but some actions. */
const DENY_OTHERS = readDocuments(
  [{ Version: "2012-10-17", Statement: { Effect: "Deny", NotAction: "x:x", Resource: "*" } }],
  "identity",
  "other actions",
);

/** The access with some actions only: all others are denied. */
function restricted({ policies, boundary }: Statements, actions: readonly string[]): Statements {
  const denied = DENY_OTHERS.map((own) => ({
    ...own,
    actions: { ...own.actions, texts: actions },
  }));
  return {
    policies: new StatementList([...about(policies.all, actions), ...denied]),
    boundary: boundary && new StatementList(about(boundary.all, actions)),
  };
}

/**
 * Questions about some actions only. The gate asks dozens for each identity, so a request that is known
 * to be gained is first tried with another action.
 *
 * @param sides what somebody has before and after
 * @param gained requests that are gained
 */
export function questionsOf(
  [before, after]: readonly [Access, Access],
  gained: readonly Witness[],
  budget: Budget,
): Questions {
  const sides = once((side: "before" | "after") =>
    readAccess(side === "before" ? before : after, side),
  );
  const nothing = readAccess({ policies: [] }, "nothing");
  const compare = (from: Statements, actions: readonly string[]): Answer => {
    const to = restricted(sides("after"), actions);
    if (!to.policies.all.some(({ effect }) => effect === "Allow")) return { answer: "no" };
    return compareOneWay("gained", restricted(from, actions), to, budget);
  };
  const named = once((): readonly string[] =>
    sides("after").policies.all.flatMap(({ actions: { except, texts } }) => (except ? [] : texts)),
  );
  /** True if an unknown document may allow everything, and no known document limits it. */
  const mayHaveAll = once((): boolean => {
    const { policies, boundary } = sides("after");
    const isKnownDeny = ({ effect, unknown }: Statement): boolean =>
      effect === "Deny" && unknown === undefined;
    return (
      boundary === undefined &&
      !policies.all.some(isKnownDeny) &&
      policies.all.some(
        ({ effect, unknown, actions }) =>
          effect === "Allow" && unknown !== undefined && actions.texts.includes("*"),
      )
    );
  });
  /** A known request that is allowed after, and not before, if its action is one of these. */
  const tried = (from: Statements, actions: readonly string[]): Witness | undefined => {
    const candidates = [...actions, ...named()].filter(
      (one) => isPlain(one) && actions.some((action) => overlap(action, one)),
    );
    try {
      for (const witness of gained.slice(0, MOST_TRIED)) {
        for (const action of candidates) {
          const request = { ...witness, action, resource: witness.resource ?? "*" };
          if (!allows(sides("after"), request, budget)) continue;
          if (!allows(from, request, budget)) return { ...witness, action };
        }
      }
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
    }
    return undefined;
  };
  const answer = (from: Statements, actions: readonly string[]): Answer => {
    const witness = tried(from, actions);
    return witness === undefined ? compare(from, actions) : { answer: "yes", witnesses: [witness] };
  };
  return {
    gains: once((actions: readonly string[]) => answer(sides("before"), actions)),
    loses: once((actions: readonly string[]) =>
      compareOneWay(
        "lost",
        restricted(sides("before"), actions),
        restricted(sides("after"), actions),
        budget,
      ),
    ),
    has: once(
      (actions: readonly string[]) => mayHaveAll() || answer(nothing, actions).answer !== "no",
    ),
  };
}
