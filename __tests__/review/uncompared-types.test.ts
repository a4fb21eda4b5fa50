/** What can affect access and is not compared is named, and no type of the provider is forgotten. */
import * as fs from "node:fs";
import * as path from "node:path";
import { renderers, reviewPlan } from "../../lib/review";
import { comparedTypes } from "../../lib/review/findings";
import { whyRelevant } from "../../lib/review/uncompared-types";
import { planOf, policyChange } from "../support/plan-json";
import { PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";
import { irrelevantTypes } from "./irrelevant-types";

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
    ["another type", { type: "aws_instance", after: changed }, "unchanged"],
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

/** Services that are all about access. */
const SERVICE =
  /^aws_(iam|organizations|ssoadmin|identitystore|ram|lakeformation|controltower|rolesanywhere)_/;
const NAME =
  /permission|grant|principal|access|share|sharing|trust|_acl$|polic(y|ies)|authoriz|delegat|admin_account|credential|_role|identity/;
/** An argument of a resource, wherever in it. */
const ARGUMENT =
  /^((access|resource|inline|key|auth|trust|assume_role|lock|repository|service_access)_)?polic(y|ies)$|policy_(document|json|text)$|^((launch_)?permissions?|grants?|acl|(allowed_)?principals?|shared_accounts|auth(orization|entication)?_type|authorization)$/;

interface Block {
  readonly attributes?: Readonly<
    Record<string, { optional?: boolean; required?: boolean; nested_type?: Block }>
  >;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

/** The names of the arguments of a block and of all within it. */
function argumentsOf({ attributes = {}, block_types: blocks = {} }: Block): string[] {
  return [
    ...Object.entries(attributes).flatMap(([name, attribute]) => [
      ...(attribute.optional === true || attribute.required === true ? [name] : []),
      ...argumentsOf(attribute.nested_type ?? {}),
    ]),
    ...Object.entries(blocks).flatMap(([name, { block }]) => [name, ...argumentsOf(block)]),
  ];
}

/** Types that look as if they decide about access, and are neither compared, listed nor judged. */
function forgotten(types: Readonly<Record<string, Block>>): string[] {
  const known = new Set(irrelevantTypes);
  return Object.entries(types)
    .filter(
      ([type, block]) =>
        SERVICE.test(type) ||
        NAME.test(type) ||
        argumentsOf(block).some((name) => ARGUMENT.test(name)),
    )
    .map(([type]) => type)
    .filter(
      (type) => !comparedTypes.test(type) && whyRelevant(type) === undefined && !known.has(type),
    );
}

describe("the table of types", () => {
  test("a type that is new is found by its service, name, argument or nested argument", () => {
    const argument = (name: string): Block => ({ attributes: { [name]: { optional: true } } });
    expect(
      forgotten({
        aws_iam_new: {},
        aws_new_permission: {},
        aws_new_argument: argument("resource_policy"),
        aws_new_block: { block_types: { new: { block: argument("principals") } } },
        aws_new_nested: { attributes: { new: { nested_type: argument("acl") } } },
        aws_new_computed: { attributes: { policy: {} } },
        aws_new_instance: argument("name"),
      }),
    ).toEqual([
      "aws_iam_new",
      "aws_new_permission",
      "aws_new_argument",
      "aws_new_block",
      "aws_new_nested",
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
    expect(irrelevantTypes.filter((type) => whyRelevant(type) !== undefined)).toEqual([]);
    expect(irrelevantTypes.filter((type) => comparedTypes.test(type))).toEqual([]);
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
