/**
 * The emitted modules use nothing that OpenTofu 1.6 lacks: compared with a list from its
 * documentation, not run.
 */
import language from "../fixtures/opentofu/1.6.json";
import {
  callsIn,
  codeIn,
  emittedModules,
  type ModuleJson,
  named,
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
    ...unknownArguments("assert", checks.flatMap(({ assert }) => objectsIn(assert))),
    ...(["precondition", "postcondition"] as const).flatMap((name) =>
      unknownArguments(name, conditions.flatMap((body) => objectsIn(body[name]))),
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
function foreignReferences(module: ModuleJson): string[] {
  return named(module.variable).flatMap(([variable, { validation }]) =>
    textsIn(validation)
      .flatMap(codeIn)
      .flatMap((code) => [...code.matchAll(/\b(?:var|local|data|module|aws_\w+)\.(\w+)/g)])
      .filter(([reference]) => reference !== `var.${variable}`)
      .map(([reference]) => `the rule of var.${variable} refers to ${reference}`),
  );
}

function unknownFunctions(module: ModuleJson): string[] {
  return templatesOf(module)
    .flatMap(callsIn)
    .flatMap(({ name, before }) => {
      if (!language.functions.includes(name)) return [`${name}()`];
      // It fails for a value that is not sensitive: `try` gives the value itself then.
      return name === "nonsensitive" && !/\btry\($/.test(before) ? ["nonsensitive() alone"] : [];
    });
}

/** True if a constraint such as `>= 1.5` allows version 1.6.0. */
function allows16(constraint: string): boolean {
  const [, operator, major, minor = "0"] = /^(>=|~>) (\d+)(?:\.(\d+))?(?:\.0)?$/.exec(constraint) ?? [];
  return operator !== undefined && major === "1" && Number(minor) <= 6;
}

/** Features of a module that OpenTofu 1.6 lacks. */
function lacking(module: ModuleJson): string[] {
  const versions = objectsIn(module.terraform).map((body) => String(body.required_version));
  return [
    ...new Set([
      ...unknownBlocks(module),
      ...unknownTypes(module),
      ...foreignReferences(module),
      ...unknownFunctions(module),
      ...versions.filter((version) => !allows16(version)).map((one) => `version ${one}`),
    ]),
  ];
}

test.each(emittedModules())("modules/%s uses nothing that OpenTofu 1.6 lacks", (_, module) => {
  expect(lacking(module)).toEqual([]);
});

test("the modules have expressions, types and rules that are compared", () => {
  const modules = emittedModules().map(([, module]) => module);
  expect(modules.length).toBeGreaterThanOrEqual(11);
  const calls = modules.flatMap(templatesOf).flatMap(callsIn);
  const names = calls.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["jsonencode", "can", "regex", "concat"]));
});

const rule = (condition: string, message = "wrong") => ({
  variable: { one: { type: "string", validation: [{ condition, error_message: message }] } },
});

test.each<[string, ModuleJson, readonly string[]]>([
  ["a removed block", { removed: [{ from: "aws_iam_role.x" }] }, ["removed"]],
  ["an ephemeral block", { ephemeral: {} }, ["ephemeral"]],
  ["an ephemeral variable", { variable: { one: { type: "string", ephemeral: true } } }, ["variable.ephemeral"]],
  ["a deprecated output", { output: { one: { value: "x", deprecated: "y" } } }, ["output.deprecated"]],
  [
    "the switch of a resource",
    { resource: { aws_iam_role: { x: { lifecycle: { enabled: "${var.a}" } } } } },
    ["lifecycle.enabled"],
  ],
  ["a rule across variables", rule("${var.one != var.other}"), ["the rule of var.one refers to var.other"]],
  ["a message across variables", rule("${true}", "not ${local.x}"), ["the rule of var.one refers to local.x"]],
  ["a new function", { locals: { a: '${issensitive(var.a) ? "a" : "b"}' } }, ["issensitive()"]],
  ["a function of a provider", { locals: { a: "${provider::aws::arn_parse(var.a)}" } }, ["provider::aws::arn_parse()"]],
  ["a function in a text in an expression", { locals: { a: '${"a ${templatestring(b)}"}' } }, ["templatestring()"]],
  ["nonsensitive() alone", rule("${true}", "${nonsensitive(var.one)}"), ["nonsensitive() alone"]],
  ["nonsensitive() in try()", rule("${true}", "${try(nonsensitive(var.one), var.one)}"), []],
  ["a text that looks like a call", { locals: { a: 'a(b) ${"c(d)"} $${e(f)}' } }, []],
  ["a for expression", { locals: { a: "${[for one in (var.a) : one if (one != null)]}" } }, []],
  ["a newer version", { terraform: { required_version: ">= 1.7.0" } }, ["version >= 1.7.0"]],
  ["an older version", { terraform: { required_version: ">= 1.5" } }, []],
  ["a type", { variable: { one: { type: "map(object({ a = list(string), b = dynamic }))" } } }, ["type dynamic of var.one"]],
])("%s", (_, module, expected) => {
  expect(lacking(module)).toEqual(expected);
});
