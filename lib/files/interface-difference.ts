import type { JsonObject } from "../text/json";
import { moduleBlocks, objects } from "./module-blocks";
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

/** Parts of the interface of one kind by name, each with the arguments that count. */
type Named = Readonly<Record<string, JsonObject>>;

function interfaceOf(files: Files): Readonly<Record<InterfaceChange["kind"], Named>> {
  const { terraform, variable, output, resource } = moduleBlocks(files);
  const addresses = Object.entries(resource).flatMap(([type, resources]) =>
    Object.keys(resources).map((name) => [`${type}.${name}`, {}] as const),
  );
  return {
    requirement: {
      terraform: { version: terraform.required_version },
      ...objects(terraform.required_providers),
    },
    variable,
    output: Object.fromEntries(Object.keys(output).map((name) => [name, {}])),
    address: Object.fromEntries(addresses),
  };
}

function compared(kind: InterfaceChange["kind"], before: Named, after: Named): InterfaceChange[] {
  const names = Object.keys({ ...before, ...after }).sort();
  return names.flatMap((name): InterfaceChange[] => {
    const [old, now] = [before[name], after[name]];
    if (old === undefined) return [{ kind, change: "added", name, parts: {} }];
    if (now === undefined) return [{ kind, change: "removed", name, parts: {} }];
    const parts: Record<string, Change> = {};
    for (const part of Object.keys({ ...old, ...now })) {
      const change = { before: JSON.stringify(old[part]), after: JSON.stringify(now[part]) };
      if (part !== "description" && change.before !== change.after) parts[part] = change;
    }
    return Object.keys(parts).length === 0 ? [] : [{ kind, change: "changed", name, parts }];
  });
}

/**
 * Returns the differences that a root with the module sees: required versions, variables without their
 * descriptions, outputs, and addresses of resources without their keys.
 */
export function interfaceDifference(before: Files, after: Files): InterfaceChange[] {
  const [old, now] = [interfaceOf(before), interfaceOf(after)];
  const kinds = ["requirement", "variable", "output", "address"] as const;
  return kinds.flatMap((kind) => compared(kind, old[kind], now[kind]));
}

/** A change of the interface as a line. */
export function interfaceLine({ kind, change, name, parts }: InterfaceChange): string {
  const names = Object.keys(parts);
  return `${kind} ${change}: ${name}${names.length === 0 ? "" : ` (${names.join(", ")})`}`;
}
