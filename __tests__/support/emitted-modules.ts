/** The emitted modules as the tests of their language read them: JSON, not what made it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { getExpressionAst } from "@cdktf/hcl2json";
import { PROJECT } from "./terraform";

/** A module's JSON, all of its files together. */
export type ModuleJson = Readonly<Record<string, unknown>>;

/** The modules under `modules/` by folder, with the blocks of all of their files. */
export function emittedModules(): readonly (readonly [folder: string, module: ModuleJson])[] {
  const root = path.join(PROJECT, "modules");
  return fs
    .readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const folder = path.join(root, name);
      const files = fs.readdirSync(folder).filter((file) => file.endsWith(".tf.json"));
      const parsed = files.map(
        (file) => JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")) as ModuleJson,
      );
      // Each kind of block is in one file: `versions`, `variables`, `main` or `outputs`.
      return [name, Object.assign({}, ...parsed) as ModuleJson] as const;
    });
}

/** The objects in a block that Terraform's JSON writes as one object or as a list of them. */
export function objectsIn(block: unknown): readonly ModuleJson[] {
  return [block ?? []].flat() as ModuleJson[];
}

/** A resource of a module. */
export interface EmittedResource {
  readonly type: string;
  readonly name: string;
  readonly body: ModuleJson;
}

/** The resources of a module. */
export function resourcesOf({ resource }: ModuleJson): EmittedResource[] {
  return objectsIn(resource).flatMap((types) =>
    Object.entries(types).flatMap(([type, names]) =>
      Object.entries(names as Record<string, unknown>).flatMap(([name, bodies]) =>
        objectsIn(bodies).map((body) => ({ type, name, body })),
      ),
    ),
  );
}

/** All texts in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The blocks of a kind that have a name, with their bodies. */
export function named(blocks: unknown): (readonly [name: string, body: ModuleJson])[] {
  return objectsIn(blocks).flatMap((names) =>
    Object.entries(names).flatMap(([name, bodies]) =>
      objectsIn(bodies).map((body) => [name, body] as const),
    ),
  );
}

/** The texts of a module that can be templates: descriptions, defaults and types cannot. */
export function templatesOf(module: ModuleJson): string[] {
  const variables = named(module.variable).flatMap(([, { validation }]) => textsIn(validation));
  const outputs = named(module.output).flatMap(([, { value, precondition }]) => [
    ...textsIn(value),
    ...textsIn(precondition),
  ]);
  const { resource, data, locals, check } = module;
  return [...variables, ...outputs, ...textsIn({ resource, data, locals, check })];
}

/** A part of an expression, as HashiCorp's parser gives it. */
export interface ExpressionNode {
  readonly type: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly children: readonly ExpressionNode[];
}

/** The parts of the expressions in a template, each with the part around it. */
export async function nodesIn(
  template: string,
): Promise<(readonly [node: ExpressionNode, around: ExpressionNode | undefined])[]> {
  if (!/[$%]\{/.test(template)) return [];
  // A heredoc has no escapes but those of templates, like JSON's texts once they are parsed.
  const root: unknown = await getExpressionAst("main.tf", `<<EOT\n${template}\nEOT\n`);
  const below = (
    { type, meta, children = [] }: Partial<ExpressionNode>,
    around?: ExpressionNode,
  ): (readonly [ExpressionNode, ExpressionNode | undefined])[] => {
    // Objects have parts without a type around their values.
    if (type === undefined || meta === undefined)
      return children.flatMap((each) => below(each, around));
    const node = { type, meta, children };
    return [[node, around], ...children.flatMap((each) => below(each, node))];
  };
  return below(root as ExpressionNode);
}
