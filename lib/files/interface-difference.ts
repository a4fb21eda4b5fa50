import type { JsonObject } from "../text/json";
import { nearest } from "../text/nearest";
import { moduleBlocks, type ModuleBlocks } from "./module-blocks";
import type { Files } from "./module-files";

/** One difference in a module's interface. */
export interface InterfaceChange {
  readonly kind: "variable" | "output" | "address" | "requirement";
  readonly change: "added" | "removed" | "changed" | "renamed";
  readonly name: string;
  /** The new name, if it was renamed. */
  readonly to?: string;
  /** The arguments that differ, as JSON before and after; without a value if there is none. */
  readonly parts: Readonly<Record<string, { readonly before?: string; readonly after?: string }>>;
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
  const { required_version: own, required_providers: providers = {} } = terraform as {
    readonly required_version?: string;
    readonly required_providers?: Readonly<Record<string, { readonly version?: string }>>;
  };
  return new Map(
    [
      ["terraform", own] as const,
      ...Object.entries(providers).map(([name, { version }]) => [name, version] as const),
    ].flatMap(([name, version]) =>
      version === undefined ? [] : [[name, { version: JSON.stringify(version) }] as const],
    ),
  );
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
        .map((part) => {
          const [one, other] = [old[part], now[part]];
          return [
            part,
            {
              ...(one === undefined ? {} : { before: one }),
              ...(other === undefined ? {} : { after: other }),
            },
          ];
        }),
    );
    return Object.keys(parts).length === 0 ? [] : [{ kind, change: "changed", name, parts }];
  });
}

/**
 * The same changes, with one that went and one that came as one that was renamed, if their
 * arguments are the same and their names are near.
 */
function withRenames(
  changes: readonly InterfaceChange[],
  before: Named,
  after: Named,
): InterfaceChange[] {
  const same = (one: string, other: string): boolean =>
    JSON.stringify(before.get(one)) === JSON.stringify(after.get(other));
  const came = changes.filter(({ change }) => change === "added").map(({ name }) => name);
  const renamed = new Map(
    changes
      .filter(({ change }) => change === "removed")
      .flatMap(({ name }) => {
        const to = nearest(
          name,
          came.filter((other) => same(name, other)),
        );
        return to === undefined ? [] : [[name, to] as const];
      }),
  );
  const taken = new Set(renamed.values());
  return changes.flatMap((change): InterfaceChange[] => {
    if (change.change === "added" && taken.has(change.name)) return [];
    const to = renamed.get(change.name);
    return change.change === "removed" && to !== undefined
      ? [{ ...change, change: "renamed", to }]
      : [change];
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
  const variables = [argumentsOf(old.variable), argumentsOf(now.variable)] as const;
  return [
    ...compared("requirement", requirements(old), requirements(now)),
    ...withRenames(compared("variable", ...variables), ...variables),
    ...compared("output", argumentsOf(old.output, []), argumentsOf(now.output, [])),
    ...compared("address", addresses(old), addresses(now)),
  ];
}

/** A change of the interface as a line. */
export function interfaceLine({ kind, change, name, to, parts }: InterfaceChange): string {
  const names = Object.keys(parts);
  const detail =
    to === undefined ? (names.length === 0 ? "" : ` (${names.join(", ")})`) : ` to ${to}`;
  return `${kind} ${change}: ${name}${detail}`;
}
