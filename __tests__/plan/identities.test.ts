import { Accounts } from "../../lib/review/plan/accounts";
import { ResourceDifference } from "../../lib/review/plan/difference";
import { DeletedIdentities } from "../../lib/review/plan/identities";
import { readPlan } from "../../lib/review/plan/plan";
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

/** Whether who is named by a resource of the same plan is deleted. */
function deleted(
  ...changes: readonly Change[]
): (kind: "role" | "user" | "group", name: string) => boolean {
  const plan = readPlan(JSON.stringify(planOf(changes)), "plan");
  const resources = plan.resource_changes.map((change) => new ResourceDifference(change, plan));
  const identities = new DeletedIdentities(resources, new Accounts(resources));
  return (kind, name) => resources.some((resource) => identities.has(resource, kind, name));
}

test.each(["role", "user", "group"] as const)("a %s that is deleted is deleted", (kind) => {
  const isDeleted = deleted(identity(kind, "gone", null), identity(kind, "kept", "kept"));
  expect([isDeleted(kind, "gone"), isDeleted(kind, "kept")]).toEqual([true, false]);
});

test("one of another kind with the same name is not", () => {
  expect(deleted(identity("role", "app", null))("user", "app")).toBe(false);
});

test("one that is made anew under the same name is not", () => {
  const changes = [identity("role", "app", null), identity("role", null, "app")];
  expect(deleted(...changes)("role", "app")).toBe(false);
});

test("none is while another one's name is not known", () => {
  const unknown = { ...identity("role", null, "later"), after_unknown: { name: true } };
  const isDeleted = deleted(identity("role", "app", null), identity("user", "ann", null), unknown);
  expect([isDeleted("role", "app"), isDeleted("user", "ann")]).toEqual([false, true]);
});

test.each(["role", "user", "group"])("a detachment from a deleted %s narrows", (kind) => {
  const type = `aws_iam_${kind}_policy_attachment`;
  const before = { [kind]: "gone", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
  const detachment = { address: `${type}.x`, type, actions: ["delete"], before, after: null };
  const plan = planOf([identity(kind, "gone", null), detachment]);
  const { items } = reviewPlan(JSON.stringify(plan), "plan");
  expect(items).toContainEqual(
    expect.objectContaining({ address: `${type}.x`, verdict: "narrowed" }),
  );
});
