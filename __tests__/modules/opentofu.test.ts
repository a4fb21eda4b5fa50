/**
 * The emitted modules use nothing that OpenTofu 1.6 lacks: compared with a list from its
 * documentation, not run.
 */
import language from "../fixtures/opentofu/1.6.json";
import {
  emittedModules,
  type ModuleJson,
  named,
  nodesIn,
  objectsIn,
  resourcesOf,
  templatesOf,
  textsIn,
} from "../support/emitted-modules";

type BlockName = keyof typeof language.blocks;

/** The arguments of blocks that OpenTofu 1.6 does not have. */
function unknownArguments(block: BlockName, bodies: readonly ModuleJson[]): string[] {
  const known: readonly string[] = language.blocks[block];
  return bodies.flatMap((body) =>
    Object.keys(body)
      .filter((name) => name !== "//" && !known.includes(name))
      .map((name) => `${block}.${name}`),
  );
}

function unknownBlocks(module: ModuleJson): string[] {
  const bodies = (block: unknown): readonly ModuleJson[] => named(block).map(([, body]) => body);
  const lifecycles = resourcesOf(module).flatMap(({ body }) => objectsIn(body.lifecycle));
  const conditions = [...lifecycles, ...bodies(module.output)];
  const checks = bodies(module.check);
  return [
    ...Object.keys(module).filter(
      (name) => name !== "//" && !language.topLevelBlocks.includes(name),
    ),
    ...unknownArguments("terraform", objectsIn(module.terraform)),
    ...unknownArguments("variable", bodies(module.variable)),
    ...unknownArguments("output", bodies(module.output)),
    ...unknownArguments("check", checks),
    ...unknownArguments("moved", objectsIn(module.moved)),
    ...unknownArguments("import", objectsIn(module.import)),
    ...unknownArguments("lifecycle", lifecycles),
    ...unknownArguments(
      "validation",
      bodies(module.variable).flatMap(({ validation }) => objectsIn(validation)),
    ),
    ...unknownArguments(
      "assert",
      checks.flatMap(({ assert }) => objectsIn(assert)),
    ),
    ...(["precondition", "postcondition"] as const).flatMap((name) =>
      unknownArguments(
        name,
        conditions.flatMap((body) => objectsIn(body[name])),
      ),
    ),
  ];
}

function unknownTypes(module: ModuleJson): string[] {
  return named(module.variable).flatMap(([variable, { type }]) =>
    [...String(type).matchAll(/([a-z]+)\s*(?=[(),}\]\n]|$)/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !language.typeConstructors.includes(name))
      .map((name) => `type ${name} of var.${variable}`),
  );
}

/** Rules of variables that refer to anything but the variable. */
async function foreignReferences(module: ModuleJson): Promise<string[]> {
  const ofVariables = named(module.variable).map(async ([variable, { validation }]) => {
    const nodes = (await Promise.all(textsIn(validation).map(nodesIn))).flat();
    return nodes
      .flatMap(([{ type, meta }]) =>
        type === "scopeTraversal"
          ? (/^(var|local|data|module|aws_\w+)\.\w+/.exec(meta.fullAccessor ?? "")?.[0] ?? [])
          : [],
      )
      .filter((reference) => reference !== `var.${variable}`)
      .map((reference) => `the rule of var.${variable} refers to ${reference}`);
  });
  return (await Promise.all(ofVariables)).flat();
}

async function unknownFunctions(module: ModuleJson): Promise<string[]> {
  return (await functionsOf(module)).flatMap(([name, around]) => {
    if (!language.functions.includes(name)) return [`${name}()`];
    // It fails for a value that is not sensitive: `try` gives the value itself then.
    return name === "nonsensitive" && around !== "try" ? ["nonsensitive() alone"] : [];
  });
}

/** The functions that a module calls, each with the one around the call. */
async function functionsOf(
  module: ModuleJson,
): Promise<(readonly [name: string, around: string | undefined])[]> {
  const nodes = (await Promise.all(templatesOf(module).map(nodesIn))).flat();
  return nodes.flatMap(([{ type, meta }, around]) =>
    type === "function" ? [[meta.name ?? "", around?.meta.name] as const] : [],
  );
}

/** True if a constraint such as `>= 1.5` allows version 1.6.0. */
function allows16(constraint: string): boolean {
  const [, operator, major, minor = "0"] =
    /^(>=|~>) (\d+)(?:\.(\d+))?(?:\.0)?$/.exec(constraint) ?? [];
  return operator !== undefined && major === "1" && Number(minor) <= 6;
}

/** Features of a module that OpenTofu 1.6 lacks. */
async function lacking(module: ModuleJson): Promise<string[]> {
  const versions = objectsIn(module.terraform).map((body) => String(body.required_version));
  return [
    ...new Set([
      ...unknownBlocks(module),
      ...unknownTypes(module),
      ...(await foreignReferences(module)),
      ...(await unknownFunctions(module)),
      ...versions.filter((version) => !allows16(version)).map((one) => `version ${one}`),
    ]),
  ];
}

test.each(emittedModules())(
  "modules/%s uses nothing that OpenTofu 1.6 lacks",
  async (_, module) => {
    expect(await lacking(module)).toEqual([]);
  },
);

test("the modules have functions that are compared", async () => {
  const names = await Promise.all(emittedModules().map(([, module]) => functionsOf(module)));
  expect(names.flat().map(([name]) => name)).toEqual(
    expect.arrayContaining(["jsonencode", "can", "regex", "concat"]),
  );
});

const rule = (condition: string, message = "wrong") => ({
  variable: { one: { type: "string", validation: [{ condition, error_message: message }] } },
});

test.each<[string, ModuleJson, readonly string[]]>([
  ["a removed block", { removed: [{ from: "aws_iam_role.x" }] }, ["removed"]],
  [
    "a deprecated output",
    { output: { one: { value: "x", deprecated: "y" } } },
    ["output.deprecated"],
  ],
  [
    "a rule across variables",
    rule("${var.one != var.other}"),
    ["the rule of var.one refers to var.other"],
  ],
  ["a new function", { locals: { a: '${issensitive(var.a) ? "a" : "b"}' } }, ["issensitive()"]],
  [
    "a function in a text in an expression",
    { locals: { a: '${"a ${templatestring(b)}"}' } },
    ["templatestring()"],
  ],
  ["nonsensitive() alone", rule("${true}", "${nonsensitive(var.one)}"), ["nonsensitive() alone"]],
  ["nonsensitive() in try()", rule("${true}", "${try(nonsensitive(var.one), var.one)}"), []],
  ["a text that looks like a call", { locals: { a: 'a(b) ${"c(d)"} $${e(f)}' } }, []],
  ["a newer version", { terraform: { required_version: ">= 1.7.0" } }, ["version >= 1.7.0"]],
])("%s", async (_, module, expected) => {
  expect(await lacking(module)).toEqual(expected);
});
