import type { ResourceChange } from "./plan";

/**
 * An attribute in a plan. A value that the plan marks sensitive is never handed on, so that it cannot
 * reach any output; `equal` compares such values without showing them.
 */
export type Value =
  | { readonly kind: "absent" }
  | { readonly kind: "known"; readonly value: unknown }
  | { readonly kind: "unknown" }
  | { readonly kind: "sensitive" };

type Path = readonly (string | number)[];

function step(value: unknown, key: string | number): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined;
}

const at = (value: unknown, path: Path): unknown => path.reduce(step, value);

/** Whether a mask, which mirrors the value with `true` in places, has one at `path` or around it. */
function isMarked(mask: unknown, path: Path): boolean {
  return mask === true || path.some((_, index) => at(mask, path.slice(0, index + 1)) === true);
}

/** The attribute at `path`, before or after the change. */
export function valueAt({ change }: ResourceChange, side: "before" | "after", path: Path): Value {
  const sensitive = side === "before" ? change.before_sensitive : change.after_sensitive;
  if (side === "after" && isMarked(change.after_unknown, path)) return { kind: "unknown" };
  const value = at(change[side], path);
  // The AWS provider keeps an attribute that is not set as null in one place, as "" in another.
  if (value === undefined || value === null || value === "") return { kind: "absent" };
  return isMarked(sensitive, path) ? { kind: "sensitive" } : { kind: "known", value };
}

/** Whether the attribute is surely the same before and after, sensitive or not. */
export function isSame({ change }: ResourceChange, path: Path): boolean {
  return (
    !isMarked(change.after_unknown, path) &&
    JSON.stringify(at(change.before, path)) === JSON.stringify(at(change.after, path))
  );
}

/** The known text, or undefined. */
export function textOf(value: Value): string | undefined {
  return value.kind === "known" && typeof value.value === "string" ? value.value : undefined;
}

/** The number of entries of a list, whatever they are. Undefined where the list is not known. */
export function lengthAt(
  { change }: ResourceChange,
  side: "before" | "after",
  path: Path,
): number | undefined {
  if (side === "after" && isMarked(change.after_unknown, path)) return undefined;
  const value = at(change[side], path);
  return Array.isArray(value) ? value.length : 0;
}
