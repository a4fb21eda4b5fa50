import { TerraformElement, TerraformLocal, TerraformOutput, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import type { Element } from "../module/element";
import { removedBlock } from "../module/module-json";
import { resourceClasses } from "./resource-classes";

/** A block that CDKTF has no class for. */
class Block extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly block: object,
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return this.block;
  }
}

/** The construct of an element, without its overrides; undefined of a local value that is there already. */
export function construct(scope: Construct, element: Element): TerraformElement | undefined {
  switch (element.kind) {
    case "variable":
      return new TerraformVariable(scope, `var.${element.name}`, element.arguments);
    case "local": {
      const id = `local.${element.name}`;
      if (scope.node.tryFindChild(id) !== undefined) return undefined;
      return new TerraformLocal(scope, id, element.value);
    }
    case "check": {
      const { name, assertion } = element;
      return new Block(scope, `check.${name}`, { check: { [name]: { assert: assertion } } });
    }
    case "resource": {
      const { type, name, arguments: config } = element;
      // Of a union of types, TypeScript does not see that class and arguments belong together.
      return new resourceClasses[type](scope, `${type}.${name}`, config as never);
    }
    case "moved": {
      const { from, to } = element;
      return new Block(scope, `moved.${from}`, { moved: [{ from, to }] });
    }
    case "removed": {
      const { from } = element;
      return new Block(scope, `removed.${from}`, { removed: [removedBlock(from)] });
    }
    case "output":
      return new TerraformOutput(scope, `output.${element.name}`, element.arguments);
  }
}

/** Adds the elements of a module to a stack, as constructs that keep their names. */
export function addElements(scope: Construct, elements: readonly Element[]): void {
  for (const element of elements) {
    const added = construct(scope, element);
    if (added === undefined) continue;
    if ("name" in element) added.overrideLogicalId(element.name);
    if (!("overrides" in element)) continue;
    for (const [path, value] of Object.entries(element.overrides)) added.addOverride(path, value);
  }
}
