/** Findings that a team has accepted, in a file of its own. */
import { isObject, parseJson } from "../../text/json";
import { UserError } from "../../text/user-error";
import type { Report, ReportEntry } from "../report/report";
import type { GateFinding } from "./finding";

/** One accepted finding. */
export interface Accepted {
  readonly fingerprint: string;
  /** The accepted finding in words: the finding's text when it was written. */
  readonly text: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string;
}

const FIELDS = ["fingerprint", "text", "reason", "owner", "expires"] as const;
const HOW = "Write such a file with: teleport-db-iam review plan.json --accept FILE";

/** A day of the calendar: not February 30. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toJSON().startsWith(text);
}

function entry(value: unknown, place: string): Accepted {
  if (!isObject(value)) throw new UserError(`${place} is not an object. ${HOW}`);
  const unknown = Object.keys(value).find((key) => !FIELDS.some((field) => field === key));
  if (unknown !== undefined) {
    throw new UserError(
      `${place} has the unknown key ${JSON.stringify(unknown)}. Keys: ${FIELDS.join(", ")}.`,
    );
  }
  for (const field of FIELDS) {
    if (typeof value[field] !== "string") {
      throw new UserError(`${place} has no ${field}, which must be text. ${HOW}`);
    }
  }
  const own = value as unknown as Accepted;
  if (!/^[0-9a-f]{32}$/.test(own.fingerprint)) {
    throw new UserError(`${place}: the fingerprint must have 32 hexadecimal digits. ${HOW}`);
  }
  if (!isDay(own.expires)) {
    throw new UserError(
      `${place}: expires is ${JSON.stringify(own.expires)}. Write a day as YYYY-MM-DD.`,
    );
  }
  return own;
}

/**
 * Reads a file of accepted findings. An entry whose reason or owner is empty is read, and accepts nothing.
 *
 * @throws UserError if it is anything else than such a file
 */
export function readAccepted(text: string, name: string): Accepted[] {
  const value: unknown = parseJson(text);
  if (value === undefined) throw new UserError(`${name} is not JSON. ${HOW}`);
  const list = isObject(value) ? value.accepted : undefined;
  if (!Array.isArray(list) || !isObject(value) || Object.keys(value).length !== 1) {
    throw new UserError(`${name} is not of the form {"accepted": […]}. ${HOW}`);
  }
  const entries = list.map((one, index) => entry(one, `${name}: accepted[${String(index)}]`));
  const seen = new Set<string>();
  for (const { fingerprint } of entries) {
    if (seen.has(fingerprint)) throw new UserError(`${name} has ${fingerprint} twice. Delete one.`);
    seen.add(fingerprint);
  }
  return entries;
}

/**
 * Returns the state of an entry: used, or the reason why it accepts nothing; `today` as `YYYY-MM-
 * DD` in UTC.
 */
function stateOf(
  entry: Accepted,
  present: ReadonlySet<string>,
  today: string,
): ReportEntry["state"] | "used" {
  if (!present.has(entry.fingerprint)) return "unused";
  if (entry.expires < today) return "expired";
  return entry.reason.trim() !== "" && entry.owner.trim() !== "" ? "used" : "incomplete";
}

/**
 * A report that names who accepted which findings, and the entries that accept nothing.
 *
 * @param today as `YYYY-MM-DD` in UTC
 */
export function withAccepted(report: Report, entries: readonly Accepted[], today: string): Report {
  const { findings } = report;
  const present = new Set(findings.flatMap(({ fingerprint }) => fingerprint ?? []));
  const states = entries.map((entry) => ({ entry, state: stateOf(entry, present, today) }));
  const used = new Map(
    states.flatMap(({ entry: { fingerprint, reason, owner, expires }, state }) =>
      state === "used" ? [[fingerprint, { reason, owner, expires }]] : [],
    ),
  );
  return {
    ...report,
    findings: findings.map((finding) => {
      const accepted = used.get(finding.fingerprint ?? "");
      return accepted === undefined ? finding : { ...finding, accepted };
    }),
    entries: states.flatMap(({ entry: { fingerprint, text, expires }, state }) =>
      state === "used" ? [] : [{ fingerprint, text, expires, state }],
    ),
  };
}

/** The number of days that a new entry is valid. */
const DAYS = 30;

/**
 * The entries of a file with one for each finding that is not in it. Reason and owner are left empty for a
 * person to fill in.
 */
export function withFindings(
  entries: readonly Accepted[],
  findings: readonly GateFinding[],
  today: string,
): Accepted[] {
  const known = new Set(entries.map(({ fingerprint }) => fingerprint));
  // Several plans can have the same finding.
  const once = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const expires = new Date(Date.parse(`${today}T00:00:00Z`) + DAYS * 86_400_000);
  return [
    ...entries,
    ...[...once.values()].flatMap(({ fingerprint, text, broadens, unknown }) =>
      fingerprint === undefined || known.has(fingerprint) || !(broadens || unknown)
        ? []
        : [{ fingerprint, text, reason: "", owner: "", expires: expires.toJSON().slice(0, 10) }],
    ),
  ];
}
