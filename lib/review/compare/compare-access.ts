import type { AccessComparison, Answer, StatementReference } from "./answer";
import { Budget } from "./budget";
import { type Access, allows, readAccess, type Request, type Statements } from "./evaluator";
import { gains, type Outcome, type Side, sideOf, type Trial, UNCONFIRMED } from "./gains";
import type { Statement, Unknown } from "./statement";
import { type Draft, drafts } from "./realize";
import { filledIn } from "./resource-samples";
import { type Question, Search, type Solution } from "./search";
import { SetReader, type StatementSets, unknownKey } from "./statement-sets";
import { Vocabulary } from "./vocabulary";

/** The number of steps for two comparisons (gains and losses): seconds at most. */
export const DEFAULT_STEPS = 20_000_000;

/** One side, as statements and as sets. */
interface ReadSide {
  readonly name: "before" | "after";
  readonly statements: Statements;
  readonly sets: Side;
}

/** All statements of one side. */
const allStatements = ({ policies, boundary }: Statements): Statement[] => [
  ...policies,
  ...(boundary ?? []),
];

/** The unknown parts of some statements, by the keys of their tests. */
const unknownsOf = (statements: Statements): ReadonlyMap<string, Unknown> =>
  new Map(
    allStatements(statements).flatMap(({ unknown }) =>
      unknown === undefined ? [] : [[unknownKey(unknown), unknown] as const],
    ),
  );

const MOST_CHARACTERS = 80;

/** The reason why what hangs on an unknown statement is undecided. */
function doubtOf({ name }: Unknown): string {
  const short = name.length > MOST_CHARACTERS ? `${name.slice(0, MOST_CHARACTERS)}…` : name;
  return `it depends on ${short}, which cannot be read`;
}

/** Builds the search for requests that are allowed after and not before. */
function trial(before: ReadSide, after: ReadSide, words: Vocabulary, budget: Budget): Trial {
  const [old, next] = [before, after].map(({ statements }) => unknownsOf(statements));
  // What both sides have is the same on both, whatever it is. What one side has could be anything.
  const isOfBoth = (unknown: Unknown): boolean => {
    const key = unknownKey(unknown);
    return old?.has(key) === true && next?.has(key) === true;
  };

  const confirm = (solution: Solution, question: Question): Outcome => {
    const assumes = [...solution.states].flatMap(([key, { value }]) =>
      value === null ? [] : (old?.get(key) ?? next?.get(key) ?? []),
    );
    const ofOneSide = assumes.find((unknown) => !isOfBoth(unknown));
    if (ofOneSide !== undefined) return { doubt: doubtOf(ofOneSide) };
    const isGain = ({ action, target, context }: Draft): boolean => {
      const request: Request = { action, resource: target, context, assumes };
      return allows(after.sets, request, budget) && !allows(before.sets, request, budget);
    };
    const { patterns, variables } = words.openTargets(question);
    for (const draft of drafts(solution, patterns, variables, words.spelling, budget)) {
      if (!isGain(draft)) continue;
      let { target } = draft;
      for (let better: string | undefined = target; better !== undefined;) {
        target = better;
        better = [...filledIn(target, draft.action, words.place)].find((other) =>
          isGain({ ...draft, target: other }),
        );
      }
      const { action, context } = draft;
      return { witness: { action: words.action(action), resource: target, context, assumes } };
    }
    return { doubt: UNCONFIRMED };
  };

  const ofAfter = new Set(allStatements(after.statements));
  const referenceOf = (statement: StatementSets): StatementReference => {
    const { source } = statement;
    const side = ofAfter.has(source) ? after : before;
    const list = side.statements.policies.includes(source) ? "policies" : "boundary";
    const { document, index, sid, effect } = source;
    return { side: side.name, list, document, statement: index, sid, effect };
  };
  const isOpen = ({ source: { unknown } }: StatementSets): boolean =>
    unknown !== undefined && !isOfBoth(unknown);
  return { search: new Search(words, budget), confirm, isOpen, referenceOf };
}

/**
 * Compares what two lists of IAM policy documents allow: those of a role, user or group before a change
 * and after it, each with the permissions boundary, if there is one.
 *
 * The answer "no" is certain: there is no request that is allowed on one side only, by IAM's rules for
 * Allow and Deny, NotAction and NotResource, conditions, policy variables and boundaries. "yes" comes
 * with a request for each statement that gives or takes access, and each was tried in `evaluate`.
 * "undecided" has the reason: the budget is too small for the documents, or the result depends on a
 * document that cannot be read.
 *
 * Policies of resources, of sessions and of organizations are not compared.
 *
 * @param budget how much work may be done; give the same one to all comparisons of a plan
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function compareAccess(
  before: Access,
  after: Access,
  budget = new Budget(DEFAULT_STEPS),
): AccessComparison {
  const sides = [readAccess(before, "before"), readAccess(after, "after")] as const;
  const { gained, lost } = compareStatements(...sides, budget);
  return { gained: gained(), lost: lost() };
}

/**
 * Compares what two lists of statements allow, as {@link compareAccess} does. Each answer is made when it is
 * asked for.
 *
 * @param reader give the same one to comparisons of much the same statements
 */
export function compareStatements(
  before: Statements,
  after: Statements,
  budget: Budget,
  reader = new SetReader(),
): Readonly<Record<keyof AccessComparison, () => Answer>> {
  const side = (name: "before" | "after", statements: Statements): ReadSide => ({
    name,
    statements,
    sets: sideOf(statements.policies, statements.boundary, reader),
  });
  const [old, next] = [side("before", before), side("after", after)];
  let words: Vocabulary | undefined;
  const gained = (from: ReadSide, to: ReadSide): Answer =>
    gains(from.sets, to.sets, budget, () => {
      words ??= new Vocabulary(
        [old, next].flatMap(({ statements }) => allStatements(statements)),
        budget,
      );
      return trial(from, to, words, budget);
    });
  return { gained: () => gained(old, next), lost: () => gained(next, old) };
}
