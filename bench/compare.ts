import { compareAccess } from "../lib/review/compare";
import { inMilliseconds, measure, milliseconds, report, withSpread } from "./measure";

type Statement = Readonly<Record<string, unknown>>;

const ACCOUNT = "123456789012";
const document = (...statements: readonly Statement[]): object => ({
  Version: "2012-10-17",
  Statement: statements,
});
const allow = (action: string, resource: unknown, more: object = {}): Statement => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});
const list = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));

/** A document of as many characters as IAM takes of a managed policy. */
function largest(seed: string): object {
  const arn = (index: number): string =>
    `arn:aws:rds-db:us-east-1:${ACCOUNT}:dbuser:db-${seed}${String(index)}/reports`;
  const statements: Statement[] = [];
  const limit = 6144;
  for (let index = 0; ; index += 4) {
    const next = allow(
      "rds-db:connect",
      list(4, (one) => arn(index + one)),
    );
    if (JSON.stringify(document(...statements, next)).length > limit) break;
    statements.push(next);
  }
  return document(...statements);
}

const tag = (index: number): Statement =>
  allow("s3:GetObject", "*", {
    Condition: { StringLike: { "aws:username": `a${String(index)}*b` } },
  });

/** A statement whose condition is on the same key as that of all others. */
const onKey = (index: number, value: number): Statement =>
  allow(`s3:Get${String(index)}`, `arn:aws:s3:::b${String(index)}/*`, {
    Condition: { StringLike: { "aws:username": `a${String(value)}*b` } },
  });

/** Pairs of documents, by what makes them hard. */
const PAIRS: Readonly<Record<string, readonly [before: object, after: object]>> = {
  "two documents of 6,144 characters": [largest("OLD"), largest("NEW")],
  "1,000 statements": [
    document(
      ...list(1000, (one) => allow(`s3:Get${String(one)}`, `arn:aws:s3:::b${String(one)}/*`)),
    ),
    document(
      ...list(1000, (one) =>
        allow(`s3:Get${String(one + 1)}`, `arn:aws:s3:::b${String(one + 1)}/*`),
      ),
    ),
  ],
  "1,000 statements with conditions on one key": [
    document(...list(1000, (one) => onKey(one, one))),
    document(...list(1000, (one) => onKey(one, one + 1))),
  ],
  "1,000 conditions on one key": [
    document(...list(1000, tag)),
    document(allow("s3:GetObject", "*")),
  ],
  "1,000 patterns": [
    document(
      allow(
        "s3:GetObject",
        list(1000, (one) => `arn:aws:s3:::*${String(one)}*x/*`),
      ),
    ),
    document(
      allow(
        "s3:GetObject",
        list(1000, (one) => `arn:aws:s3:::*${String(one)}x*/*`),
      ),
    ),
  ],
  "twenty wildcards against their opposite": [
    document(
      ...list(20, (one) => allow("s3:GetObject", `arn:aws:s3:::${"*".padEnd(one + 1, "?")}a*`)),
      ...list(20, (one) => ({
        Effect: "Allow",
        Action: "s3:GetObject",
        NotResource: `arn:aws:s3:::*b${"?".repeat(one)}`,
      })),
    ),
    document(allow("s3:GetObject", "*")),
  ],
};

/** The exact comparison of two documents. */
export function benchCompare(): void {
  const compare = (before: object, after: object): string => {
    const { gained, lost } = compareAccess({ policies: [before] }, { policies: [after] });
    return `${gained.answer} gained, ${lost.answer} lost`;
  };
  const rows = Object.entries(PAIRS).map(([name, [before, after]]) => {
    // A process that compares once has nothing of it compiled, one that compares many plans has.
    const first = milliseconds(() => void compare(before, after));
    const { once } = measure(first < 100 ? 100 : 3, { once: () => void compare(before, after) });
    return [name, withSpread(once), `${inMilliseconds(first)} first, ${compare(before, after)}`];
  });
  report("Exact comparison of two documents", rows);
}
