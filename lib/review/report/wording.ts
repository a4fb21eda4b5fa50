import type { ReportAccess, ReportAnswer, ReportGrant, ReportItem, ReportWitness } from "./report";
import type { Verdict } from "../verdict";

/** How a format shows a text of the plan. */
export type Show = (text: string) => string;

/** What a reader is told for a verdict: `both` says nothing by itself. */
export function named(verdict: Verdict): string {
  return verdict === "both" ? "broadened and narrowed" : verdict;
}

/** What each verdict means, as a sentence. */
export const meaning: Readonly<Record<Verdict, string>> = {
  broadened: "Something is allowed after that was not before.",
  both: "Something is allowed after that was not before, and something is allowed no longer.",
  unknown: "Not everything can be compared. Nothing that can be is broadened.",
  narrowed: "Nothing more is allowed, and something is allowed no longer.",
  unchanged: "The same is allowed as before.",
};

/** Entries of a list that are named; a longer one says how many more there are. */
const MOST = 50;

function listed(texts: readonly string[], show: Show): string {
  const more = texts.length > MOST ? ` and ${String(texts.length - MOST)} more` : "";
  return texts.slice(0, MOST).map(show).join(", ") + more;
}

function clause(
  plain: readonly string[] | undefined,
  except: readonly string[] | undefined,
  word: string,
  show: Show,
): string {
  if (except !== undefined) return ` ${word} everything except ${listed(except, show)}`;
  return plain === undefined ? "" : ` ${word} ${listed(plain, show)}`;
}

/** A grant as a sentence: effect, actions, resources, principals, condition. */
export function sentence(grant: ReportGrant, show: Show): string {
  const { effect, actions, notActions, resources, notResources, principals, notPrincipals } = grant;
  const tests = (grant.condition ?? []).map(
    ({ operator, key, values }) => `${show(operator)} ${show(key)} ${listed(values, show)}`,
  );
  return [
    effect,
    clause(actions, notActions, "", show).replace(/^ {2}/, " "),
    clause(resources, notResources, "on", show),
    clause(principals, notPrincipals, "for", show),
    tests.length === 0 ? "" : ` if ${tests.join(" and ")}`,
  ].join("");
}

const ACTION = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  none: "unchanged",
} as const;

/** What an item is and what happens to it: `managed policy, updated`. */
export function title({ kind, name, action, previousAddress }: ReportItem, show: Show): string {
  const named = name === undefined ? kind : `${kind} ${show(name)}`;
  const before = previousAddress === undefined ? "" : `, was ${show(previousAddress)}`;
  return `${named}, ${ACTION[action]}${before}`;
}

/** `512 of 6,144 characters, 400 before`. */
export function sizeLine({ size }: ReportItem): string | undefined {
  if (size === undefined) return undefined;
  const number = (value: number): string => value.toLocaleString("en");
  const { before, after, limit, together } = size;
  if (after === undefined) return undefined;
  const was = before === undefined ? "" : `, ${number(before)} before`;
  const over = after > limit ? " IAM will not take it." : "";
  const counted = together === undefined ? "" : `, which counts ${together}`;
  return `Size: ${number(after)} of ${number(limit)} characters${counted}${was}.${over}`;
}

/** What is attached or set, and where: of an attachment or a boundary. */
export function policyLine(item: ReportItem, show: Show): string | undefined {
  const { kind, policy, holder } = item;
  if (policy === undefined) return undefined;
  const { before, after } = policy;
  if (kind === "attachment") {
    const where = holder === undefined ? "" : show(holder);
    return after === undefined
      ? `Detached from ${where}: ${show(before ?? "")}`
      : `Attached to ${where}: ${show(after)}`;
  }
  if (after === undefined) return `Lost: ${show(before ?? "")}`;
  return before === undefined
    ? `Set: ${show(after)}`
    : `Changed from ${show(before)} to ${show(after)}`;
}

/** Who joins a group or leaves it. */
export function memberLine({ group, holder = "" }: ReportItem, show: Show): string | undefined {
  if (group === undefined) return undefined;
  const { before, after } = group;
  return after === undefined
    ? `Removed from the group ${show(before ?? "")}: ${show(holder)}`
    : `Added to the group ${show(after)}: ${show(holder)}`;
}

/** `12 documents, 2 changes: 1 broadened, 1 narrowed.` */
export function summary(documents: number, items: readonly ReportItem[]): string {
  const counts = new Map<Verdict, number>();
  for (const { verdict } of items) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const plural = (count: number, word: string): string =>
    `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
  const by = [...counts].map(
    ([verdict, count]) => `${count.toLocaleString("en")} ${named(verdict)}`,
  );
  return `${plural(documents, "IAM resource")} with documents, ${plural(items.length, "change")}${by.length === 0 ? "" : `: ${by.join(", ")}`}.`;
}

/** For whom something is said: `the role app`. */
export function subject({ kind, name, account }: ReportAccess, show: Show): string {
  const where = account === undefined ? "" : ` in ${show(account)}`;
  switch (kind) {
    case "managed policy":
      return `Whoever has ${show(name)}${where} outside of the plan`;
    case "trust policy":
      return `Who may assume the role ${show(name)}${where}`;
    default:
      return `The ${kind} ${show(name)}${where}`;
  }
}

/** `s3:DeleteObject on arn:aws:s3:::logs/x, if aws:username is ann`, and the statement behind it. */
function request(witness: ReportWitness, show: Show): string {
  const { action, resource, principal, withoutPermission, context, assumes } = witness;
  const keys = Object.entries(context).map(([key, value]) => {
    const values = typeof value === "string" ? [value] : value;
    return `${show(key)} is ${values.length === 0 ? "an empty list" : listed(values, show)}`;
  });
  const unknown = assumes.map(
    ({ name, effect }) => `${show(name)} ${effect === "Allow" ? "allows" : "denies"} it`,
  );
  return [
    show(action),
    resource === undefined ? "" : ` on ${show(resource)}`,
    principal === undefined ? "" : ` for ${show(principal)}`,
    withoutPermission === true ? " without a permission of its own" : "",
    keys.length === 0 ? "" : ` where ${keys.join(" and ")}`,
    unknown.length === 0 ? "" : ` if ${unknown.join(" and ")}`,
  ].join("");
}

function source({ statement: { address, sid, effect } }: ReportWitness, show: Show): string {
  if (address === undefined) return "";
  const named = sid === "" ? "a statement without a Sid" : show(sid);
  return `, by the ${effect} of ${named} in ${show(address)}`;
}

function answerLines(
  answer: ReportAnswer,
  says: string,
  undecided: string,
  most: number,
  show: Show,
): string[] {
  if (answer.answer === "no") return [];
  if (answer.answer === "undecided") return [`${undecided} is undecided: ${show(answer.reason)}`];
  const { witnesses } = answer;
  const lines = witnesses
    .slice(0, most)
    .map((witness) => `${request(witness, show)} ${says}${source(witness, show)}`);
  const left = witnesses.length - lines.length;
  return left === 0 ? lines : [...lines, `${left.toLocaleString("en")} more of this kind`];
}

/**
 * What somebody gains and loses, each with a request that shows it.
 *
 * @param most how many requests are shown of each
 */
export function accessLines({ gained, lost }: ReportAccess, most: number, show: Show): string[] {
  return [
    ...answerLines(gained, "is allowed now and was not", "What is gained", most, show),
    ...answerLines(lost, "is allowed no longer", "What is lost", most, show),
  ];
}
