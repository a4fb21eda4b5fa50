/**
 * Ordinary pull requests, planned by real terraform on moto: everything is applied, changed and planned
 * again. Each has its verdict written by hand, with the reason, before the review ran. Each is a module of
 * its own, so that one plan has all of them and is reviewed module by module.
 */
import { reviewPlan } from "../../lib/review";
import { Moto } from "../support/moto";
import { TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";
import { CASES } from "./ordinary-plans";

interface PlanJson {
  readonly resource_changes: readonly { readonly module_address?: string }[];
}

/** The plan with the changes of one module only. */
const onlyModule = (plan: PlanJson, name: string): string =>
  JSON.stringify({
    ...plan,
    resource_drift: [],
    resource_changes: plan.resource_changes.filter(
      ({ module_address: address }) => address === `module.${name}`,
    ),
  });

describeWithMoto()("ordinary plans", () => {
  let moto: Moto;
  let root: TerraformRoot;
  let plan: PlanJson;

  beforeAll(async () => {
    moto = await Moto.start({ managedPolicies: true, account: "210987654321" });
    root = new TerraformRoot({});
    const write = (side: "before" | "after"): void => {
      const names = Object.keys(CASES);
      root.write({
        "main.tf": [
          moto.provider.replace(
            "iam =",
            `sqs = "${moto.url}"\n    dynamodb = "${moto.url}"\n    iam =`,
          ),
          ...names.map((name) => `module "${name}" {\n  source = "./${name}"\n}`),
        ].join("\n"),
        ...Object.fromEntries(names.map((name) => [`${name}/main.tf`, CASES[name]?.[side] ?? ""])),
      });
    };
    write("before");
    root.init().succeed("apply", "-auto-approve", "-parallelism=4");
    write("after");
    root.succeed("init", "-backend=false");
    plan = root.plan() as unknown as PlanJson;
  }, 600000);

  afterAll(() => {
    moto.stop();
    root.dispose();
  });

  test.each(Object.entries(CASES).map(([name, { verdict, why }]) => [name, verdict, why] as const))(
    "%s is %s: %s",
    (name, verdict) => {
      expect(reviewPlan(onlyModule(plan, name), name).verdict).toBe(verdict);
    },
  );

  test("what a document waits for is named", () => {
    const report = JSON.stringify(reviewPlan(onlyModule(plan, "queue_jsonencode"), "plan").access);
    expect(report).toContain("aws_sqs_queue.new");
  });

  test("a moved block is given for renamed keys", () => {
    const { items } = reviewPlan(onlyModule(plan, "renamed_keys"), "plan");
    expect(items.flatMap(({ moved }) => moved ?? [])).toContainEqual({
      from: 'module.renamed_keys.aws_iam_role.app["a"]',
      to: 'module.renamed_keys.aws_iam_role.app["b"]',
    });
  });
});
