import { review } from "../../lib";
import { renderers, reviewPlan } from "../../lib/review";
import { inlinePolicy, planOfResources } from "../support/iam-plan";
import { allow, document } from "../support/policy-documents";

const plan = planOfResources([
  inlinePolicy("app", "a", document(allow("s3:Get*", "*")), document(allow("s3:*", "*"))),
]);

test("the library's review gives what the command prints as JSON", () => {
  const printed: unknown = JSON.parse(renderers.json(reviewPlan(plan, "The plan")));
  expect(review(plan)).toEqual(printed);
  expect(review(plan).verdict).toBe("broadened");
});

test("the library's review refuses what is no plan", () => {
  expect(() => review("{}")).toThrow("The plan is not a Terraform plan in JSON.");
});
