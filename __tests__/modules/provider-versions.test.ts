/**
 * Every resource and argument that the emitted modules use exists in version 6 of the AWS provider, of
 * which the bindings were made, and none of them demands more. Version 6 is compared, not run; version 5
 * is run by all tests that plan.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { emittedModules, type ModuleJson, resourcesOf } from "../support/emitted-modules";
import { PROJECT } from "../support/terraform";
import { CI_TOOLS, describeWithCiTools } from "../support/tools";

const README = fs.readFileSync(path.join(PROJECT, "README.md"), "utf8");
const META_ARGUMENTS = ["count", "for_each", "depends_on", "lifecycle", "provider", "//"];

/** The declarations of a resource type in a package of bindings, if the provider has the type. */
function declarations(bindings: string, type: string): string {
  const name = type.replace(/^aws_/, "").replaceAll("_", "-");
  const file = path.join(bindings, "lib", name, "index.d.ts");
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

/** The arguments of a resource type by name; true if it must be set. */
function argumentsOf(bindings: string, type: string): ReadonlyMap<string, boolean> {
  const [config = ""] =
    /export interface \w+Config extends [^]*?\n\}/.exec(declarations(bindings, type)) ?? [];
  const found = config.matchAll(/\/docs\/resources\/\w+#(\w+) [^]*?\*\/\s*readonly \w+(\??): /g);
  return new Map([...found].map(([, name = "", optional]) => [name, optional === ""]));
}

/** Arguments of a module that a provider does not accept or that it lacks. */
function unsupported(module: ModuleJson, bindings: string): string[] {
  const resources = resourcesOf(module).filter(({ type }) => type.startsWith("aws_"));
  return resources.flatMap(({ type, body }) => {
    const known = argumentsOf(bindings, type);
    const set = Object.keys(body).filter((name) => !META_ARGUMENTS.includes(name));
    return [
      ...set.filter((name) => !known.has(name)).map((name) => `no ${type}.${name}`),
      ...[...known].flatMap(([name, required]) =>
        required && !(name in body) ? [`lacks ${type}.${name}`] : [],
      ),
    ];
  });
}

function holdsModules(bindings: string): void {
  test("is of version 6, and the README names it", () => {
    const [, version = ""] =
      /hashicorp\/aws\/(6\.\d+)\.\d+\//.exec(declarations(bindings, "aws_iam_role")) ?? [];
    expect(version).not.toBe("");
    expect(README).toContain(version);
  });

  test.each(emittedModules())("has what modules/%s uses, and demands no more", (_, module) => {
    expect(unsupported(module, bindings)).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["resource", { aws_iam_thing: { x: { a: "b" } } }, "no aws_iam_thing.a"],
    ["argument", { aws_iam_policy: { x: { policy: "{}", arn: "a" } } }, "no aws_iam_policy.arn"],
    ["lack", { aws_iam_policy: { x: {} } }, "lacks aws_iam_policy.policy"],
  ])("an unknown %s is found", (_, resource, expected) => {
    expect(unsupported({ resource }, bindings)).toEqual([expected]);
  });
}

describe("the provider of CDKTF's bindings", () => {
  holdsModules(path.join(PROJECT, "node_modules", "@cdktf", "provider-aws"));
});

describeWithCiTools()("the provider of CDK Terrain's bindings", () => {
  holdsModules(path.join(CI_TOOLS, "node_modules", "@cdktn", "provider-aws"));
});
