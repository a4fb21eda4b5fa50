/** A plan with anything in the place of any of its values is reviewed or refused: it never ends in another error. */
import { reviewPlan } from "../../lib/review";
import { UserError } from "../../lib/text/user-error";
import {
  attachment,
  inlinePolicy,
  managedPolicy,
  planOfResources,
  role,
} from "../support/iam-plan";
import { allow, document } from "../support/policy-documents";

const READ = document(allow("s3:Get*", "*"));
const attached = attachment("app", "new", "after", true);
const expression = { references: ["module.made.arn", "module.made"] };
const plan = planOfResources(
  [
    role("app", { inline: { a: READ } }),
    inlinePolicy("app", "a", READ, undefined),
    { ...managedPolicy("new", undefined, READ), module: "module.made", index: "a" },
    attached,
  ],
  {
    configuration: {
      root_module: {
        resources: [
          {
            address: `aws_iam_role_policy_attachment.${attached.name}`,
            expressions: { policy_arn: expression, role: { constant_value: "app" } },
          },
        ],
        outputs: { x: { expression } },
        module_calls: {
          made: {
            expressions: { name: { references: ["var.x"] } },
            module: {
              resources: [
                {
                  address: "aws_iam_policy.new",
                  expressions: { name: { references: ["var.name"] } },
                  for_each_expression: { references: ["var.name"] },
                },
              ],
              outputs: { arn: { expression: { references: ["aws_iam_policy.new"] } } },
            },
          },
        },
      },
    },
    deferred_changes: [],
  },
);

type Key = string | number;

function read(value: unknown, path: readonly Key[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<Key, unknown>)[key], value);
}

/** The plan with another value at `path`. */
function changed(path: readonly Key[], value: unknown): string {
  const copy: unknown = JSON.parse(plan);
  const key = path.at(-1);
  if (key !== undefined) (read(copy, path.slice(0, -1)) as Record<Key, unknown>)[key] = value;
  return JSON.stringify(copy);
}

/** The paths of all values within. */
function paths(value: unknown, path: readonly Key[] = []): (readonly Key[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const keys: Key[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [path, ...keys.flatMap((key) => paths(read(value, [key]), [...path, key]))];
}

const ANYTHING: readonly unknown[] = [
  1,
  true,
  "x",
  null,
  [],
  {},
  [null],
  { x: null },
  { toString: 1 },
  [[1]],
];

const review = (text: string) => reviewPlan(text, "plan");

test("the plan is one whose expressions are followed", () => {
  expect(review(plan).verdict).toBe("unchanged");
});

test("anything in the place of a value is reviewed or refused", () => {
  const failures = paths(JSON.parse(plan) as unknown).flatMap((path) =>
    ANYTHING.flatMap((value) => {
      try {
        review(changed(path, value));
        return [];
      } catch (error) {
        return error instanceof UserError ? [] : [`${path.join(".")}: ${String(error)}`];
      }
    }),
  );
  expect(failures).toEqual([]);
});

const CHANGE = ["resource_changes", 2];
const ROOT = ["configuration", "root_module"];

test.each<[string, readonly Key[], unknown, string]>([
  ["the module of a change", [...CHANGE, "module_address"], 1, "resource_changes"],
  ["deferred changes", ["deferred_changes"], {}, "resource_changes"],
  ["the configuration", ["configuration"], 1, "configuration"],
  ["its root module", ROOT, [], "configuration"],
  ["the expressions", [...ROOT, "resources", 0, "expressions"], 1, "configuration"],
  ["an output", [...ROOT, "outputs"], { x: null }, "configuration"],
  ["a module call", [...ROOT, "module_calls", "made"], 1, "configuration"],
])("refuses another shape of %s", (_, path, value, what) => {
  expect(() => review(changed(path, value))).toThrow(UserError);
  expect(() => review(changed(path, value))).toThrow(
    new RegExp(`^plan is not a Terraform plan in JSON. Its ${what} (are|is) invalid\\. Make`),
  );
});

test("a reference that is no text may mean anything", () => {
  const references = [...ROOT, "resources", 0, "expressions", "policy_arn", "references"];
  expect(review(changed(references, [...expression.references, { toString: 1 }])).verdict).toBe(
    "broadened",
  );
});

const stack = planOfResources([
  {
    type: "aws_cloudformation_stack",
    name: "x",
    before: { a: "deep" },
    after: { a: "deep", b: 1 },
  },
]);

test.each<[string, string, string, string]>([
  ["an attribute", stack, '{"a":', "}"],
  ["a list", stack, "[", "]"],
  [
    "a module",
    changed([...ROOT, "module_calls", "made"], "deep"),
    '{"module":{"module_calls":{"a":',
    "}}}",
  ],
])("refuses %s that is nested too deeply", (_, text, open, close) => {
  const deep = `${open.repeat(20_000)}{}${close.repeat(20_000)}`;
  const nested = text.replaceAll('"deep"', deep);
  expect(() => review(nested)).toThrow(UserError);
  expect(() => review(nested)).toThrow("in JSON. It is nested too deeply.");
});
