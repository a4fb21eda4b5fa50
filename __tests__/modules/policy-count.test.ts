/** Many databases: how real terraform spreads what is named over several policies. */
import {
  moduleCall,
  OFFLINE_PROVIDER,
  type Plan,
  plannedResources,
  readyModule,
  TerraformRoot,
} from "../support/terraform";
import { ACCOUNT, type Policy, type PolicyStatement } from "../support/reference-page";
import { describeWithTerraform } from "../support/tools";

/** Instances and their users, with names as long as people's: each is named three times. */
function databases(numbers: string): Record<string, string> {
  return {
    aws_account_id: `"${ACCOUNT}"`,
    rds_clusters: "[]",
    rds_instances: `[for number in ${numbers} : { region = "eu-central-1", instance_name = format("orders-production-%03d", number) }]`,
    rds_database_users: `[for number in ${numbers} : { region = "eu-central-1", resource_id = format("db-ABCDEFGHIJKLMNOPQRSTUVW%03d", number), user_name = "teleport-*" }]`,
  };
}

/** The policies that hold so many databases, by the number that the message of a plan asks for. */
const FITS = [
  [60, 3],
  [150, 7],
] as const;

describeWithTerraform()("policies of many databases", () => {
  let root: TerraformRoot;
  let plan: Plan;

  beforeAll(() => {
    root = new TerraformRoot({});
    const calls: Record<string, Record<string, string>> = {
      "one-less": { ...databases("range(1, 60)"), policy_count: "3" },
      "one-more": { ...databases("range(61)"), policy_count: "3" },
      reversed: { ...databases("reverse(range(60))"), policy_count: "3" },
    };
    for (const [count, policies] of FITS) {
      calls[`fits-${String(count)}`] = {
        ...databases(`range(${String(count)})`),
        policy_count: String(policies),
      };
    }
    root.write({
      "main.tf": [
        OFFLINE_PROVIDER,
        ...Object.entries(calls).flatMap(([name, values]) => [
          moduleCall(name, readyModule("rds"), {
            ...values,
            attach_to_roles: '{ service = "teleport" }',
          }),
          `output "${name}" {\n  value = { policy = module.${name}.policy_json, sizes = module.${name}.policy_sizes }\n}\n`,
        ]),
      ].join("\n"),
    });
    plan = root.init().plan();
  });

  afterAll(() => {
    root.dispose();
  });

  test.each(FITS)("%i databases need %i policies, and each fits", (count, policies) => {
    const planned = Object.entries(policiesOf(`fits-${String(count)}`));
    expect(planned).toHaveLength(policies);
    for (const [key, policy] of planned) {
      const size = policy.replace(/\s/g, "").length;
      expect(size).toBeLessThanOrEqual(6144);
      expect(outputOf(`fits-${String(count)}`).sizes[key]).toEqual({
        size,
        limit: 6144,
        headroom: 6144 - size,
      });
    }
  });

  test.each(FITS)("the policies of %i databases are together the whole, each ARN once", (count) => {
    const call = `fits-${String(count)}`;
    const whole = (JSON.parse(outputOf(call).policy) as Policy).Statement;
    const parts = Object.values(policiesOf(call)).flatMap(
      (policy) => (JSON.parse(policy) as Policy).Statement,
    );
    expect(grants(parts)).toEqual(grants(whole));
    expect(grants(whole).length).toBeGreaterThan(count);
  });

  test.each(["one-less", "one-more"])("%s: everything else stays in its policy", (call) => {
    const before = placesOf("fits-60");
    const after = placesOf(call);
    for (const [arn, key] of after) {
      if (before.has(arn)) expect([arn, key]).toEqual([arn, before.get(arn)]);
    }
    // One instance is in three statements, by two ARNs.
    expect(Math.abs(after.size - before.size)).toBe(3);
    const policies = policiesOf("fits-60");
    const changed = Object.entries(policiesOf(call)).filter(
      ([key, policy]) => policies[key] !== policy,
    );
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThanOrEqual(2);
  });

  test("another order moves nothing to another policy", () => {
    expect(new Map([...placesOf("reversed")].sort())).toEqual(new Map([...placesOf("fits-60")].sort()));
  });

  test("each policy is attached under its key", () => {
    const attached = ["aws_iam_policy_attachment.database_access", "aws_iam_policy_attachment.further"]
      .flatMap((resource) => plannedResources(plan, "fits-60", resource))
      .map(([key, { roles }]) => [key, roles]);
    expect(attached.sort()).toEqual(
      ["merged", "part-2", "part-3"].map((key) => [key, ["teleport"]]),
    );
  });

  interface Outputs {
    readonly policy: string;
    readonly sizes: Readonly<Record<string, unknown>>;
  }

  function outputOf(call: string): Outputs {
    return plan.planned_values.outputs?.[call]?.value as Outputs;
  }

  /** The planned policies of a call by key. */
  function policiesOf(call: string): Record<string, string> {
    return Object.fromEntries(
      ["aws_iam_policy.database_access", "aws_iam_policy.further"]
        .flatMap((resource) => plannedResources(plan, call, resource))
        .map(([key, { policy }]) => [String(key), String(policy)]),
    );
  }

  /** The policy that each ARN of each statement is in. */
  function placesOf(call: string): Map<string, string> {
    return new Map(
      Object.entries(policiesOf(call)).flatMap(([key, policy]) =>
        grants((JSON.parse(policy) as Policy).Statement).map((grant) => [grant, key] as const),
      ),
    );
  }
});

describeWithTerraform()("more than a policy holds", () => {
  test("fails the plan with a sentence about numbers, which are then enough", () => {
    const root = new TerraformRoot({});
    try {
      const call = (count: number): string =>
        moduleCall(`of-${String(count)}`, readyModule("rds"), {
          ...databases(`range(${String(count)})`),
          policy_name: `"of-${String(count)}"`,
        });
      root.write({ "main.tf": [OFFLINE_PROVIDER, ...[60, 150, 300].map(call)].join("\n") });
      const { status, stderr } = root.init().run("plan", "-no-color");
      expect(status).toBe(1);
      const said = stderr.replace(/\s+/g, " ");
      for (const [count, policies] of FITS) {
        expect(said).toMatch(
          new RegExp(
            `policy of-${String(count)}: policy merged is \\d+ characters long; IAM allows 6144\\. Set policy_count = ${String(policies)}\\. Name fewer resources, or use wildcards in their names\\.`,
          ),
        );
      }
      expect(said).toMatch(
        /policy of-300: policy merged is \d+ characters long; IAM allows 6144\. A role takes 10 policies by default, and they would not be enough\. Name fewer resources/,
      );
      expect(said).not.toContain("arn:aws:rds");
    } finally {
      root.dispose();
    }
  });
});

/** The ARNs of statements with their Sids, sorted. */
function grants(statements: readonly PolicyStatement[]): string[] {
  return statements
    .flatMap(({ Sid = "", Resource = [] }) => [Resource].flat().map((arn) => `${Sid} ${arn}`))
    .sort();
}
