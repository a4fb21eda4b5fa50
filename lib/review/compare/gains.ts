import type { Answer, StatementReference, Witness } from "./answer";
import { type Budget, BudgetSpent } from "./budget";
import { Neighbours } from "./neighbours";
import type { Statement } from "./statement";
import type { Question, Search, Solution } from "./search";
import { type SetReader, statementCovers, type StatementSets } from "./statement-sets";

/** The statements of one side, as sets. */
export interface Side {
  readonly allows: Neighbours;
  /** Every Deny, also those of the boundary. */
  readonly denies: Neighbours;
  /** The statements of the boundary; undefined without a boundary. */
  readonly boundary: Neighbours | undefined;
}

/** Statements as one side of a comparison, each once. */
export function sideOf(
  policies: readonly Statement[],
  boundary: readonly Statement[] | undefined,
  reader: SetReader,
): Side {
  const read = (list: readonly Statement[]): StatementSets[] => {
    const all = list.map((statement) => reader.read(statement));
    // Equal statements are asked once, with the first one.
    return [...new Map(all.reverse().map((set) => [set.id, set])).values()].reverse();
  };
  const [own, bounds] = [read(policies), boundary && read(boundary)];
  const allows = (list: readonly StatementSets[]): Neighbours =>
    new Neighbours(list.filter(({ effect }) => effect === "Allow"));
  return {
    allows: allows(own),
    denies: new Neighbours([...own, ...(bounds ?? [])].filter(({ effect }) => effect === "Deny")),
    boundary: bounds && allows(bounds),
  };
}

/** A statement by which something may be gained, and the questions that tell. */
interface Candidate {
  readonly statement: StatementSets;
  readonly questions: readonly Question[];
}

/** Those of `list` that no single statement of `others` covers. */
function uncovered(list: Neighbours, others: Neighbours, budget: Budget): StatementSets[] {
  return list.all.filter((statement) => {
    budget.spend(1);
    if (others.has(statement)) return false;
    const wider = others.covering(statement);
    budget.spend(wider.length);
    return !wider.some((other) => statementCovers(other, statement, budget));
  });
}

/**
 * Every possible gain. A request that is allowed after and not before is
 *
 * - matched by an Allow of after, and by no Allow of before;
 * - or matched by a Deny of before, within an Allow of after;
 * - or within an Allow of after, and by no Allow of the boundary of before;
 *
 * in each case within an Allow of the boundary of after, if there is one, and no Deny of after.
 */
function candidates(before: Side, after: Side, budget: Budget): Candidate[] {
  const none = [[]];
  const each = (list: readonly StatementSets[]): StatementSets[][] => list.map((own) => [own]);
  const limits = after.boundary === undefined ? none : each(after.boundary.all);
  /** By each statement of `list` that none of `others` covers; within another Allow if it is not an own one. */
  const by = (
    list: Neighbours,
    others: Neighbours,
    isOwn: boolean,
    bounds: readonly StatementSets[][],
  ): Candidate[] =>
    uncovered(list, others, budget).map((statement) => {
      const outside = [
        ...(others === after.denies ? [] : others.of(statement)),
        ...after.denies.of(statement),
      ];
      const allows = isOwn ? none : each(after.allows.of(statement));
      return {
        statement,
        questions: allows.flatMap((allow) =>
          bounds.map((own) => ({ within: [statement, ...allow, ...own], outside })),
        ),
      };
    });
  return [
    ...by(after.allows, before.allows, true, limits),
    ...by(before.denies, after.denies, false, limits),
    ...(before.boundary === undefined
      ? []
      : after.boundary === undefined
        ? // The boundary is gone: by each Allow that reached beyond it.
          by(after.allows, before.boundary, true, none)
        : by(after.boundary, before.boundary, false, none)),
  ];
}

/** The outcome of a solution: a request that proves the gain, or why it proves none. */
export type Outcome = { readonly witness: Omit<Witness, "statement"> } | Doubt;

interface Doubt {
  readonly doubt: string;
}

/** The doubt if the evaluator allows no request of a solution. */
export const UNCONFIRMED =
  "it may depend on policy variables, or on a condition for which no example request was found";

/** The number of solutions of a question that are tried in the evaluator. */
const ATTEMPTS = 24;

/** The witness of one statement, or the reason why it is undecided, or nothing if there is no gain. */
function ask(
  { questions }: Candidate,
  search: Search,
  thorough: boolean,
  attempts: number,
  confirm: (solution: Solution, question: Question) => Outcome,
): Outcome | undefined {
  let doubt: Doubt | undefined;
  for (const question of questions) {
    let left = attempts;
    for (const solution of search.solutions(question, thorough)) {
      const outcome = confirm(solution, question);
      if ("witness" in outcome) return outcome;
      doubt ??= outcome;
      left -= 1;
      if (left === 0) break;
    }
    if (attempts === 1 && doubt !== undefined) return doubt;
  }
  return doubt;
}

/** The means to check if a question's solutions are gains. */
export interface Trial {
  readonly search: Search;
  /** Tries a solution in the evaluator. */
  readonly confirm: (solution: Solution, question: Question) => Outcome;
  /** True if a statement depends on something unknown, so it proves nothing. */
  readonly isOpen: (statement: StatementSets) => boolean;
  /** Returns the place of a statement. */
  readonly referenceOf: (statement: StatementSets) => StatementReference;
}

/**
 * Finds requests that are allowed after and not before.
 *
 * Each statement that may give something is asked first with names that read well, which answers most
 * of them and cheaply, and then thoroughly.
 *
 * @param start is called if there is a question
 */
export function gains(before: Side, after: Side, budget: Budget, start: () => Trial): Answer {
  const witnesses: Witness[] = [];
  let reason: string | undefined;
  try {
    let open = candidates(before, after, budget);
    if (open.length === 0) return { answer: "no" };
    const { search, confirm, isOpen, referenceOf } = start();
    for (const thorough of [false, true]) {
      open = open.filter((candidate) => {
        const attempts = isOpen(candidate.statement) ? 1 : ATTEMPTS;
        try {
          const outcome = budget.half(() => ask(candidate, search, thorough, attempts, confirm));
          if (outcome !== undefined && "witness" in outcome) {
            const statement = referenceOf(candidate.statement);
            witnesses.push({ ...outcome.witness, statement });
            return false;
          }
          if (outcome !== undefined && attempts === 1) {
            reason ??= outcome.doubt;
            return false;
          }
          if (thorough && outcome !== undefined) reason ??= outcome.doubt;
        } catch (error) {
          if (!(error instanceof BudgetSpent)) throw error;
          if (thorough) reason ??= error.message;
        }
        return true;
      });
    }
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    reason ??= error.message;
  }
  const [first, ...others] = witnesses;
  if (first !== undefined) return { answer: "yes", witnesses: [first, ...others] };
  return reason === undefined ? { answer: "no" } : { answer: "undecided", reason };
}
