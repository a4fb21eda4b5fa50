import {
  type Access,
  type AccessComparison,
  type Answer,
  compareAccess,
  type Content,
  type Witness,
} from "./compare";
import { isUnknown } from "./compare/statement";
import type { Finding } from "./finding";
import type { Questions } from "./gate/escalation";
import type { ResourceDifference, Side } from "./plan/difference";
import type { HeldDocument } from "./plan/held-document";
import type { Filling } from "./plan/partial-document";
import { type AccessSide, isSameAccess } from "./plan/planned-access";
import type { Comparison, Comparisons, Sides } from "./comparisons";
import { partialComparison } from "./partial-answers";
import { questionsOf } from "./access-questions";
import type { ReportAccess } from "./report/report";
import type { Judged } from "./judged";

/** The access that is compared: whose it is, and by which resources. */
export interface Subject {
  readonly kind: ReportAccess["kind"] | "resource policy" | "identity policy" | "handed role";
  readonly name: string;
  /** The account, or the provider configuration, if the plan has several. */
  readonly account?: string | undefined;
  /** The resources that have a part in it. */
  readonly resources: ReadonlySet<ResourceDifference>;
  /** The change of a resource that is judged by this comparison alone. */
  readonly item?: Finding["item"];
}

/** The comparison of somebody's access before and after a plan. */
export interface Compared extends Subject {
  readonly gained: Judged;
  readonly lost: Judged;
  /** True if all documents are surely the same. */
  readonly isSame: boolean;
  /** True if anybody in the world gains something by policies of a resource. */
  readonly isPublic: boolean | "undecided";
  /** The documents, by the lists that witnesses refer to. */
  readonly documents: (side: Side, list: Witness["statement"]["list"]) => readonly HeldDocument[];
  /** Further questions about some actions. Policies with principals have none. */
  readonly questions: Questions;
}

/** A document of one side, read. */
interface Loaded {
  readonly document: HeldDocument;
  readonly content: Content;
}

const load = (documents: readonly HeldDocument[], how: Filling = "least"): Loaded[] =>
  documents.map((document) => ({
    document,
    content: document.partial?.read(how) ?? document.read(),
  }));

const contents = (loaded: readonly Loaded[]): Content[] => loaded.map(({ content }) => content);

/** The documents that one side has and the other one surely does not. */
function only(side: readonly Loaded[], other: readonly Loaded[]): Loaded[] {
  const keys = new Set(other.map(({ document }) => document.key));
  return side.filter(({ document }) => !keys.has(document.key));
}

/**
 * An answer about what `to` allows and `from` does not.
 *
 * - A request that `from` does not allow, as far as its documents are known, may be allowed by one that
 *   is not known: the statement may have been there. Then nothing is proved. It still counts as a change
 *   if all that is new in `to` is known.
 * - If it is undecided, a new document that is sure to allow something counts as a change.
 */
function judged(answer: Answer, from: readonly Loaded[], to: readonly Loaded[]): Judged {
  if (answer.answer === "no") return { answer, presumed: false };
  const added = only(to, from);
  const isMore = added.some(({ document }) => document.allowsSomething === true);
  if (answer.answer === "undecided") return { answer, presumed: isMore };
  const unknown = only(from, to).filter(({ content }) => isUnknown(content));
  const [first] = unknown.map(({ content }) => content).filter(isUnknown);
  if (first === undefined) return { answer, presumed: false };
  // A document whose text is known on one side only may be the same on both.
  const isRewritten = added.some(({ document: { from: own } }) =>
    unknown.some(({ document }) => own !== undefined && document.from === own),
  );
  const reason = `it depends on ${first.unknown}, which cannot be read`;
  return {
    answer: { answer: "undecided", reason },
    presumed: isMore || (!added.some(({ content }) => isUnknown(content)) && !isRewritten),
  };
}

const NOTHING: Judged = { answer: { answer: "no" }, presumed: false };

const NO_QUESTIONS: Questions = {
  gains: () => ({ answer: "no" }),
  loses: () => ({ answer: "no" }),
  has: () => false,
};

/** The documents of one side, read. */
function loadedSide({ policies, boundary }: AccessSide, how?: Filling) {
  const [own, bounds] = [load(policies, how), load(boundary, how)];
  const limit = bounds.length === 0 ? undefined : contents(bounds);
  const content: Access = { policies: contents(own), boundary: limit };
  return { all: [...own, ...bounds], content };
}

/** The way to compare. */
interface Comparing {
  /** The comparisons of which this may be one, and what decides it beside the documents. */
  readonly shared?: { readonly by: Comparisons; readonly kind: string };
  readonly compare: (before: Access, after: Access) => Omit<Comparison, "questions">;
  /** The way to fill values that are not known, if a document allows as little as it can. */
  readonly least?: Filling;
  readonly questions?: (answers: AccessComparison) => Questions;
}

/** Compares the documents of two sides: once, or twice if those after the change are known in part. */
export function compared(
  subject: Subject,
  sides: Sides,
  { shared, compare, least = "least", questions = () => NO_QUESTIONS }: Comparing,
): Compared {
  const documents: Compared["documents"] = (side, list) =>
    list === "boundary" ? sides[side].boundary : sides[side].policies;
  const about = { ...subject, documents, isPublic: false, questions: NO_QUESTIONS };
  if (isSameAccess(sides)) return { ...about, isSame: true, gained: NOTHING, lost: NOTHING };
  const [before, after] = [loadedSide(sides.before), loadedSide(sides.after)];
  const make = (): Comparison => {
    const added = only(after.all, before.all).map(({ document }) => document);
    const compareFilled = (how: Filling): ReturnType<typeof compare> =>
      compare(before.content, loadedSide(sides.after, how).content);
    const answers = added.some(({ partial }) => partial !== undefined)
      ? partialComparison({ least: compareFilled(least), most: compareFilled("most") }, added)
      : compare(before.content, after.content);
    return { ...answers, questions: questions(answers) };
  };
  // The answer about a document that cannot be read has its name.
  const isKnown = ![...before.all, ...after.all].some(({ content }) => isUnknown(content));
  const comparison = isKnown && shared ? shared.by.of(shared.kind, sides, make) : make();
  const gained = judged(comparison.gained, before.all, after.all);
  const { answer: publicly = "no" } = comparison.publicly ?? {};
  const isPublic = publicly === "yes" && gained.answer.answer === "yes";
  return {
    ...about,
    isSame: false,
    gained,
    lost: judged(comparison.lost, after.all, before.all),
    isPublic: isPublic || (publicly !== "no" && gained.answer.answer !== "no" && "undecided"),
    questions: comparison.questions,
  };
}

const witnessesOf = (answer: Answer): readonly Witness[] =>
  answer.answer === "yes" ? answer.witnesses : [];

const BOUNDARY_LOST: Answer = {
  answer: "undecided",
  reason: "a permissions boundary is lost",
};

/** Compares policies without principals: what those who have them may do. */
export function comparedAccess(subject: Subject, sides: Sides, by: Comparisons): Compared {
  const { budget } = by;
  const own = compared(subject, sides, {
    shared: { by, kind: "access" },
    compare: (before, after) => compareAccess(before, after, budget),
    questions: ({ gained, lost }) => {
      const most = (side: Side): Access => loadedSide(sides[side], "most").content;
      const known = { gained: witnessesOf(gained), lost: witnessesOf(lost) };
      return questionsOf({ before: most("before"), after: most("after") }, known, budget);
    },
  });
  // A boundary also limits what policies of resources allow, and a plan shows few of those.
  if (sides.before.boundary.length === 0 || sides.after.boundary.length > 0) return own;
  const { gained, questions } = own;
  const isPresumed = gained.presumed || gained.answer.answer === "undecided";
  return {
    ...own,
    gained: { ...gained, presumed: isPresumed },
    questions: { ...questions, gains: () => BOUNDARY_LOST },
  };
}
