import { reviewPlan } from "../../lib/review";
import { planOf } from "../support/plan-json";

type Change = Parameters<typeof planOf>[0][number];

const identity = (kind: string, before: string | null, after: string | null): Change => ({
  address: `aws_iam_${kind}.${before ?? after ?? ""}`,
  type: `aws_iam_${kind}`,
  actions: [before === null ? "create" : after === null ? "delete" : "update"],
  before: before === null ? null : { name: before },
  after: after === null ? null : { name: after },
});

test.each(["role", "user", "group"])("a detachment from a deleted %s narrows", (kind) => {
  const type = `aws_iam_${kind}_policy_attachment`;
  const before = { [kind]: "gone", policy_arn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" };
  const detachment = { address: `${type}.x`, type, actions: ["delete"], before, after: null };
  const plan = planOf([identity(kind, "gone", null), detachment]);
  const { items } = reviewPlan(JSON.stringify(plan), "plan");
  expect(items).toContainEqual(
    expect.objectContaining({ address: `${type}.x`, verdict: "narrowed" }),
  );
});
