/** Comparisons that many roles share are made once, and reported for each role by its own name. */
import { reviewPlan } from "../../lib/review";
import { inlinePolicy, planOfResources } from "../support/iam-plan";
import { allow, deny, document } from "../support/policy-documents";

test("the unknown documents of two roles keep their names", () => {
  const before = document(deny("s3:Delete*", "*"));
  const after = document(allow("s3:GetObject", "arn:aws:s3:::photos/*"));
  const { access } = reviewPlan(
    planOfResources([
      { ...inlinePolicy("one", "own", before, after), name: "one" },
      { ...inlinePolicy("two", "own", before, after), name: "two" },
    ]),
    "plan",
  );
  const assumed = access.map(({ name, gained }) => [
    name,
    gained.answer === "yes"
      ? gained.witnesses.flatMap(({ assumes }) => assumes.map((one) => one.name))
      : [],
  ]);
  expect(assumed).toEqual([
    ["one", ["what else the role one has"]],
    ["two", ["what else the role two has"]],
  ]);
});
