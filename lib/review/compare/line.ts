import ipaddr from "ipaddr.js";

/**
 * Values that have an order: numbers, dates, addresses. What a condition says of them is a set of
 * intervals, so a few points decide: the ends of the intervals, and one between each two of them.
 */
export interface Line {
  /** The position of a text, or undefined if it is not such a value. */
  readonly read: (text: string) => bigint | undefined;
  readonly write: (position: bigint) => string;
  /** The positions that there are. */
  readonly first: bigint;
  readonly last: bigint;
  /** Values that read well. */
  readonly examples: readonly string[];
  /** Steps from the end of an interval to a value that reads well. */
  readonly steps: readonly bigint[];
}

/** Numbers are counted in millionths: between two numbers of five digits there is always one more. */
const NUMBER_DIGITS = 6;
const NUMBER_UNIT = 10n ** BigInt(NUMBER_DIGITS);
const MAXIMUM = 10n ** 30n;

function readNumber(text: string): bigint | undefined {
  const [, sign, whole = "", fraction = ""] =
    /^([-+]?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const size = BigInt(whole) * NUMBER_UNIT + BigInt(fraction.padEnd(NUMBER_DIGITS, "0"));
  return sign === "-" ? -size : size;
}

function writeNumber(position: bigint): string {
  const size = position < 0n ? -position : position;
  const fraction = String(size % NUMBER_UNIT)
    .padStart(NUMBER_DIGITS, "0")
    .replace(/0+$/, "");
  const whole = String(size / NUMBER_UNIT);
  return `${position < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/**
 * Integers and decimals of up to six digits after the point.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
export const numbers: Line = {
  read: readNumber,
  write: writeNumber,
  first: -MAXIMUM,
  last: MAXIMUM,
  examples: ["1"],
  steps: [NUMBER_UNIT],
};

const DATE =
  /^(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[-+]\d\d:\d\d))?)?$/;
const EPOCH_SECONDS = /^\d{5,12}$/;

function readDate(text: string): bigint | undefined {
  if (EPOCH_SECONDS.test(text)) return BigInt(text) * 1000n;
  if (!DATE.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds);
}

/**
 * Dates of W3C's profile of ISO 8601, and seconds since 1970, in milliseconds. A number of four digits
 * could be a year or seconds, so it is none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export const dates: Line = {
  read: readDate,
  write: (position) => new Date(Number(position)).toISOString().replace(".000Z", "Z"),
  first: 0n,
  last: 253402300799999n,
  examples: ["2026-01-01T00:00:00Z"],
  steps: [86_400_000n, 1000n],
};

const IPV4_COUNT = 1n << 32n;
const IPV6_COUNT = 1n << 128n;

/** An address of a zone, or one of IPv4 that is written as IPv6, is none: AWS does not document them. */
function readAddress(text: string): bigint | undefined {
  const isIpv4 = ipaddr.IPv4.isValidFourPartDecimal(text);
  if (!isIpv4 && (!ipaddr.IPv6.isValid(text) || /[%.]/.test(text))) return undefined;
  const bytes = ipaddr.parse(text).toByteArray();
  const position = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return isIpv4 ? position : position + IPV4_COUNT;
}

function writeAddress(position: bigint): string {
  const [length, value] = position < IPV4_COUNT ? [4, position] : [16, position - IPV4_COUNT];
  const bytes = Array.from({ length }, (_, index) =>
    Number((value >> BigInt(8 * (length - 1 - index))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/**
 * IPv4 addresses, and behind them the IPv6 addresses. The examples are addresses for documentation.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5737
 */
export const addresses: Line = {
  read: readAddress,
  write: writeAddress,
  first: 0n,
  last: IPV4_COUNT + IPV6_COUNT - 1n,
  examples: ["203.0.113.7", "198.51.100.7"],
  steps: [],
};

/** The first and the last address of a CIDR block or of one address, or undefined if it is neither. */
export function readBlock(text: string): { first: bigint; last: bigint } | undefined {
  const [, address = "", length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const position = readAddress(address);
  if (position === undefined) return undefined;
  const [bits, base] = position < IPV4_COUNT ? [32, 0n] : [128, IPV4_COUNT];
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = base + ((position - base) / size) * size;
  return { first, last: first + size - 1n };
}
