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

/** Values of one kind, by name. */
type Named = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** The arguments of blocks, without what only people read. */
function argumentsOf(
  blocks: Readonly<Record<string, JsonObject>>,
  names?: readonly string[],
): Named {
  return new Map(
    Object.entries(blocks).map(([key, block]) => [
      key,
      Object.fromEntries(
        Object.entries(block)
          .filter(([name]) => names?.includes(name) ?? name !== "description")
          .map(([name, value]) => [name, JSON.stringify(value)]),
      ),
    ]),
  );
}

/** The addresses of the resources. */
function addresses({ resource }: ModuleBlocks): Named {
  return new Map(
    Object.entries(resource).flatMap(([type, resources]) =>
      Object.keys(resources).map((name) => [`${type}.${name}`, {}] as const),
    ),
  );
}

/** The versions of Terraform and of providers that the module asks for. */
function requirements({ terraform }: ModuleBlocks): Named {
  const { required_version: version, required_providers: providers } = terraform;
  const versions = Object.entries(isObject(providers) ? providers : {}).map(
    ([name, provider]) =>
      [name, { version: isObject(provider) ? provider.version : null }] as const,
  );
  return argumentsOf({ terraform: { version }, ...Object.fromEntries(versions) });
}

function compared(kind: InterfaceChange["kind"], before: Named, after: Named): InterfaceChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name): InterfaceChange[] => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === undefined) return [{ kind, change: "added", name, parts: {} }];
    if (now === undefined) return [{ kind, change: "removed", name, parts: {} }];
    const parts = Object.fromEntries(
      [...new Set([...Object.keys(old), ...Object.keys(now)])]
        .filter((part) => old[part] !== now[part])
        .map((part) => [part, { before: old[part], after: now[part] }]),
    );
    return Object.keys(parts).length === 0 ? [] : [{ kind, change: "changed", name, parts }];
  });
}

/**
 * Returns the differences that a root with the module sees: variables, outputs, addresses of resources without their
 * keys, and required versions. Descriptions do not count.
 *
 * @param before the files that are there
 * @param after the files that the module has now
 */
export function interfaceDifference(before: Files, after: Files): InterfaceChange[] {
  const [old, now] = [moduleBlocks(before), moduleBlocks(after)];
  return [
    ...compared("requirement", requirements(old), requirements(now)),
    ...compared("variable", argumentsOf(old.variable), argumentsOf(now.variable)),
    ...compared("output", argumentsOf(old.output, []), argumentsOf(now.output, [])),
    ...compared("address", addresses(old), addresses(now)),
  ];
}

/** A change of the interface as a line. */
export function interfaceLine({ kind, change, name, parts }: InterfaceChange): string {
  const names = Object.keys(parts);
  return `${kind} ${change}: ${name}${names.length === 0 ? "" : ` (${names.join(", ")})`}`;
}
