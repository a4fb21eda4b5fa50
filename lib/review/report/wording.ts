import type { Risk } from "../gate/risk";
import type { Verdict } from "../verdict";
import type {
  Report,
  ReportGrant,
  ReportHolder,
  ReportItem,
  ReportRequest,
  ReportRow,
  ReportSource,
} from "./report";

/** Escapes a text of the plan for a format. */
export type Show = (text: string) => string;

/** The text for a verdict. */
export function named(verdict: Verdict): string {
  return verdict === "both" ? "broadened and narrowed" : verdict;
}

/** The verdict in plain words, for the first line. */
export function headline({ verdict, plans, rows }: Report): string {
  const [plan, s] = plans.length === 1 ? ["this plan", "s"] : ["these plans", ""];
  const gains = rows.filter(({ change }) => change === "gained");
  // Anybody can get a new policy.
  const isOfNew = gains.every(({ who }) =>
    who.every(({ isNew, kind }) => isNew && kind !== "managed policy"),
  );
  const whom = gains.some(({ isPublic }) => isPublic)
    ? " to anyone in the world"
    : isOfNew && gains.length > 0 && verdict === "broadened"
      ? " to new roles, users or groups only"
      : "";
  switch (verdict) {
    case "broadened":
      return `${plan} grant${s} new access${whom}`;
    case "both":
      return `${plan} grant${s} new access${whom} and remove${s} other access`;
    case "unknown":
      return `not all of ${plan} can be compared, and the rest grants nothing new`;
    case "narrowed":
      return `${plan} remove${s} access and grant${s} none`;
    case "unchanged":
      return `${plan} change${s} no access`;
  }
}

/** A word of a sentence that has no meaning in Markdown, whatever is beside it. */
const PLAIN_WORD = /^\(?(?:[A-Za-z']+(?:-[A-Za-z]+)*|\d{1,3})[.,:;)]*$/;

/** A sentence in which text of the plan is shown as such, word by word. */
export const prose = (text: string, show: Show): string =>
  text
    .split(" ")
    .map((word) => {
      if (word === "" || PLAIN_WORD.test(word)) return word;
      const [, start = "", body = word, end = ""] = /^(\(?)(.*?)([.,:;)]*)$/s.exec(word) ?? [];
      return body === "" ? show(word) : start + show(body) + end;
    })
    .join(" ");

/** The number of entries of a list that are shown; a longer one ends with the number of the others. */
export interface Most {
  readonly actions: number;
  readonly others: number;
}

/** For a list that is shown once. */
const MANY: Most = { actions: 50, others: 50 };

function listed<Item>(items: readonly Item[], show: (item: Item) => string, most = 50): string {
  const more = items.length > most ? ` and ${String(items.length - most)} more` : "";
  return items.slice(0, most).map(show).join(", ") + more;
}

function clause(
  plain: readonly string[] | undefined,
  except: readonly string[] | undefined,
  word: string,
  show: Show,
  most: number,
): string {
  if (except !== undefined) return ` ${word}everything except ${listed(except, show, most)}`;
  return plain === undefined ? "" : ` ${word}${listed(plain, show, most)}`;
}

/** A grant as a sentence: effect, actions, resources, principals, condition. */
export function sentence(grant: ReportGrant, show: Show, most: Most = MANY): string {
  const { effect, actions, notActions, resources, notResources, principals, notPrincipals } = grant;
  const tests = (grant.condition ?? []).map(
    ({ operator, key, values }) =>
      `${show(operator)} ${show(key)} ${listed(values, show, most.others)}`,
  );
  return [
    effect,
    clause(actions, notActions, "", show, most.actions),
    clause(resources, notResources, "on ", show, most.others),
    clause(principals, notPrincipals, "for ", show, most.others),
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

/** The title of an item: `managed policy of aws_iam_policy.x, updated`. */
export function title(item: ReportItem, show: Show): string {
  const { address, kind, name, action, previousAddress } = item;
  const named = name === undefined ? kind : `${kind} ${show(name)}`;
  const before = previousAddress === undefined ? "" : `, was ${show(previousAddress)}`;
  return `${named} of ${show(address)}, ${ACTION[action]}${before}`;
}

/** `512 of 6,144 characters, 400 before`. */
export function sizeLine({ size }: ReportItem): string | undefined {
  if (size === undefined) return undefined;
  const number = (value: number): string => value.toLocaleString("en");
  const { before, after, limit, together } = size;
  if (after === undefined) return undefined;
  const was = before === undefined ? "" : `, ${number(before)} before`;
  const over = after > limit ? " IAM rejects it." : "";
  const counted = together === undefined ? "" : `, which counts ${together}`;
  return `Size: ${number(after)} of ${number(limit)} characters${counted}${was}.${over}`;
}

/** The line about an attachment or a boundary. */
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

/** The `moved` block that keeps what is deleted and created again, on one line. */
export function movedLine({ moved }: ReportItem, show: Show): string | undefined {
  if (moved === undefined) return undefined;
  return `Write: moved { from = ${show(moved.from)}, to = ${show(moved.to)} }`;
}

/** The line about a membership. */
export function memberLine({ group, holder = "" }: ReportItem, show: Show): string | undefined {
  if (group === undefined) return undefined;
  const { before, after } = group;
  return after === undefined
    ? `Removed from the group ${show(before ?? "")}: ${show(holder)}`
    : `Added to the group ${show(after)}: ${show(holder)}`;
}

const plural = (count: number, word: string): string =>
  `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

/** `Verdict: broadened. 2 changes in 12 resources with IAM documents.` */
export function summary({ verdict, plans, documents, items, managedPoliciesOf }: Report): string {
  const date =
    managedPoliciesOf === undefined
      ? ""
      : ` AWS-managed policies are compared as of ${managedPoliciesOf}.`;
  return `Verdict: ${named(verdict)}. ${plural(items.length, "change")} in ${plural(plans.length, "plan")} with ${plural(documents, "IAM resource")}.${date}`;
}

const RISKS: Readonly<Record<Risk, string>> = {
  permissions: "Manage permissions",
  secrets: "Secrets and credentials",
  write: "Change data",
  read: "Read data",
  list: "List",
};

/** The class of a row's risk in words. */
export const riskName = ({ risk, isPublic }: ReportRow): string =>
  `${isPublic ? "Public. " : ""}${risk === undefined ? "Not known" : RISKS[risk]}`;

/** Names of callers that are words of ours. */
const EVERYONE = ["anyone", "anyone who meets its condition", "any principal"];

function holder(one: ReportHolder, show: Show): string {
  const { kind, name, account, isNew, trusts = [], plans = [] } = one;
  const kinds: Partial<Record<ReportHolder["kind"], string>> = {
    principal: "",
    resource: "",
    other: "",
    "managed policy": "whoever has ",
  };
  return [
    isNew && ["role", "user", "group"].includes(kind) ? "new " : "",
    kinds[kind] ?? `${kind} `,
    EVERYONE.includes(name) ? name : show(name),
    kind === "managed policy" ? " outside of the plan" : "",
    account === undefined ? "" : ` in ${show(account)}`,
    trusts.length === 0 ? "" : `, trusted by ${listed(trusts, show, 5)}`,
    plans.length === 0 ? "" : ` (${listed(plans, show, 5)})`,
  ].join("");
}

/** The holders of a row: one, or a count and the first ones. */
export function holders({ who }: ReportRow, show: Show, most: number): string {
  const count = who.length === 1 ? "" : `${String(who.length)} alike: `;
  return count + listed(who, (one) => holder(one, show), most);
}

/** `kms:Decrypt on arn:aws:kms:…, if …`: the granted pattern. */
function pattern(grant: ReportGrant, { change }: ReportRow, show: Show, most: Most): string {
  const text = sentence(grant, show, most).replace(/^(Allow|Deny) ?/, "");
  if (grant.effect === "Allow") return text;
  return `${change === "lost" ? "what a new Deny takes" : "what a Deny took"}: ${text}`;
}

/** `s3:DeleteObject on arn:aws:s3:::logs/x, if aws:username is ann`. */
function request(example: ReportRequest, show: Show): string {
  const { action, resource, principal, withoutPermission, context, assumes } = example;
  const keys = Object.entries(context).map(([key, value]) => {
    const values = typeof value === "string" ? [value] : value;
    return `${show(key)} is ${values.length === 0 ? "an empty list" : listed(values, show)}`;
  });
  const unknown = assumes.map(
    ({ name, effect }) => `${show(name)} ${effect === "Allow" ? "allows" : "denies"} it`,
  );
  const tests = [...keys, ...unknown];
  return [
    show(action),
    resource === undefined ? "" : ` on ${show(resource)}`,
    principal === undefined || EVERYONE.includes(principal) ? "" : ` by ${show(principal)}`,
    withoutPermission === true ? " without a permission of its own" : "",
    tests.length === 0 ? "" : ` if ${tests.join(" and ")}`,
  ].join("");
}

/** Actions that are never cut off from a list: nobody may miss one. */
const isRisky = ({ risk }: ReportRow): boolean => risk === "permissions" || risk === "secrets";

const VERBS = { gained: "Gains", undecided: "Undecided:", lost: "Loses" } as const;

/** Lines about a row's access and the example requests. */
export function whatLines(row: ReportRow, show: Show, most: Most): string[] {
  const { change, what, says, escalation, example, waitsFor } = row;
  const own = isRisky(row) ? { ...most, actions: Infinity } : most;
  const texts = [
    ...what.map((grant) => pattern(grant, row, show, own)),
    ...says.map((text) => prose(text, show)),
  ];
  const value = waitsFor.length === 0 ? "" : `the value of ${listed(waitsFor, show)}`;
  const waits = value === "" ? "" : `, if ${value} allows it`;
  return [
    `${VERBS[change]} ${texts.join("; ")}`,
    ...escalation.map((text) => `A way to more permissions: ${prose(text, show)}`),
    ...(example === undefined && value !== "" ? [`It waits for ${value}`] : []),
    ...(example === undefined ? [] : [`For example ${request(example, show)}${waits}`]),
  ];
}

/** The statement behind it: `Tidy in aws_iam_role_policy.a`. */
export function sources({ by }: ReportRow, show: Show, most: number): string {
  const text = ({ sid, where }: ReportSource): string =>
    sid === "" ? show(where) : `${show(sid)} in ${show(where)}`;
  return listed(by, text, most);
}

const STATES = {
  expired: "expired on",
  unused: "is unused because no plan has this finding; it expires on",
  incomplete: "accepts nothing without a reason and an owner; it expires on",
} as const;

/** Lines about forbidden, accepted and unused findings. */
export function gateLines({ findings, entries }: Report, show: Show): string[] {
  return [
    ...findings
      .filter(({ isForbidden, accepted }) => isForbidden && accepted === undefined)
      .map(({ text }) => `Forbidden by --never: ${show(text)}`),
    ...findings.flatMap(({ text, accepted }) =>
      accepted === undefined
        ? []
        : [
            `Accepted by ${show(accepted.owner)} until ${accepted.expires}: ${show(text)}. Reason: ${show(accepted.reason)}`,
          ],
    ),
    ...entries.map(
      ({ fingerprint, text, expires, state }) =>
        `Accepted entry ${fingerprint} ${STATES[state]} ${expires}: ${show(text)}`,
    ),
  ];
}
