import type { ModuleJson } from "../module/module-json";
import { code, escapeMarkdown, table } from "../markdown";
import { memo } from "../memo";

/*
 * What terraform-docs would write of a module: https://terraform-docs.io/reference/markdown-table/
 * Whoever runs it on the module gets the same sections in the same place.
 */

interface VariableBlock {
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
}

interface OutputBlock {
  readonly description: string;
}

interface TerraformBlock {
  readonly required_version: string;
  readonly required_providers: Readonly<Record<string, { readonly version: string }>>;
}

function byName<Value>(
  entries: readonly (readonly [string, Value])[],
): (readonly [string, Value])[] {
  return [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
}

function anchored(kind: string, name: string): string {
  const anchor = `${kind}_${name}`;
  return `<a name="${anchor}"></a> [${escapeMarkdown(name)}](#${escapeMarkdown(anchor)})`;
}

/** A value or type: on one line as code, on several as they are. */
function value(text: string): string {
  if (!text.includes("\n")) return code(text);
  return `<pre>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</pre>`;
}

function requirements({ required_version, required_providers }: TerraformBlock): string[] {
  const providers = Object.entries(required_providers).map(
    ([name, { version }]) => [name, version] as const,
  );
  const rows = (kind: string, versions: readonly (readonly [string, string])[]): string[][] =>
    versions.map(([name, version]) => [anchored(kind, name), version]);
  return [
    "## Requirements",
    table(
      ["Name", "Version"],
      rows("requirement", [["terraform", required_version], ...providers]),
    ),
    "## Providers",
    table(["Name", "Version"], rows("provider", providers)),
    "## Modules",
    "No modules.",
  ];
}

function resources(blocks: Readonly<Record<string, object>>): string[] {
  const names = Object.entries(blocks).flatMap(([type, resources]) =>
    Object.keys(resources).map((name) => [`${type}.${name}`, "resource"] as const),
  );
  return [
    "## Resources",
    table(
      ["Name", "Type"],
      byName(names).map(([name, kind]) => [escapeMarkdown(name), kind]),
    ),
  ];
}

/** What a row says of a variable behind its name: many modules have it in common. */
const inputCells = memo((block: VariableBlock): readonly string[] => [
  escapeMarkdown(block.description),
  value(block.type),
  "default" in block ? value(JSON.stringify(block.default, null, 2)) : "n/a",
  "default" in block ? "no" : "yes",
]);

function inputs(blocks: Readonly<Record<string, VariableBlock>>): string[] {
  return [
    "## Inputs",
    table(
      ["Name", "Description", "Type", "Default", ":Required:"],
      byName(Object.entries(blocks)).map(([name, block]) => [
        anchored("input", name),
        ...inputCells(block),
      ]),
    ),
  ];
}

function outputs(blocks: Readonly<Record<string, OutputBlock>>): string[] {
  return [
    "## Outputs",
    table(
      ["Name", "Description"],
      byName(Object.entries(blocks)).map(([name, { description }]) => [
        anchored("output", name),
        escapeMarkdown(description),
      ]),
    ),
  ];
}

/** Requirements, resources, inputs and outputs of a module, between terraform-docs' markers. */
export function terraformDocs(module: ModuleJson): string {
  return [
    "<!-- BEGIN_TF_DOCS -->",
    [
      ...requirements(module.terraform as unknown as TerraformBlock),
      ...resources(module.resource as Readonly<Record<string, object>>),
      ...inputs(module.variable as Readonly<Record<string, VariableBlock>>),
      ...outputs(module.output as Readonly<Record<string, OutputBlock>>),
    ].join("\n\n"),
    "<!-- END_TF_DOCS -->",
  ].join("\n");
}
