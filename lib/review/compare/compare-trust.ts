import type { AccessComparison, Answer, StatementReference, Witness } from "./answer";
import { Budget } from "./budget";
import { DEFAULT_STEPS } from "./compare-access";
import { allows, type Caller, type Request, StatementList } from "./evaluator";
import type { Context } from "./text-match";
import { assumptions, gains, type Outcome, sideOf, UNCONFIRMED } from "./gains";
import {
  type Authority,
  callerName,
  callers,
  callerSamples,
  callerType,
  type PrincipalReading,
} from "./principal";
import { readDocuments } from "./read-document";
import { drafts } from "./realize";
import { placeOf } from "./resource-samples";
import { type Question, Search, type Solution, type Space } from "./search";
import type { Content } from "./statement";
import { SetReader, type StatementSets } from "./statement-sets";
import { doubtOf, UnknownsOfBoth } from "./unknowns";
import { Vocabulary } from "./vocabulary";

/** The known facts about the role. */
export interface TrustOptions {
  /** The role's account, 12 digits: only its callers need no permission of their own. */
  readonly account?: string | undefined;
  /** The budget of work; give the same one to all comparisons of a plan. */
  readonly budget?: Budget;
}

/** The trust policy of a role; undefined if there is no role. */
export type TrustPolicy = Content | undefined;

/** The value of a key, whatever its spelling. */
function valueOf(context: Context, key: string): string | undefined {
  const value = Object.entries(context).find(([name]) => name.toLowerCase() === key)?.[1];
  return typeof value === "string" ? value : undefined;
}

/** The caller that an ARN of a user or a role is. */
function callerOf(arn: string): string | undefined {
  const [, partition, account, kind, name] =
    /^arn:([^:]+):iam::(\d{12}):(user|role)\/(.+)$/.exec(arn) ?? [];
  if (partition === undefined || account === undefined || name === undefined) return undefined;
  const rest =
    kind === "user" ? `user/${name}` : `assumed-role/${name.split("/").at(-1) ?? ""}/example`;
  return `arn:${partition}:AWS::${account}:${rest}`;
}

/**
 * Callers that agree with the context's keys about the caller. AWS sets these keys from the caller, so a
 * request in which they differ does not exist.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 */
function agreeing(caller: string, context: Context): string[] {
  const [arn, account] = ["aws:principalarn", "aws:principalaccount"].map((key) =>
    valueOf(context, key),
  );
  if (arn === undefined && account === undefined) return [caller];
  if (callerType(caller) !== "AWS") return [];
  const named = arn === undefined ? undefined : callerOf(arn);
  const parts = caller.split(":");
  const moved = [...parts.slice(0, 4), account ?? parts[4], ...parts.slice(5)].join(":");
  return [caller, moved, ...(named === undefined ? [] : [named])].filter((one) => {
    const [, partition = "", , , own = "", rest = ""] = one.split(":");
    if (account !== undefined && own !== account) return false;
    if (arn === undefined) return true;
    const [kind, name = ""] = rest.split("/");
    if (kind === "user") return arn === `arn:${partition}:iam::${own}:${rest}`;
    const start = `arn:${partition}:iam::${own}:role/`;
    return (
      kind === "assumed-role" &&
      arn.startsWith(start) &&
      `/${arn.slice(start.length)}`.endsWith(`/${name}`)
    );
  });
}

const RELEVANT_ACTIONS = [
  "sts:assumerole",
  "sts:assumerolewithwebidentity",
  "sts:assumerolewithsaml",
  "sts:tagsession",
];

/** One reading of what may be gained: by callers of one authority. */
interface Way {
  readonly before: StatementList;
  readonly after: StatementList;
  readonly names: { readonly before: "before" | "after"; readonly after: "before" | "after" };
  readonly words: Vocabulary;
  readonly options: TrustOptions;
  readonly budget: Budget;
}

function gainedIn(reading: PrincipalReading, way: Way): Answer {
  const { before, after, words, budget } = way;
  const reader = new SetReader(reading);
  const [old, next] = [before, after].map((list) => sideOf(list.all, undefined, reader));
  if (old === undefined || next === undefined) return { answer: "no" };
  const unknowns = new UnknownsOfBoth([before.all, after.all]);
  const place = placeOf(words.texts);
  const account = way.options.account ?? place.account;
  const direct = reading.authority !== "permission";
  const space: Space = {
    targets: callers(reading.authority, direct ? way.options.account : undefined),
    untargeted: false,
    multivalued: words.multivalued,
    actions: [...words.actions, ...RELEVANT_ACTIONS],
    samples: (within) =>
      within
        .flatMap(({ source }) => source.principals)
        .flatMap((principal) => callerSamples(principal, account))
        .filter((caller) => !direct || caller.includes(`:AWS::${account}:`)),
  };
  const confirm = (solution: Solution, question: Question): Outcome => {
    const assumes = assumptions(solution);
    const ofOneSide = assumes.find((unknown) => !unknowns.has(unknown));
    if (ofOneSide !== undefined) return { doubt: doubtOf(ofOneSide) };
    const { variables } = words.openTargets(question);
    for (const { action, target, context } of drafts(
      solution,
      [],
      variables,
      words.spelling,
      budget,
    )) {
      for (const one of agreeing(target, context)) {
        const caller: Caller = {
          type: callerType(one),
          name: callerName(one),
          authority: reading.authority,
        };
        const request: Request = { action, resource: "*", caller, context, assumes };
        const [then, now] = [before, after].map((policies) =>
          allows({ policies, boundary: undefined }, request, budget),
        );
        if (now !== true || then === true) continue;
        const witness = { action: words.action(action), principal: caller.name, context, assumes };
        return { witness: direct ? { ...witness, withoutPermission: true } : witness };
      }
    }
    return { doubt: UNCONFIRMED };
  };
  const referenceOf = ({ source }: StatementSets): StatementReference => ({
    side: after.all.includes(source) ? way.names.after : way.names.before,
    list: "trust",
    document: 0,
    statement: source.index,
    sid: source.sid,
    effect: source.effect,
  });
  return gains(old, next, budget, () => ({
    search: new Search(space, budget),
    confirm,
    isOpen: ({ source: { unknown } }: StatementSets): boolean =>
      unknown !== undefined && !unknowns.has(unknown),
    referenceOf,
  }));
}

const DOUBTS: Readonly<Record<Exclude<Authority, "permission">, string>> = {
  name: "a named principal needs no own permission in the role's account, and that account is unknown",
  session: "the boundary and session policy of a named session do not limit it",
};

/**
 * Combines the answers of all readings: a gain in one of them is a gain, if that reading is
 * certain.
 */
function gained(way: Way): Answer {
  const readings: readonly PrincipalReading[] = (
    ["permission", "name", "session"] as const
  ).flatMap((authority) => [true, false].map((everyone) => ({ authority, everyone })));
  const witnesses = new Map<string, Witness>();
  let reason: string | undefined;
  for (const reading of readings) {
    const answer = gainedIn(reading, way);
    if (answer.answer === "undecided") reason ??= answer.reason;
    if (answer.answer !== "yes") continue;
    const { authority } = reading;
    const isCertain =
      authority === "permission" || (authority === "name" && way.options.account !== undefined);
    if (!isCertain) reason ??= DOUBTS[authority === "name" ? "name" : "session"];
    else {
      for (const witness of answer.witnesses) {
        const name = JSON.stringify(witness.statement);
        if (!witnesses.has(name)) witnesses.set(name, witness);
      }
    }
  }
  const [first, ...others] = witnesses.values();
  if (first !== undefined) return { answer: "yes", witnesses: [first, ...others] };
  return reason === undefined ? { answer: "no" } : { answer: "undecided", reason };
}

/**
 * Compares who may assume a role by two trust policies.
 *
 * A request is a caller (a session of a role, a user, a service, a federated identity) with an action
 * and its context. Callers differ by the reason why they may assume it: with a permission of their own, if the
 * account is enough; without one, if they must be named; or as a session that is named itself. A gain
 * of only the last is undecided. So is a result that depends on NotPrincipal, or on whether `*` includes
 * services.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function compareTrust(
  before: TrustPolicy,
  after: TrustPolicy,
  options: TrustOptions = {},
): AccessComparison {
  const budget = options.budget ?? new Budget(DEFAULT_STEPS);
  const read = (policy: TrustPolicy, side: string): StatementList =>
    new StatementList(
      policy === undefined ? [] : readDocuments([policy], "trust", `${side}, trust policy`),
    );
  const [old, next] = [read(before, "before"), read(after, "after")];
  const words = new Vocabulary([...old.all, ...next.all]);
  const common = { words, options, budget };
  return {
    gained: gained({
      before: old,
      after: next,
      names: { before: "before", after: "after" },
      ...common,
    }),
    lost: gained({
      before: next,
      after: old,
      names: { before: "after", after: "before" },
      ...common,
    }),
  };
}
