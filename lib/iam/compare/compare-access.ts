import type { AccessComparison, Answer, StatementReference } from "./answer";
import { Budget } from "./budget";
import { type Access, allows, readAccess, type Request, type Statements } from "./evaluator";
import { assumptions, gains, type Outcome, type Side } from "./gains";
import { knownActions } from "./known-actions";
import type { Statement, Unknown } from "./policy-document";
import { type Draft, drafts } from "./realize";
import { filledIn, placeOf, resourceSamples } from "./resource-samples";
import { arnPattern, readPattern, type Pattern } from "./pattern";
import { type Question, Search, type Solution, type Space } from "./search";
import { SetReader, type StatementSets } from "./statement-sets";
import { Vocabulary } from "./vocabulary";

/** How many steps two comparisons, of what is gained and of what is lost, may take: seconds at most. */
export const DEFAULT_STEPS = 20_000_000;

const ARN: Pattern = arnPattern(
  readPattern("arn:?*:?*:*:*:?*", { wildcards: true, variables: false }),
);

/** All statements of one side, and which list each is in. */
interface ReadSide {
  readonly name: "before" | "after";
  readonly statements: Statements;
  readonly sets: Side;
}

function sidesOf(statements: Statements, reader: SetReader): Side {
  const read = (list: readonly Statement[]): Pick<Side, "allows" | "denies"> => {
    const sets = [...new Map(list.map((own) => reader.read(own)).map((own) => [own.id, own])).values()];
    return {
      allows: sets.filter(({ effect }) => effect === "Allow"),
      denies: sets.filter(({ effect }) => effect === "Deny"),
    };
  };
  return {
    ...read(statements.policies),
    boundary: statements.boundary && read(statements.boundary),
  };
}

const allOf = ({ policies, boundary }: Statements): Statement[] => [...policies, ...(boundary ?? [])];

/** Names the unknown statements of one side, so that what both sides have can be told. */
const unknownNames = (statements: readonly Statement[]): Set<string> =>
  new Set(statements.flatMap(({ unknown }) => (unknown === undefined ? [] : [nameOf(unknown)])));

const nameOf = ({ effect, name }: Unknown): string => `${effect} ${name}`;

/** Says that a gain hangs on what is not known. */
export const doubtOf = ({ name }: Unknown): string =>
  `it depends on ${name.length > 80 ? `${name.slice(0, 80)}…` : name}, which cannot be read`;

export const UNCONFIRMED =
  "it may depend on policy variables or on a condition that no certain request was found for";

/** What is allowed after and not before. */
function gainedBy(before: ReadSide, after: ReadSide, space: Space, words: Vocabulary, budget: Budget): Answer {
  const both = [before, after].map(({ statements }) => allOf(statements));
  const [namesBefore = new Set(), namesAfter = new Set()] = both.map(unknownNames);
  const place = placeOf(words.texts);

  const confirm = (solution: Solution, question: Question): Outcome => {
    const assumes = assumptions(solution);
    const onOneSide = assumes.find((unknown) => {
      const name = nameOf(unknown);
      return !(namesBefore.has(name) && namesAfter.has(name));
    });
    if (onOneSide !== undefined) return { doubt: doubtOf(onOneSide) };
    const isGain = ({ action, target, context }: Draft): boolean => {
      budget.spend(both.flat().length);
      const request: Request = { action, resource: target, context, assumes };
      return allows(after.statements, request) && !allows(before.statements, request);
    };
    const { patterns, variables } = words.openTargets(question);
    for (const draft of drafts(solution, patterns, variables, words.spelling, budget)) {
      if (!isGain(draft)) continue;
      let { target } = draft;
      for (let better: string | undefined = target; better !== undefined; ) {
        target = better;
        better = [...filledIn(target, draft.action, place)].find((other) =>
          isGain({ ...draft, target: other }),
        );
      }
      const { action, context } = draft;
      return { witness: { action: words.action(action), resource: target, context, assumes } };
    }
    return { doubt: UNCONFIRMED };
  };

  const referenceOf = (statement: StatementSets): StatementReference => {
    const { source } = statement;
    const side = after.statements.policies.includes(source) || after.statements.boundary?.includes(source) === true ? after : before;
    const list = side.statements.policies.includes(source) ? "policies" : "boundary";
    const { document, index, sid, effect } = source;
    return { side: side.name, list, document, statement: index, sid, effect };
  };
  const search = new Search(space, budget);
  return gains(before.sets, after.sets, search, budget, confirm, referenceOf);
}

/**
 * Compares what two lists of IAM policy documents allow: those of a role, user or group before a change
 * and after it, each with the permissions boundary, if there is one.
 *
 * The answer "no" is certain: there is no request that is allowed on one side only, by IAM's rules for
 * Allow and Deny, NotAction and NotResource, conditions, policy variables and boundaries. "yes" comes
 * with a request for each statement that gives or takes access, and each was tried in `evaluate`.
 * "undecided" says why: the documents are too hard to compare within the budget, or it depends on what
 * cannot be read.
 *
 * What the documents do not say is left aside: policies of resources, of sessions and of organizations.
 *
 * @param budget how much work may be done; give the same one to all comparisons of a plan
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function compareAccess(
  before: Access,
  after: Access,
  budget = new Budget(DEFAULT_STEPS),
): AccessComparison {
  const reader = new SetReader();
  const side = (name: "before" | "after", access: Access): ReadSide => {
    const statements = readAccess(access, name);
    return { name, statements, sets: sidesOf(statements, reader) };
  };
  const [old, next] = [side("before", before), side("after", after)];
  const words = new Vocabulary([...allOf(old.statements), ...allOf(next.statements)]);
  const place = placeOf(words.texts);
  const space: Space = {
    targets: [ARN],
    untargeted: true,
    multivalued: words.multivalued,
    actions: [...words.actions, ...knownActions.map((action) => action.toLowerCase())],
    samples: (within, action) => resourceSamples(within, action, words.arns, place),
  };
  return {
    gained: gainedBy(old, next, space, words, budget),
    lost: gainedBy(next, old, space, words, budget),
  };
}
