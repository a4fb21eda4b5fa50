import { TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import { databaseTypes } from "../catalog";
import { defineModule } from "../inputs/module-definition";
import { databaseAccess } from "../module/database-access";
import type { Element, ResourceElement } from "../module/element";
import type { Form, Forms } from "../module/render";
import { construct } from "./constructs";
import { ModuleStack } from "./module-stack";

type Block = Extract<Element, { readonly arguments: object }>;

/** The arguments that any of `blocks` has, each being its own name. */
function ownNames(blocks: readonly Block[]): object {
  return Object.fromEntries(
    blocks
      .flatMap((block) => Object.entries(block.arguments))
      .map(([argument, value]) => [argument, Array.isArray(value) ? [argument] : argument]),
  );
}

/** What CDKTF renders under the name of an element. */
function rendered(element: Element): object {
  const stack = new TerraformStack(new RootConstruct(), "forms");
  const blocks = construct(stack, element)?.toTerraform() as Record<string, object>;
  const named = Object.values(blocks[element.kind] ?? {}) as object[];
  const [block = {}] =
    element.kind === "resource" ? (Object.values(named[0] ?? {}) as object[]) : named;
  return block;
}

/** The form of blocks of one kind. */
function form(blocks: readonly Block[]): Form {
  const [first] = blocks;
  if (first === undefined) return {};
  const block = rendered({ ...first, arguments: ownNames(blocks) } as Block);
  const overrides = new Set(blocks.flatMap((element) => Object.keys(element.overrides)));
  const places = Object.entries(block).flatMap(([name, argument]): [string, string][] => {
    if (name === "//") return [];
    if (argument !== undefined) return [[name, String(argument)]];
    // It is no argument, but where there is an override of that name, this is its place.
    return overrides.has(name) ? [[name, name]] : [];
  });
  return Object.fromEntries(places);
}

/**
 * The forms of the elements of modules: CDKTF renders a block of each kind, whose arguments are their
 * own names, so that what stands under a name of Terraform's is the argument that belongs there.
 */
export function forms(): Forms {
  const elements = databaseAccess(defineModule(databaseTypes));
  const resources = elements.filter((element) => element.kind === "resource");
  const ofType = (type: ResourceElement["type"]): Form =>
    form(resources.filter((element) => element.type === type));
  return {
    terraform: new ModuleStack(new RootConstruct(), "forms", "").toModule().terraform ?? {},
    variable: form(elements.filter((element) => element.kind === "variable")),
    output: form(elements.filter((element) => element.kind === "output")),
    resource: Object.fromEntries(
      resources.map(({ type }) => [type, ofType(type)]),
    ) as Forms["resource"],
  };
}
