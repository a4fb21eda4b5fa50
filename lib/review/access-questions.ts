import type { Access, Answer, Budget, Statement, Witness } from "./compare";
import { BudgetSpent } from "./compare/budget";
import { compareOneWay } from "./compare/compare-access";
import { allows, readAccess, StatementList, type Statements } from "./compare/evaluator";
import { readDocuments } from "./compare/read-document";
import type { Questions } from "./gate/escalation";
import { actionsLike } from "./gate/access-levels";
import { overlap } from "./gate/overlap";
import { once } from "./once";
import type { Side } from "./plan/difference";

/** The number of known requests that are tried with other actions before documents are compared. */
const MOST_TRIED = 10;

const isPlain = (action: string): boolean => !/[*?]/.test(action);

const serviceOf = (action: string): string => action.toLowerCase().split(":")[0] ?? "";

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
 * @param access what somebody has before and after
 * @param known requests that are gained, and such that are lost
 */
export function questionsOf(
  access: Readonly<Record<Side, Access>>,
  known: Readonly<Record<"gained" | "lost", readonly Witness[]>>,
  budget: Budget,
): Questions {
  const sides = once((side: Side) => readAccess(access[side], side));
  const nothing = readAccess({ policies: [] }, "nothing");
  const compare = (from: Statements, to: Statements, actions: readonly string[]): Answer => {
    const own = restricted(to, actions);
    if (!own.policies.all.some(({ effect }) => effect === "Allow")) return { answer: "no" };
    return compareOneWay("gained", restricted(from, actions), own, budget);
  };
  const named = once((side: Side): readonly string[] =>
    sides(side).policies.all.flatMap(({ actions: { except, texts } }) => (except ? [] : texts)),
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

  /** Actions without wildcards that patterns match: AWS's own, then those that the documents name. */
  function* candidates(patterns: readonly string[], to: Side): Generator<string> {
    for (const pattern of patterns) {
      if (isPlain(pattern)) yield pattern;
      else yield* actionsLike(pattern).slice(0, 1);
    }
    yield* named(to).filter(
      (one) => isPlain(one) && patterns.some((pattern) => overlap(pattern, one)),
    );
  }

  /** A known request that `to` still allows, and `from` does not, if its action is one of these. */
  const tried = (
    requests: readonly Witness[],
    from: Statements,
    to: Side,
    actions: readonly string[],
  ): Witness | undefined => {
    try {
      for (const action of candidates(actions, to)) {
        for (const witness of requests.slice(0, MOST_TRIED)) {
          const resource = serviceOf(action) === serviceOf(witness.action) ? witness.resource : "*";
          const request = { ...witness, action, resource: resource ?? "*" };
          if (!allows(sides(to), request, budget)) continue;
          if (!allows(from, request, budget)) return request;
        }
      }
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
    }
    return undefined;
  };
  const answer = (
    requests: readonly Witness[],
    from: Statements,
    to: Side,
    actions: readonly string[],
  ): Answer => {
    const witness = tried(requests, from, to, actions);
    return witness === undefined
      ? compare(from, sides(to), actions)
      : { answer: "yes", witnesses: [witness] };
  };
  return {
    gains: once((actions: readonly string[]) =>
      answer(known.gained, sides("before"), "after", actions),
    ),
    loses: once((actions: readonly string[]) =>
      answer(known.lost, sides("after"), "before", actions),
    ),
    has: once(
      (actions: readonly string[]) =>
        mayHaveAll() || answer(known.gained, nothing, "after", actions).answer !== "no",
    ),
  };
}
