/** Statement by statement, what a person reads: the verdict is another question. */
import { readDocument } from "../../lib/review/compare";
import type { ReportGrant } from "../../lib/review/report/report";
import { statementDifferences } from "../../lib/review/report/statement-differences";
import type { PlainStatement as Statement } from "../support/plain-iam-evaluator";
import { allow } from "../support/policy-documents";

const sid = (Sid: string, own: Statement): Statement => ({ Sid, ...own });

describe("the differences of two documents", () => {
  const differences = (before: Statement[], after: Statement[]): string[] =>
    statementDifferences(read(before).statements, read(after).statements).map(
      ({ kind, sid: name, movedFrom, before: was, after: is }) =>
        [kind, name, ...(movedFrom ?? []).map((old) => `from ${old}`), brief(was), brief(is)]
          .filter((text) => text !== "")
          .join(" | "),
    );

  test.each<[string, Statement[], Statement[], string[]]>([
    [
      "only what is new is granted",
      [sid("A", allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::a"]))],
      [sid("A", allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::a", "arn:aws:s3:::b"]))],
      ["granted | A | s3:GetObject, s3:PutObject on arn:aws:s3:::b"],
    ],
    [
      "a wildcard that covers less is changed, not removed",
      [sid("A", allow("s3:*", "*"))],
      [sid("A", allow(["s3:Get*", "s3:List*"], "*"))],
      ["changed | A | s3:* on * | s3:Get*, s3:List* on *"],
    ],
    [
      "another condition is one change",
      [sid("A", allow("s3:*", "*", { StringEquals: { "aws:userid": "a" } }))],
      [sid("A", allow("s3:*", "*", { StringEquals: { "aws:userid": "b" } }))],
      ["changed | A | s3:* on * if a | s3:* on * if b"],
    ],
    [
      "a Sid that is renamed is moved",
      [sid("A", allow("s3:*", "*"))],
      [sid("B", allow("s3:*", "*"))],
      ["moved | B | from A | s3:* on *"],
    ],
    [
      "an action that goes to another statement is removed and granted",
      [sid("A", allow(["s3:GetObject", "s3:PutObject"], "*"))],
      [sid("A", allow("s3:GetObject", "*")), sid("B", allow("s3:PutObject", "*"))],
      ["removed | A | s3:PutObject on *", "granted | B | s3:PutObject on *"],
    ],
    [
      "a copy is granted: an edit, whatever it allows",
      [sid("A", allow("s3:GetObject", "*"))],
      [sid("A", allow("s3:GetObject", "*")), sid("B", allow("s3:GetObject", "*"))],
      ["granted | B | s3:GetObject on *"],
    ],
    [
      "statements without a Sid do not move when their order changes",
      [allow("s3:GetObject", "*"), allow("rds:DescribeDBClusters", "*")],
      [allow("rds:DescribeDBClusters", "*"), allow("s3:GetObject", "*")],
      [],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(differences(before, after)).toEqual(expected);
  });
});

const read = (Statement: Statement[]): ReturnType<typeof readDocument> =>
  readDocument({ Version: "2012-10-17", Statement }, "identity", "document");

function brief(grant: ReportGrant | undefined): string {
  if (grant === undefined) return "";
  const { actions = [], resources = [], condition = [] } = grant;
  const values = condition.flatMap((test) => [...test.values]).join(", ");
  const test = values === "" ? "" : ` if ${values}`;
  return `${actions.join(", ")} on ${resources.join(", ")}${test}`;
}
