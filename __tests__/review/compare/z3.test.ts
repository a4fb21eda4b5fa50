/**
 * The comparison against z3, which knows nothing of this project: what a policy allows is written down
 * for it as regular expressions.
 */
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { compareAccess } from "../../../lib/review/compare";
import type { PlainAccess, PlainDocument, PlainStatement } from "../../support/plain-iam-evaluator";
import { cases, figures, firstCase } from "../../support/random-cases";
import { Random } from "../../support/random-choices";
import { randomPair } from "../../support/random-policies";
import { CI_TOOLS, describeWithCiTools } from "../../support/tools";
import { gainQuestion } from "../../support/z3-question";

const KEYS = ["aws:username", "aws:PrincipalTag/t"];

/** True if a question for z3 can have the condition. */
const isAsked = (condition: PlainStatement["Condition"] = {}): boolean =>
  Object.entries(condition).every(
    ([operator, tests]) =>
      /^String(Not)?(Equals|Like)$/.test(operator) &&
      Object.keys(tests).every((key) => KEYS.includes(key)),
  );

/** All statements of a side as one document, without the other conditions. */
const asked = ({ policies }: PlainAccess): PlainDocument => ({
  Version: "2012-10-17",
  Statement: policies
    .flatMap(({ Statement: list }) => list)
    .map(({ Condition, ...rest }) => (isAsked(Condition) ? { ...rest, Condition } : rest)),
});

/** A pair takes z3 a second, and some a timeout. */
const MOST = 100;

describeWithCiTools()("z3", () => {
  const pairs = Array.from({ length: Math.min(cases, MOST) }, (_, index) => {
    const [before, after] = randomPair(new Random((firstCase + index) * 104729 + 3), {
      variables: 0,
    });
    return [asked(before), asked(after)] as const;
  });
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
