import type { Access, Answer, Budget, Statement, Witness } from "./compare";
import { BudgetSpent } from "./compare/budget";
import { compareStatements } from "./compare/compare-access";
import { allows, readAccess, type Statements } from "./compare/evaluator";
import { sideOf } from "./compare/gains";
import { readDocuments } from "./compare/read-document";
import { SetReader } from "./compare/statement-sets";
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
    policies: [...about(policies, actions), ...denied],
    boundary: boundary && about(boundary, actions),
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
  const reader = new SetReader();
  const read = once((side: Side | "nothing") =>
    readAccess(side === "nothing" ? { policies: [] } : access[side], side),
  );
  const sets = once((side: Side | "nothing") => {
    const { policies, boundary } = read(side);
    return sideOf(policies, boundary, reader);
  });
  const compare = (from: Side | "nothing", to: Side, actions: readonly string[]): Answer => {
    const own = restricted(read(to), actions);
    if (!own.policies.some(({ effect }) => effect === "Allow")) return { answer: "no" };
    return compareStatements(restricted(read(from), actions), own, budget, reader).gained();
  };
  const named = once((side: Side): readonly string[] =>
    read(side).policies.flatMap(({ actions: { except, texts } }) => (except ? [] : texts)),
  );
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
    from: Side | "nothing",
    to: Side,
    actions: readonly string[],
  ): Witness | undefined => {
    try {
      for (const action of candidates(actions, to)) {
        for (const witness of requests.slice(0, MOST_TRIED)) {
          const resource = serviceOf(action) === serviceOf(witness.action) ? witness.resource : "*";
          const request = { ...witness, action, resource: resource ?? "*" };
          if (!allows(sets(to), request, budget)) continue;
          if (!allows(sets(from), request, budget)) return request;
        }
      }
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
    }
    return undefined;
  };
  const answer = (
    requests: readonly Witness[],
    from: Side | "nothing",
    to: Side,
    actions: readonly string[],
  ): Answer => {
    const witness = tried(requests, from, to, actions);
    return witness === undefined
      ? compare(from, to, actions)
      : { answer: "yes", witnesses: [witness] };
  };
  return {
    gains: once((actions: readonly string[]) => answer(known.gained, "before", "after", actions)),
    loses: once((actions: readonly string[]) => answer(known.lost, "after", "before", actions)),
    has: once(
      (actions: readonly string[]) =>
        answer(known.gained, "nothing", "after", actions).answer !== "no",
    ),
  };
}
