/**
 * Every resource and argument that the emitted modules use exists in version 5 of the AWS provider,
 * which is installed, and in version 6, of which CDKTF's bindings were made; and none of them demands
 * more. Version 6 is compared, not run.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import {
  emittedModules,
  type ExpressionNode,
  type ModuleJson,
  nodesIn,
  resourcesOf,
  templatesOf,
} from "../support/emitted-modules";
import {
  installedProvider,
  plainName,
  type ProviderSchema,
  providerOfBindings,
} from "../support/provider-schemas";
import { PROJECT } from "../support/terraform";
import { CI_TOOLS, describeWithCiTools, describeWithTerraform } from "../support/tools";

const README = fs.readFileSync(path.join(PROJECT, "README.md"), "utf8");

const META_ARGUMENTS = ["count", "for_each", "depends_on", "lifecycle", "provider", "//"];

/** The kinds that a provider may expect for a value in a module; a template can be anything. */
function fits(value: unknown, kind: string): boolean {
  if (typeof value === "string" && value.startsWith("${")) return true;
  if (typeof value === "string") return kind === "text";
  if (Array.isArray(value)) return kind === "list" || kind === "block";
  if (typeof value === "object") return kind === "map" || kind === "block";
  return kind === typeof value;
}

/** The type of the resource that an expression is of: `aws_iam_role.user[each.key]`. */
function resourceTypeOf({ type, meta, children }: ExpressionNode): string | undefined {
  if (type !== "scopeTraversal") return children[0] && resourceTypeOf(children[0]);
  return /^(aws_\w+)\.\w+(\[[^\]]*\])?$/.exec(meta.fullAccessor ?? "")?.[1];
}

/** The attribute of a resource that an expression reads: `aws_iam_role.user[each.key].arn`. */
function attributeRead(node: ExpressionNode): { type: string; attribute: string } | undefined {
  const { fullAccessor = "", eachExpression = "" } = node.meta;
  const [, own, ofOwn = ""] = /^(aws_\w+)\.\w+(?:\[[^\]]*\])?\.(\w+)/.exec(fullAccessor) ?? [];
  const [, attribute = ofOwn] =
    /^(\w+)/.exec(node.type === "relativeTraversal" ? fullAccessor : eachExpression.slice(4)) ?? [];
  const type = own ?? (node.children[0] && resourceTypeOf(node.children[0]));
  return type === undefined || attribute === "" ? undefined : { type, attribute };
}

/** Arguments of a module that a provider does not accept. */
async function unsupported(module: ModuleJson, provider: ProviderSchema): Promise<string[]> {
  const resources = resourcesOf(module).filter(({ type }) => type.startsWith("aws_"));
  const used = resources.flatMap(({ type, name, body }) => {
    const schema = provider.resource(type);
    if (schema === undefined) return [`no resource ${type}`];
    const set = Object.entries(body).filter(([argument]) => !META_ARGUMENTS.includes(argument));
    const required = [...schema.arguments].filter(([, argument]) => argument.required);
    return [
      ...set.flatMap(([argument, value]) => {
        const known = schema.arguments.get(argument);
        if (known === undefined) return [`no argument ${type}.${argument}`];
        return fits(value, known.kind) ? [] : [`${type}.${argument} is a ${known.kind}`];
      }),
      ...required
        .filter(([argument]) => !(argument in body))
        .map(([argument]) => `${type}.${name} lacks ${argument}`),
    ];
  });
  const nodes = (await Promise.all(templatesOf(module).map(nodesIn))).flat();
  const read = nodes
    .flatMap(([node]) => attributeRead(node) ?? [])
    .filter(
      ({ type, attribute }) =>
        provider.resource(type)?.attributes.has(plainName(attribute)) !== true,
    )
    .map(({ type, attribute }) => `no attribute ${type}.${attribute}`);
  return [...new Set([...used, ...read])];
}

/** Holds all modules against a version of the provider, and shows that a difference is found. */
function holdsModules(major: number, providerOf: () => ProviderSchema): void {
  let provider: ProviderSchema;
  beforeAll(() => {
    provider = providerOf();
  });

  test(`is of version ${String(major)}, and the README names it`, () => {
    const [, version = ""] = /^(\d+\.\d+)\.\d+$/.exec(provider.version) ?? [];
    expect(version.split(".")[0]).toBe(String(major));
    expect(README).toContain(version);
  });

  test.each(emittedModules())("has what modules/%s uses, and demands no more", async (_, module) => {
    expect(await unsupported(module, provider)).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ["an unknown resource", { aws_iam_thing: { x: {} } }, ["no resource aws_iam_thing"]],
    [
      "an unknown argument",
      { aws_iam_instance_profile: { x: { rule: "a" } } },
      ["no argument aws_iam_instance_profile.rule"],
    ],
    [
      "an attribute that cannot be set",
      { aws_iam_instance_profile: { x: { arn: "a" } } },
      ["no argument aws_iam_instance_profile.arn"],
    ],
    [
      "a missing argument",
      { aws_iam_role_policy_attachment: { x: { role: "a" } } },
      ["aws_iam_role_policy_attachment.x lacks policy_arn"],
    ],
    [
      "a value of another kind",
      { aws_iam_policy: { x: { policy: "{}", tags: ["a"] } } },
      ["aws_iam_policy.tags is a map"],
    ],
    [
      "an unknown attribute",
      { aws_iam_policy: { x: { policy: "${aws_iam_role.y[0].json}" } } },
      ["no attribute aws_iam_role.json"],
    ],
    [
      "attributes that it has",
      { aws_iam_policy: { x: { policy: '${aws_iam_role.y[local.a["b"].role].unique_id}${aws_iam_role.z.arn}' } } },
      [],
    ],
  ])("%s is found", async (_, resource, expected) => {
    expect(await unsupported({ resource }, provider)).toEqual(expected);
  });
}

describeWithTerraform()("the installed provider", () => {
  holdsModules(5, installedProvider);
});

describe("the provider of CDKTF's bindings", () => {
  holdsModules(6, () =>
    providerOfBindings(path.join(PROJECT, "node_modules", "@cdktf", "provider-aws")),
  );
});

describeWithCiTools()("the provider of CDK Terrain's bindings", () => {
  holdsModules(6, () =>
    providerOfBindings(path.join(CI_TOOLS, "node_modules", "@cdktn", "provider-aws")),
  );
});
