import { isObject, type JsonObject } from "../text/json";
import { moduleBlocks, type ModuleBlocks } from "./module-blocks";
import type { Files } from "./module-files";

/** One difference in a module's interface. */
export interface InterfaceChange {
  readonly kind: "variable" | "output" | "address" | "requirement";
  readonly change: "added" | "removed" | "changed";
  readonly name: string;
  /** The arguments that differ, as JSON before and after; without a value if there is none. */
  readonly parts: Readonly<Record<string, Change>>;
}

interface Change {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Parts of the interface of one kind by name, each with its arguments. */
type Named = ReadonlyMap<string, JsonObject>;

/** The blocks with what `argumentsOf` picks of each. */
function named<Block>(
  blocks: Readonly<Record<string, Block>>,
  argumentsOf: (block: Block) => JsonObject,
): Named {
  return new Map(Object.entries(blocks).map(([name, block]) => [name, argumentsOf(block)]));
}

/** The interface of a module by kind. Descriptions do not count. */
function interfaceOf({ terraform, variable, output, resource }: ModuleBlocks) {
  const { required_version: version, required_providers: providers } = terraform;
  const addresses = Object.entries(resource).flatMap(([type, resources]) =>
    Object.keys(resources).map((name) => [`${type}.${name}`, {}] as const),
  );
  return {
    requirement: named(
      { terraform: { version }, ...(isObject(providers) ? providers : {}) },
      (each) => ({ version: isObject(each) ? each.version : null }),
    ),
    variable: named(variable, (block) => ({ ...block, description: undefined })),
    output: named(output, () => ({})),
    address: new Map(addresses),
  } as const satisfies Readonly<Record<InterfaceChange["kind"], Named>>;
}

function compared(kind: InterfaceChange["kind"], before: Named, after: Named): InterfaceChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name): InterfaceChange[] => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === undefined) return [{ kind, change: "added", name, parts: {} }];
    if (now === undefined) return [{ kind, change: "removed", name, parts: {} }];
    const changes = Object.keys({ ...old, ...now }).map(
      (part) =>
        [part, { before: JSON.stringify(old[part]), after: JSON.stringify(now[part]) }] as const,
    );
    const parts = Object.fromEntries(changes.filter(([, part]) => part.before !== part.after));
    return Object.keys(parts).length === 0 ? [] : [{ kind, change: "changed", name, parts }];
  });
}

/**
 * Returns the differences that a root with the module sees: variables, outputs, addresses of resources without their
 * keys, and required versions.
 */
export function interfaceDifference(before: Files, after: Files): InterfaceChange[] {
  const [old, now] = [interfaceOf(moduleBlocks(before)), interfaceOf(moduleBlocks(after))];
  const kinds = ["requirement", "variable", "output", "address"] as const;
  return kinds.flatMap((kind) => compared(kind, old[kind], now[kind]));
}

/** A change of the interface as a line. */
export function interfaceLine({ kind, change, name, parts }: InterfaceChange): string {
  const names = Object.keys(parts);
  return `${kind} ${change}: ${name}${names.length === 0 ? "" : ` (${names.join(", ")})`}`;
}
