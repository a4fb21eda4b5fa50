/**
 * Ordinary pull requests, planned by real terraform on moto: everything is applied, changed and planned
 * again. Each has its verdict written by hand, with the reason, before the review ran. Each is a module of
 * its own, so that one plan has all of them and is reviewed module by module.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { compose } from "../../lib/answers/compose";
import { reviewPlan } from "../../lib/review";
import { Moto, providerSettings } from "../support/moto";
import { PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";
import { CHANGES } from "./ordinary-plans";
import { ACCOUNT, locals } from "./ordinary-plans/hcl";
import { DISAGREEMENTS, disagreeing, page, PAGE, type Reviewed } from "./ordinary-plans/page";

interface PlanJson {
  readonly resource_changes: readonly { readonly module_address?: string }[];
}

/** The services of the provider that the pull requests use. */
const SERVICES = [
  ...["backup", "cloudwatch", "codebuild", "dynamodb", "ec2", "ecr", "ecs", "efs", "eks", "events"],
  ...["glue", "kms", "lambda", "logs", "rds", "s3", "s3control", "secretsmanager", "sns", "sqs"],
  "ssm",
];

/** A zip file without files. */
const EMPTY_ZIP = `PK\u0005\u0006${"\0".repeat(18)}`;

/** The plan with the changes of one pull request only. */
const onlyModule = (plan: PlanJson, name: string): string =>
  JSON.stringify({
    ...plan,
    resource_drift: [],
    resource_changes: plan.resource_changes.filter(({ module_address: address }) =>
      `${address ?? ""}.`.startsWith(`module.${name}.`),
    ),
  });

describeWithMoto()("ordinary plans", () => {
  const names = Object.keys(CHANGES);
  let moto: Moto;
  let root: TerraformRoot;
  let plan: PlanJson;
  let all: readonly Reviewed[];

  beforeAll(async () => {
    moto = await Moto.start({ managedPolicies: true, account: ACCOUNT });
    root = new TerraformRoot({});
    const write = (side: "before" | "after"): void => {
      const code = (name: string): string =>
        `${locals(name)}\n${CHANGES[name]?.[side] ?? ""}`
          .replaceAll("MODULES", path.join(PROJECT, "modules"))
          .replaceAll("COMPOSED", "../composed");
      root.write({
        "main.tf": [
          providerSettings(moto.url, { services: SERVICES }),
          ...names.map((name) => `module "${name}" {\n  source = "./${name}"\n}`),
        ].join("\n"),
        ...Object.fromEntries(names.map((name) => [`${name}/main.tf`, code(name)])),
        ...Object.fromEntries(names.map((name) => [`${name}/code.zip`, EMPTY_ZIP])),
      });
    };
    root.addModule("composed/redshift", compose({ types: ["redshift"] }));
    root.addModule("composed/both", compose({ types: ["redshift", "rds"] }));
    write("before");
    root.init().succeed("apply", "-auto-approve");
    write("after");
    root.succeed("init", "-backend=false");
    plan = root.plan() as unknown as PlanJson;
    all = Object.entries(CHANGES).map(([name, change]) => {
      const { verdict: answer } = reviewPlan(onlyModule(plan, name), name);
      return { ...change, name, answer };
    });
  }, 900000);

  afterAll(() => {
    moto.stop();
  });

  test("at least 100 pull requests are reviewed, and the plan has each", () => {
    expect(all.length).toBeGreaterThanOrEqual(100);
    const planned = new Set(
      plan.resource_changes.map(({ module_address: address = "" }) => address.split(".")[1]),
    );
    expect(all.map(({ name }) => name).filter((name) => !planned.has(name))).toEqual([]);
  });

  test("at least 90 % agree with the verdict by hand, and each disagreement has its reason", () => {
    const disagree = disagreeing(all).map(({ name }) => name);
    expect(disagree.sort()).toEqual(Object.keys(DISAGREEMENTS).sort());
    expect(disagree.length).toBeLessThanOrEqual(all.length * 0.1);
  });

  test("at most 5 % are unknown", () => {
    const unknown = all.filter(({ answer }) => answer === "unknown");
    expect(unknown.length).toBeLessThanOrEqual(all.length * 0.05);
  });

  test("no gain is called unchanged or narrowed", () => {
    const unsafe = all.filter(
      ({ verdict, answer }) => /broadened|both/.test(verdict) && /unchanged|narrowed/.test(answer),
    );
    expect(unsafe.map(({ name }) => name)).toEqual([]);
  });

  test("the page tells the results", () => {
    const file = path.join(PROJECT, PAGE);
    if (process.env.WRITE_PAGE === "true") fs.writeFileSync(file, page(all));
    expect(fs.readFileSync(file, "utf8")).toBe(page(all));
  });

  test("what a document waits for is named", () => {
    const report = JSON.stringify(reviewPlan(onlyModule(plan, "queue_jsonencode"), "plan").access);
    expect(report).toContain("aws_sqs_queue.new");
  });

  test("nobody outside of a plan has a policy that AWS counts no other holder of", () => {
    const { access } = reviewPlan(onlyModule(plan, "teleport_user_added"), "plan");
    expect(access.map(({ kind }) => kind)).toEqual(["role"]);
  });

  test("a moved block is given for renamed keys", () => {
    const { items } = reviewPlan(onlyModule(plan, "renamed_keys"), "plan");
    expect(items.flatMap(({ moved }) => moved ?? [])).toContainEqual({
      from: 'module.renamed_keys.aws_iam_role.app["a"]',
      to: 'module.renamed_keys.aws_iam_role.app["b"]',
    });
  });
});
