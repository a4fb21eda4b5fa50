/**
 * The comparison against z3, which knows nothing of this project: what a policy allows is written down
 * for it as regular expressions.
 */
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { compareAccess } from "../../../lib/review/compare";
import type { PlainDocument, PlainStatement } from "../../support/plain-iam-evaluator";
import { cases, figures, firstCase } from "../../support/random-cases";
import { Random } from "../../support/random-choices";
import { CI_TOOLS, describeWithCiTools } from "../../support/tools";
import { gainQuestion } from "../../support/z3-question";

const KEYS = ["aws:username", "s3:prefix"];
const ACTIONS = ["s3:GetObject", "s3:Get*", "s3:*", "*", "s3:?etObject", "s3:*Object", "iam:Pass*"];
const RESOURCES = [
  ...["*", "arn:aws:s3:::a", "arn:aws:s3:::a/*", "arn:aws:s3:::a*", "arn:aws:s3:::*/b"],
  ...["arn:aws:s3:::?/b", "arn:*:s3:::a/*", "arn:aws:iam::*:role/a*", "arn:aws:s3:::a/b"],
];
const TEXTS = ["a", "ab", "a*", "*b", "?", "*"];

function randomStatement(random: Random): PlainStatement {
  const operator = random.pick(["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"]);
  const texts = operator.endsWith("Like") ? TEXTS : ["a", "ab", "b"];
  return {
    Effect: random.chance(0.25) ? "Deny" : "Allow",
    [random.chance(0.15) ? "NotAction" : "Action"]: random.some(ACTIONS, 2),
    [random.chance(0.15) ? "NotResource" : "Resource"]: random.some(RESOURCES, 2),
    ...(random.chance(0.4)
      ? { Condition: { [operator]: { [random.pick(KEYS)]: random.some(texts, 2) } } }
      : {}),
  };
}

/** Two documents that differ in one statement, or in how it is written. */
function randomPair(random: Random): [PlainDocument, PlainDocument] {
  const kept = Array.from({ length: 1 + random.below(3) }, () => randomStatement(random));
  const own = randomStatement(random);
  const document = (...statements: PlainStatement[]): PlainDocument => ({
    Version: "2012-10-17",
    Statement: statements,
  });
  const before = document(...kept, own);
  const split = [own, { ...own, Condition: { StringEquals: { "s3:prefix": ["a"] } } }];
  const after = random.pick([
    document(...kept, randomStatement(random)),
    document(...split, ...kept),
    document(...kept),
  ]);
  return random.chance(0.5) ? [before, after] : [after, before];
}

/** A pair takes z3 a second, and some a timeout. */
const MOST = 100;

describeWithCiTools()("z3", () => {
  const pairs = Array.from({ length: Math.min(cases, MOST) }, (_, index) =>
    randomPair(new Random((firstCase + index) * 104729 + 3)),
  );
  const answers = pairs.flatMap(([before, after]) => {
    const { gained, lost } = compareAccess({ policies: [before] }, { policies: [after] });
    return [gained.answer, lost.answer];
  });
  const solved: string[] = [];

  beforeAll(() => {
    const questions = pairs.flatMap(([before, after]) => [
      gainQuestion(before, after, KEYS),
      gainQuestion(after, before, KEYS),
    ]);
    const program = path.join(__dirname, "..", "..", "support", "z3-process.mjs");
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [program, path.join(CI_TOOLS, "package.json")],
      { input: JSON.stringify(questions), encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    solved.push(...(JSON.parse(stdout) as string[]));
    const count = (answer: string): number => solved.filter((one) => one === answer).length;
    const decided = { sat: count("sat"), unsat: count("unsat") };
    figures("z3, of as many pairs as it is asked", {
      pairs: pairs.length,
      ...decided,
      "not decided": solved.length - decided.sat - decided.unsat,
    });
  }, 600_000);

  test("finds a request where one is said to be gained, and none where none is", () => {
    const expected = { yes: "sat", no: "unsat", undecided: undefined };
    const differing = answers.flatMap((answer, index) => {
      const other = solved[index];
      if (other === "unknown" || answer === "undecided" || other === expected[answer]) return [];
      return [{ answer, z3: other, pair: pairs[Math.floor(index / 2)], isLost: index % 2 === 1 }];
    });
    expect(differing).toEqual([]);
  });

  test("decides most of the pairs, and both ways", () => {
    expect(solved).toHaveLength(answers.length);
    const count = (answer: string): number => solved.filter((one) => one === answer).length;
    expect(count("sat") + count("unsat")).toBeGreaterThan(answers.length * 0.8);
    expect(Math.min(count("sat"), count("unsat"))).toBeGreaterThan(answers.length / 10);
  });
});
