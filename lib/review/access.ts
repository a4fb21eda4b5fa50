import {
  type Access,
  type AccessComparison,
  type Answer,
  type Budget,
  compareAccess,
  compareTrust,
  type Content,
  type Witness,
} from "./compare";
import { accountOf, type Accounts } from "./plan/accounts";
import type { ResourceDifference, Side } from "./plan/difference";
import type { HeldDocument } from "./plan/held-document";
import { partialComparison } from "./partial-answers";
import type { PlannedDocuments } from "./plan/planned-documents";
import { isSameAccess, type PlannedAccess } from "./plan/planned-access";
import { textOf } from "./plan/value";
import { questionsOf } from "./access-questions";
import type { Questions } from "./gate/escalation";
import type { ReportAccess } from "./report/report";
import { type Loaded, SharedComparisons } from "./shared-comparisons";
import type { Judged } from "./judged";

/** The comparison of somebody's access before and after a plan. */
export interface Compared {
  readonly kind: ReportAccess["kind"];
  readonly name: string;
  readonly account: string | undefined;
  readonly gained: Judged;
  readonly lost: Judged;
  /** True if all documents are surely the same. */
  readonly isSame: boolean;
  /** The documents, by the lists that witnesses refer to. */
  readonly documents: (side: Side, list: Witness["statement"]["list"]) => readonly HeldDocument[];
  /** The resources that have a part in it. */
  readonly resources: ReadonlySet<ResourceDifference>;
  /**
   * Further questions about some actions. Trust policies have none, because nobody has access by
   * them.
   */
  readonly questions: Questions;
}

const load = (documents: readonly HeldDocument[], how: "most" | "least" = "least"): Loaded[] =>
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

const isUnknown = ({ content }: Loaded): boolean => "unknown" in content;

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
  const unknown = only(from, to).filter(isUnknown);
  const [first] = unknown.map(({ content }) => content).filter((content) => "unknown" in content);
  if (first === undefined) return { answer, presumed: false };
  // A document whose text is known on one side only may be the same on both.
  const isRewritten = added.some(({ document: { from: own } }) =>
    unknown.some(({ document }) => own !== undefined && document.from === own),
  );
  const reason = `it depends on ${first.unknown}, which cannot be read`;
  return {
    answer: { answer: "undecided", reason },
    presumed: isMore || (!added.some(isUnknown) && !isRewritten),
  };
}

/** Both answers of a comparison. */
function judgedBoth(
  { gained, lost }: AccessComparison,
  before: readonly Loaded[],
  after: readonly Loaded[],
): Pick<Compared, "gained" | "lost"> {
  return { gained: judged(gained, before, after), lost: judged(lost, after, before) };
}

/** Compares once, or twice if documents after the change are known in part. */
function compared(
  before: readonly Loaded[],
  after: readonly Loaded[],
  compare: (how: "most" | "least") => AccessComparison,
): AccessComparison {
  const added = only(after, before).map(({ document }) => document);
  return added.some(({ partial }) => partial !== undefined)
    ? partialComparison(compare, added)
    : compare("least");
}

const witnessesOf = (answer: Answer): readonly Witness[] =>
  answer.answer === "yes" ? answer.witnesses : [];

const NOTHING: Judged = { answer: { answer: "no" }, presumed: false };

const BOUNDARY_LOST: Answer = {
  answer: "undecided",
  reason: "a permissions boundary is lost",
};

const NO_QUESTIONS: Questions = {
  gains: () => ({ answer: "no" }),
  loses: () => ({ answer: "no" }),
  has: () => false,
};

function comparedAccess(
  access: PlannedAccess,
  shared: SharedComparisons,
  budget: Budget,
): Compared {
  const { kind, name, account, resources } = access;
  const documents: Compared["documents"] = (side, list) =>
    (list === "boundary" ? access[side].boundary : access[side].policies) ?? [];
  const about = { kind, name, account, documents, resources };
  if (isSameAccess(access)) {
    return { ...about, isSame: true, gained: NOTHING, lost: NOTHING, questions: NO_QUESTIONS };
  }
  const side = (
    { policies, boundary }: PlannedAccess["before"],
    how?: "most" | "least",
  ): { lists: readonly (Loaded[] | undefined)[]; all: Loaded[]; content: Access } => {
    const [own, bounds] = [load(policies, how), boundary && load(boundary, how)];
    const content: Access = { policies: contents(own), boundary: bounds && contents(bounds) };
    return { lists: [own, bounds], all: [...own, ...(bounds ?? [])], content };
  };
  const [before, after] = [side(access.before), side(access.after)];
  const { questions, ...comparison } = shared.of(
    "access",
    [...before.lists, ...after.lists],
    () => {
      const answers = compared(before.all, after.all, (how) =>
        compareAccess(before.content, side(access.after, how).content, budget),
      );
      const most = {
        before: side(access.before, "most").content,
        after: side(access.after, "most").content,
      };
      const known = { gained: witnessesOf(answers.gained), lost: witnessesOf(answers.lost) };
      return { ...answers, questions: questionsOf(most, known, budget) };
    },
  );
  const { gained, lost } = judgedBoth(comparison, before.all, after.all);
  // A boundary also limits what policies of resources allow, and a plan shows few of those.
  const isUnbounded = access.before.boundary !== undefined && access.after.boundary === undefined;
  const isPresumed = isUnbounded && gained.answer.answer === "undecided";
  return {
    ...about,
    isSame: false,
    gained: { ...gained, presumed: gained.presumed || isPresumed },
    lost,
    questions: isUnbounded ? { ...questions, gains: () => BOUNDARY_LOST } : questions,
  };
}

/** A role before and after, which are two resources if it is deleted and created again. */
type RoleSides = Readonly<Record<Side, ResourceDifference>>;

/** Compares the trust of a role of the plan. */
function comparedTrust(
  role: RoleSides,
  shared: SharedComparisons,
  { texts, accounts, budget }: ComparisonOptions,
): Compared {
  const held = (side: Side): HeldDocument[] => {
    const document = texts.held(role[side], "assume_role_policy", side, "trust");
    return document === undefined ? [] : [document];
  };
  const [before, after] = [held("before"), held("after")];
  const documents: Compared["documents"] = (side) => (side === "before" ? before : after);
  const name =
    textOf(role.after.value("after", "name")) ??
    textOf(role.before.value("before", "name")) ??
    role.after.address;
  const about = {
    kind: "trust policy",
    name,
    account: accounts.nameOf(role.after),
    documents,
    resources: new Set([role.before, role.after]),
    questions: NO_QUESTIONS,
  } as const;
  if (before[0]?.key === after[0]?.key) {
    return { ...about, isSame: true, gained: NOTHING, lost: NOTHING };
  }
  const [old, next] = [load(before), load(after)];
  const account = accountOf(role.before) ?? accountOf(role.after);
  const comparison = shared.of(`trust ${account ?? ""}`, [old, next], () => ({
    ...compared(old, next, (how) =>
      compareTrust(old[0]?.content, load(after, how)[0]?.content, { account, budget }),
    ),
    questions: NO_QUESTIONS,
  }));
  return { ...about, isSame: false, ...judgedBoth(comparison, old, next) };
}

/** Options for all comparisons of a plan. */
export interface ComparisonOptions {
  readonly texts: PlannedDocuments;
  readonly accounts: Accounts;
  /** Resources that are deleted, by what they are created again as. */
  readonly recreated: ReadonlyMap<ResourceDifference, ResourceDifference>;
  readonly budget: Budget;
}

/** Compares everything that a plan shows of who may do what, on one budget. */
export function comparedAccesses(
  accesses: readonly PlannedAccess[],
  resources: readonly ResourceDifference[],
  options: ComparisonOptions,
): Compared[] {
  const { recreated, budget } = options;
  const again = new Set(recreated.values());
  const shared = new SharedComparisons();
  return [
    ...accesses.map((access) => comparedAccess(access, shared, budget)),
    ...resources
      .filter(({ type, action }) => type === "aws_iam_role" && action !== "none")
      .filter((role) => !again.has(role))
      .map((role) =>
        comparedTrust({ before: role, after: recreated.get(role) ?? role }, shared, options),
      ),
  ];
}
