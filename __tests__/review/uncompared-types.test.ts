/** What can affect access and is not compared is named, and no type of the provider is forgotten. */
import * as fs from "node:fs";
import * as path from "node:path";
import { renderers, reviewPlan } from "../../lib/review";
import { irrelevantTypes } from "../../lib/review/data/irrelevant-types";
import { comparedTypes, sign } from "../../lib/review/relevance";
import { uncomparedTypes } from "../../lib/review/data/uncompared-types";
import { planOf, policyChange } from "../support/plan-json";
import { PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

type Change = Parameters<typeof planOf>[0][number];

const bucketPolicy = (change: Partial<Change>): Change => ({
  address: "aws_s3_bucket_policy.x",
  type: "aws_s3_bucket_policy",
  actions: ["update"],
  before: { bucket: "x", policy: "{}", tags: { a: "b" } },
  after: { bucket: "x", policy: "{}", tags: { a: "b" } },
  ...change,
});
const review = (...changes: readonly Change[]) =>
  reviewPlan(JSON.stringify(planOf(changes)), "plan");

describe("a change of a type that is not compared", () => {
  const created = bucketPolicy({ actions: ["create"], before: null });

  test("is unknown in JSON, and named", () => {
    expect(JSON.parse(renderers.json(review(created)))).toEqual({
      formatVersion: 1,
      verdict: "unknown",
      broadens: false,
      narrows: false,
      unknown: true,
      documents: 0,
      access: [],
      items: [
        {
          address: "aws_s3_bucket_policy.x",
          action: "create",
          kind: "uncompared resource",
          verdict: "unknown",
          reasons: [
            "It can carry a policy of its own, or decides what one applies to. It is not compared.",
          ],
          differences: [],
        },
      ],
    });
  });

  test("is unknown in Markdown, and named", () => {
    expect(renderers.markdown(review(created))).toBe(`### IAM review: unknown

Not everything can be compared. Nothing that can be is broadened. 0 IAM resources with documents, 1 change: 1 unknown.

#### \`aws_s3_bucket_policy.x\`: unknown

uncompared resource, created.

- It can carry a policy of its own, or decides what one applies to. It is not compared.
`);
  });

  test("is unknown in text, and named", () => {
    expect(renderers.text(review(created)))
      .toBe(`IAM review: unknown. Not everything can be compared. Nothing that can be is broadened.
0 IAM resources with documents, 1 change: 1 unknown.

unknown: "aws_s3_bucket_policy.x", uncompared resource, created
  It can carry a policy of its own, or decides what one applies to. It is not compared.
`);
  });

  const changed = { bucket: "x", policy: '{"Statement":[]}', tags: { a: "b" } };
  const retagged = { bucket: "x", policy: "{}", tags: { a: "c" }, tags_all: { a: "c" } };

  test.each<[string, Partial<Change>, string]>([
    ["an update", { after: changed }, "unknown"],
    ["an update with other tags, too", { after: { ...retagged, bucket: "y" } }, "unknown"],
    ["a value that is unknown", { after_unknown: { policy: true } }, "unknown"],
    [
      "a value that is unknown inside an attribute",
      { after_unknown: { rule: [{ id: true }] } },
      "unknown",
    ],
    ["a sensitive value that changes", { after: changed, sensitive: { policy: true } }, "unknown"],
    ["a deletion", { actions: ["delete"], after: null }, "unknown"],
    ["a replacement", { actions: ["delete", "create"] }, "unknown"],
    ["only tags", { after: retagged }, "unchanged"],
    ["tags that are unknown", { after_unknown: { tags: true, tags_all: {} } }, "unchanged"],
    ["nothing to do", { actions: ["no-op"] }, "unchanged"],
    ["a move", { actions: ["no-op"], previous_address: "aws_s3_bucket_policy.y" }, "unchanged"],
    ["no longer managed", { actions: ["forget"], after: null }, "unchanged"],
    ["a data source that is read", { mode: "data", actions: ["read"], before: null }, "unchanged"],
    [
      "another type",
      { type: "aws_instance", before: { ami: "a" }, after: { ami: "b" } },
      "unchanged",
    ],
  ])("%s", (_, change, verdict) => {
    const report = review(bucketPolicy(change));
    expect([report.verdict, report.items.map(({ address }) => address)]).toEqual([
      verdict,
      verdict === "unknown" ? ["aws_s3_bucket_policy.x"] : [],
    ]);
  });

  test("is named beside what broadens", () => {
    const document = { Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } };
    const policy = policyChange({ address: "aws_iam_policy.x", after: document });
    const { verdict, unknown, items } = review(created, policy);
    expect([verdict, unknown, items.map(({ address }) => address)]).toEqual([
      "broadened",
      true,
      ["aws_iam_policy.x", "aws_s3_bucket_policy.x"],
    ]);
  });

  test("is named where Terraform puts it off", () => {
    const [resource_change] = (planOf([created]) as { resource_changes: unknown[] })
      .resource_changes;
    const plan = { ...planOf([]), deferred_changes: [{ resource_change }] };
    expect(reviewPlan(JSON.stringify(plan), "plan").items).toMatchObject([
      { address: "aws_s3_bucket_policy.x", kind: "deferred change", verdict: "unknown" },
    ]);
  });
});

interface Block {
  readonly attributes?: Readonly<
    Record<string, { readonly type?: unknown; readonly nested_type?: Block }>
  >;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

/** The names within a type of Terraform: `["list", ["object", { … }]]`. */
function namesWithin(type: unknown): string[] {
  if (!Array.isArray(type)) return [];
  const [kind, inner] = type as readonly unknown[];
  return kind === "object"
    ? Object.entries(inner as object).flatMap(([name, of]) => [name, ...namesWithin(of)])
    : namesWithin(inner);
}

/** The names of the attributes of a block and of all within it: what a plan can show of it. */
function namesOf({ attributes = {}, block_types: blocks = {} }: Block): string[] {
  return [
    ...Object.entries(attributes).flatMap(([name, { type, nested_type: nested = {} }]) => [
      name,
      ...namesWithin(type),
      ...namesOf(nested),
    ]),
    ...Object.entries(blocks).flatMap(([name, { block }]) => [name, ...namesOf(block)]),
  ];
}

/** Types that speak of access, and are neither compared, listed nor judged. */
function forgotten(types: Readonly<Record<string, Block>>): string[] {
  return Object.entries(types)
    .filter(([type, block]) => sign(type, namesOf(block)) !== undefined)
    .map(([type]) => type)
    .filter(
      (type) =>
        !comparedTypes.test(type) && !uncomparedTypes.has(type) && !irrelevantTypes.has(type),
    );
}

describe("a type that no table has", () => {
  const created = (type: string, after: object, more: Partial<Change> = {}): Change => ({
    address: `${type}.x`,
    type,
    actions: ["create"],
    before: null,
    after,
    ...more,
  });

  test.each<[string, Change, string]>([
    ["of IAM", created("aws_iam_new", {}), "its name"],
    ["by its name", created("aws_new_permission", {}), "its name"],
    ["that joins groups", created("aws_new_membership", {}), "its name"],
    [
      "by the policies it names",
      created("aws_new", { guardrail_policy_arns: [] }),
      "its argument guardrail_policy_arns",
    ],
    [
      "by an argument",
      created("aws_new", { resource_policy: "{}" }),
      "its argument resource_policy",
    ],
    ["in a block", created("aws_new", { new: [{ principals: [] }] }), "its argument principals"],
    [
      "known after apply",
      created("aws_new", {}, { after_unknown: { policy: true } }),
      "its argument policy",
    ],
    [
      "that goes",
      created("aws_new", {}, { actions: ["delete"], before: { policy: "{}" }, after: null }),
      "its argument policy",
    ],
    ["of awscc, which is compared in aws", created("awscc_iam_role", {}), "its name"],
    [
      "of awscc, by an argument",
      created("awscc_new", { policy_document: "{}" }),
      "its argument policy_document",
    ],
  ])("is unknown: %s", (_, change, found) => {
    expect(review(change)).toMatchObject({
      verdict: "unknown",
      items: [
        {
          address: change.address,
          kind: "uncompared resource",
          reasons: [
            `It is of a type that this version does not know, and ${found} speaks of access. It is not compared.`,
          ],
        },
      ],
    });
  });

  test("of awscc is what it is in aws", () => {
    expect(review(created("awscc_s3_bucket", {})).items).toMatchObject([
      {
        reasons: [
          "It can carry a policy of its own, or decides what one applies to. It is not compared.",
        ],
      },
    ]);
  });

  test.each<[string, Change]>([
    ["without a sign of access", created("aws_new", { name: "x" })],
    ["with a tag that sounds like it", created("aws_instance", { tags: { policy: "x" } })],
    ["judged to have nothing to do with it", created("aws_autoscaling_policy", {})],
    ["judged so, in awscc", created("awscc_autoscaling_policy", {})],
    ["of another cloud", created("google_project_iam_policy", { policy: "{}" })],
  ])("is passed over: %s", (_, change) => {
    expect(review(change)).toMatchObject({ verdict: "unchanged", items: [] });
  });
});

test.each(["aws_cloudformation_stack", "aws_cloudcontrolapi_resource"])(
  "%s can create anything",
  (type) => {
    const change = { address: `${type}.x`, type, actions: ["create"], before: null, after: {} };
    expect(review(change)).toMatchObject({
      verdict: "unknown",
      items: [
        { reasons: ["It can create anything, roles and policies included. It is not compared."] },
      ],
    });
  },
);

test.each([
  ["aws_chatbot_slack_channel_configuration", "can carry a policy of its own"],
  ["aws_chatbot_teams_channel_configuration", "can carry a policy of its own"],
  ["aws_budgets_budget_action", "can carry a policy of its own"],
  ["aws_api_gateway_rest_api_put", "can carry a policy of its own"],
  ["aws_cognito_user_in_group", "can grant access to others"],
  ["aws_emr_studio_session_mapping", "can grant access to others"],
  ["aws_quicksight_group_membership", "can grant access to others"],
  ["aws_opensearchserverless_security_config", "can grant access to others"],
  ["aws_sagemaker_project", "can create anything"],
])("%s %s", (type, why) => {
  const change = { address: `${type}.x`, type, actions: ["create"], before: null, after: {} };
  expect(review(change)).toMatchObject({
    verdict: "unknown",
    items: [{ reasons: [expect.stringContaining(`It ${why}`)] }],
  });
});

describe("the table of types", () => {
  test("a type that is new is found by its service, name, argument or nested argument", () => {
    const argument = (name: string): Block => ({ attributes: { [name]: {} } });
    expect(
      forgotten({
        aws_iam_new: {},
        aws_new_permission: {},
        aws_new_argument: argument("resource_policy"),
        aws_new_block: { block_types: { new: { block: argument("principals") } } },
        aws_new_nested: { attributes: { new: { nested_type: argument("acl") } } },
        aws_new_list: {
          attributes: { rules: { type: ["list", ["object", { policy: "string" }]] } },
        },
        aws_new_instance: argument("name"),
      }),
    ).toEqual([
      "aws_iam_new",
      "aws_new_permission",
      "aws_new_argument",
      "aws_new_block",
      "aws_new_nested",
      "aws_new_list",
    ]);
  });

  test("has each type of the provider's bindings whose name speaks of access", () => {
    const bindings = path.join(PROJECT, "node_modules", "@cdktf", "provider-aws", "lib");
    const names = fs
      .readdirSync(bindings, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("data-"))
      .map(({ name }) => [`aws_${name.replaceAll("-", "_")}`, {}]);
    expect(names.length).toBeGreaterThan(1000);
    expect(forgotten(Object.fromEntries(names) as Record<string, Block>)).toEqual([]);
  });

  test("names no type that is judged irrelevant or compared", () => {
    expect([...irrelevantTypes].filter((type) => uncomparedTypes.has(type))).toEqual([]);
    expect([...irrelevantTypes].filter((type) => comparedTypes.test(type))).toEqual([]);
  });

  describeWithTerraform()("and the installed provider", () => {
    test("has each type whose schema speaks of access", () => {
      const root = new TerraformRoot({
        "main.tf":
          'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n',
      });
      try {
        const { provider_schemas: schemas } = JSON.parse(
          root.init().succeed("providers", "schema", "-json"),
        ) as {
          provider_schemas: Record<
            string,
            { resource_schemas: Record<string, { readonly block: Block }> }
          >;
        };
        const types = Object.values(schemas).flatMap((schema) =>
          Object.entries(schema.resource_schemas),
        );
        expect(types.length).toBeGreaterThan(1000);
        const blocks = types.map(([type, { block }]) => [type, block] as const);
        expect(forgotten(Object.fromEntries(blocks))).toEqual([]);
      } finally {
        root.dispose();
      }
    });
  });
});
