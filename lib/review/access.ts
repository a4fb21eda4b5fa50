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
import { accountOf } from "./plan/accounts";
import type { ResourceDifference, Side } from "./plan/difference";
import { type HeldDocument, heldDocument } from "./plan/held-document";
import { isSameAccess, type PlannedAccess } from "./plan/planned-access";
import { textOf } from "./plan/value";
import type { ReportAccess } from "./report/report";
import type { Impact } from "./verdict";

/** The answer to what is gained or lost. */
export interface Judged {
  readonly answer: Answer;
  /** True if it is undecided and is reported as a change all the same. */
  readonly presumed: boolean;
}

/** Who may do what before and after a plan, compared. */
export interface Compared {
  readonly kind: ReportAccess["kind"];
  readonly name: string;
  readonly gained: Judged;
  readonly lost: Judged;
  /** True if all documents are surely the same. */
  readonly isSame: boolean;
  /** The documents, by the lists that witnesses refer to. */
  readonly documents: (side: Side, list: Witness["statement"]["list"]) => readonly HeldDocument[];
  /** The resources that have a part in it. */
  readonly resources: ReadonlySet<ResourceDifference>;
}

/** A document of one side, read. */
interface Loaded {
  readonly document: HeldDocument;
  readonly content: Content;
}

const load = (documents: readonly HeldDocument[]): Loaded[] =>
  documents.map((document) => ({ document, content: document.read() }));

const contents = (loaded: readonly Loaded[]): Content[] => loaded.map(({ content }) => content);

/** What one side has and the other one surely does not. */
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
  for (const { content } of only(from, to)) {
    if (!("unknown" in content)) continue;
    const reason = `it depends on ${content.unknown}, which cannot be read`;
    return { answer: { answer: "undecided", reason }, presumed: isMore || !added.some(isUnknown) };
  }
  return { answer, presumed: false };
}

/** Both answers of a comparison. */
function judgedBoth(
  { gained, lost }: AccessComparison,
  before: readonly Loaded[],
  after: readonly Loaded[],
): Pick<Compared, "gained" | "lost"> {
  return { gained: judged(gained, before, after), lost: judged(lost, after, before) };
}

const NOTHING: Judged = { answer: { answer: "no" }, presumed: false };

function comparedAccess(access: PlannedAccess, budget: Budget): Compared {
  const { kind, name, resources } = access;
  const documents: Compared["documents"] = (side, list) =>
    (list === "boundary" ? access[side].boundary : access[side].policies) ?? [];
  const about = { kind, name, documents, resources };
  if (isSameAccess(access)) return { ...about, isSame: true, gained: NOTHING, lost: NOTHING };
  const side = ({
    policies,
    boundary,
  }: PlannedAccess["before"]): { all: Loaded[]; content: Access } => {
    const [own, bounds] = [load(policies), boundary && load(boundary)];
    const content: Access = { policies: contents(own), boundary: bounds && contents(bounds) };
    return { all: [...own, ...(bounds ?? [])], content };
  };
  const [before, after] = [side(access.before), side(access.after)];
  const comparison = compareAccess(before.content, after.content, budget);
  const { gained, lost } = judgedBoth(comparison, before.all, after.all);
  // A boundary also limits what policies of resources allow, and a plan shows few of those.
  const isUnbounded =
    access.before.boundary !== undefined &&
    access.after.boundary === undefined &&
    gained.answer.answer === "undecided";
  return {
    ...about,
    isSame: false,
    gained: { ...gained, presumed: gained.presumed || isUnbounded },
    lost,
  };
}

/** Who may assume a role of the plan. */
function comparedTrust(role: ResourceDifference, budget: Budget): Compared {
  const attribute = role.attribute("assume_role_policy");
  const held = (side: Side): HeldDocument[] => {
    const document = heldDocument(role, attribute, side, "trust");
    return document === undefined ? [] : [document];
  };
  const [before, after] = [held("before"), held("after")];
  const documents: Compared["documents"] = (side) => (side === "before" ? before : after);
  const name =
    textOf(role.value("after", "name")) ?? textOf(role.value("before", "name")) ?? role.address;
  const about = { kind: "trust policy", name, documents, resources: new Set([role]) } as const;
  if (before[0]?.key === after[0]?.key) {
    return { ...about, isSame: true, gained: NOTHING, lost: NOTHING };
  }
  const [old, next] = [load(before), load(after)];
  const options = { account: accountOf(role), budget };
  const comparison = compareTrust(old[0]?.content, next[0]?.content, options);
  return { ...about, isSame: false, ...judgedBoth(comparison, old, next) };
}

/** Compares everything that a plan shows of who may do what, on one budget. */
export function comparedAccesses(
  accesses: readonly PlannedAccess[],
  resources: readonly ResourceDifference[],
  budget: Budget,
): Compared[] {
  return [
    ...accesses.map((access) => comparedAccess(access, budget)),
    ...resources
      .filter(({ type, action }) => type === "aws_iam_role" && action !== "none")
      .map((role) => comparedTrust(role, budget)),
  ];
}

/** The impact of what was compared. If nothing is gained, a loss is all that an undecided change can be. */
export function impactOf({ gained, lost }: Compared): Impact {
  const [more, less] = [gained.answer.answer, lost.answer.answer];
  const broadens = more === "yes" || gained.presumed;
  const narrows = less === "yes" || lost.presumed || (less === "undecided" && more === "no");
  return {
    broadens,
    narrows,
    unknown: (more === "undecided" && !broadens) || (less === "undecided" && !narrows),
  };
}
