import type { Element, OutputElement, ResourceElement, VariableElement } from "../module/element";
import type { ModuleJson } from "../module/module-json";
import { code, escapeMarkdown, row, table } from "../text/markdown";
import { memo } from "../text/memo";

/*
 * What terraform-docs would write of a module: https://terraform-docs.io/reference/markdown-table/
 * Whoever runs it on the module gets the same sections in the same place.
 */

interface TerraformBlock {
  readonly required_version: string;
  readonly required_providers: Readonly<Record<string, { readonly version: string }>>;
}

/** Elements as terraform-docs lists them. */
function byName<Block extends { readonly name: string }>(blocks: readonly Block[]): Block[] {
  return [...blocks].sort((one, other) => (one.name < other.name ? -1 : 1));
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

const requirements = memo(({ required_version, required_providers }: TerraformBlock) => {
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
});

function resources(blocks: readonly ResourceElement[]): string[] {
  const names = blocks.map(({ type, name }) => `${type}.${name}`).sort();
  return [
    "## Resources",
    table(
      ["Name", "Type"],
      names.map((name) => [escapeMarkdown(name), "resource"]),
    ),
  ];
}

/** The row of a variable: many modules have it in common. */
const inputRow = memo(({ name, arguments: { type, description }, overrides }: VariableElement) =>
  row([
    anchored("input", name),
    escapeMarkdown(description ?? ""),
    value(type ?? ""),
    "default" in overrides ? value(JSON.stringify(overrides.default, null, 2)) : "n/a",
    "default" in overrides ? "no" : "yes",
  ]),
);

const outputRow = memo(({ name, arguments: { description } }: OutputElement) =>
  row([anchored("output", name), escapeMarkdown(description ?? "")]),
);

/**
 * Requirements, resources, inputs and outputs of a module, between terraform-docs' markers.
 *
 * @param elements what the module is made of
 */
export function terraformDocs(module: ModuleJson, elements: readonly Element[]): string {
  const inputs = elements.filter((element) => element.kind === "variable");
  const outputs = elements.filter((element) => element.kind === "output");
  const parts = [
    ...requirements(module.terraform as unknown as TerraformBlock),
    ...resources(elements.filter((element) => element.kind === "resource")),
    "## Inputs",
    table(["Name", "Description", "Type", "Default", ":Required:"], byName(inputs).map(inputRow)),
    "## Outputs",
    table(["Name", "Description"], byName(outputs).map(outputRow)),
  ];
  return `<!-- BEGIN_TF_DOCS -->\n${parts.join("\n\n")}\n<!-- END_TF_DOCS -->`;
}
