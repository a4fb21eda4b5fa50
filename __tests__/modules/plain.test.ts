/** Emitted modules are plain Terraform that a reviewer can read, and have nothing that reaches a root. */
import * as fs from "node:fs";
import * as path from "node:path";
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
import { readyModules } from "../../lib/module/ready-modules";
import { type ModuleJson, objectsIn, resourcesOf } from "../support/emitted-modules";
import { seededRandom } from "../support/random";
import { readFolder, readyModule } from "../support/terraform";

type Texts = Readonly<Record<string, string>>;

const random = seededRandom(3);
const names = databaseTypes.map(({ name }) => name);
const sample = Array.from({ length: 12 }, () => names.filter(() => random() < 0.4)).filter(
  (types) => types.length > 1,
);

const modules: readonly (readonly [name: string, texts: Texts])[] = [
  ...[...readyModules.keys()].map((name) => [name, readFolder(readyModule(name))] as const),
  ...[["all"], ...sample].map(
    (types) => [`composed of ${types.join()}`, Object.fromEntries(compose({ types }))] as const,
  ),
];

const jsonOf = (texts: Texts): [file: string, text: string][] =>
  Object.entries(texts).filter(([file]) => file.endsWith(".tf.json"));

function moduleOf(texts: Texts): ModuleJson {
  const blocks = jsonOf(texts).map(([, text]) => JSON.parse(text) as ModuleJson);
  return Object.assign({}, ...blocks) as ModuleJson;
}

describe.each(modules)("%s", (_, texts) => {
  const module = moduleOf(texts);

  test("has no line over 400 characters in main.tf.json", () => {
    const lines = (texts["main.tf.json"] ?? "").split("\n");
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => line.length > 400)).toEqual([]);
  });

  test("has no key that is a template: a sensitive value in one crashes Terraform", () => {
    const keys: string[] = [];
    for (const [, text] of jsonOf(texts)) {
      JSON.parse(text, (key, value: unknown) => {
        keys.push(key);
        return value;
      });
    }
    expect(keys.filter((key) => key.includes("${") || key.includes("%{"))).toEqual([]);
  });

  test("has no lifecycle rule that spreads to what it depends on", () => {
    const rules = resourcesOf(module).flatMap(({ type, body }) =>
      objectsIn(body.lifecycle).flatMap((lifecycle) =>
        Object.entries(lifecycle)
          .filter(([name]) => name !== "precondition")
          .map(([name, value]) => ({ type, name, value })),
      ),
    );
    const ignored = { type: "aws_iam_policy", name: "ignore_changes", value: ["description"] };
    expect(rules).toEqual(
      resourcesOf(module).some(({ type }) => type === "aws_iam_policy") ? [ignored] : [],
    );
    expect(resourcesOf(module).filter(({ body }) => "depends_on" in body)).toEqual([]);
  });

  test("attaches policies to single roles, and reads nothing", () => {
    const blocks = ["//", "terraform", "variable", "locals", "check", "resource", "output"];
    expect(Object.keys(module).filter((block) => !blocks.includes(block))).toEqual([]);
    const types = [
      "aws_iam_policy",
      "aws_iam_role_policy_attachment",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_iam_instance_profile",
      "terraform_data",
    ];
    expect(resourcesOf(module).filter(({ type }) => !types.includes(type))).toEqual([]);
  });

  test("has no backend and no provider block, and minimum versions only", () => {
    expect(objectsIn(module.terraform)).toEqual([
      {
        required_version: ">= 1.5",
        required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.0" } },
      },
    ]);
  });
});

describe("modules/rds", () => {
  const files = ["versions", "variables", "main", "outputs"].map((name) =>
    path.join(readyModule("rds"), `${name}.tf.json`),
  );

  test("has at most 30,000 bytes in its four files", () => {
    const bytes = files.map((file) => fs.statSync(file).size);
    expect(bytes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(30_000);
  });

  test("has at most 26 variables", () => {
    const { variable } = moduleOf(readFolder(readyModule("rds")));
    expect(Object.keys(variable as object).length).toBeLessThanOrEqual(26);
  });
});
