import { computedArguments } from "./data/computed-arguments";
import { type ResourceDifference, type Side, SIDES } from "../plan/difference";
import { textOf, type Value } from "../plan/value";

type Path = readonly (string | number)[];

/** The names of a path: `target.role_arn`, and in brackets the key of a map: `annotations[a.b/c]`. */
const namesOf = (path: string): string[] =>
  [...path.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([name, key]) => key ?? name);

function* walk(
  resource: ResourceDifference,
  side: Side,
  at: Path,
  rest: readonly string[],
): Generator<Value> {
  const value = resource.value(side, ...at);
  if (value.kind === "absent") return;
  if (value.kind !== "known") {
    yield value;
    return;
  }
  const content = value.value;
  if (Array.isArray(content)) {
    for (const position of content.keys()) {
      const entry = resource.value(side, ...at, position);
      // An entry that is not known is null in the list.
      if (entry.kind === "absent") {
        if (rest.length === 0) yield { kind: "unknown" };
      } else yield* walk(resource, side, [...at, position], rest);
    }
    return;
  }
  const [name, ...others] = rest;
  if (name !== undefined) yield* walk(resource, side, [...at, name], others);
  else yield value;
}

/** The values at a path of arguments and blocks on one side, those in lists one by one. */
export function valuesAt(resource: ResourceDifference, side: Side, path: string): Value[] {
  const [first = "", ...rest] = namesOf(path);
  return [...walk(resource, side, [first], rest)];
}

/** The first text at a path, if the plan shows one. */
export function textAt(resource: ResourceDifference, side: Side, path: string): string | undefined {
  const [value] = valuesAt(resource, side, path);
  return value === undefined ? undefined : textOf(value);
}

/** True if a value is unknown or sensitive. */
export const isOpen = ({ kind }: Value): boolean => kind === "unknown" || kind === "sensitive";

/**
 * True if the value at a path is surely the same on both sides. An unknown value equals no other.
 */
export function isSameAt(resource: ResourceDifference, path: string): boolean {
  const [first = ""] = namesOf(path);
  const [before = [], after = []] = SIDES.map((side) => valuesAt(resource, side, path));
  if (before.length === 0 && after.length === 0) return true;
  if ([...before, ...after].some(isOpen)) {
    return resource.isSame(first) && !after.some(({ kind }) => kind === "unknown");
  }
  return JSON.stringify(before) === JSON.stringify(after) && !resource.hasUnknown(first);
}

/**
 * True if the configuration sets an argument. Attributes that the provider computes are unknown in a new
 * resource that does not set them.
 *
 * @param isAttribute whether it is an attribute for certain; a plan's configuration lacks dynamic blocks
 */
export function isConfigured(
  resource: ResourceDifference,
  path: string,
  isAttribute = false,
): boolean {
  const [first = ""] = namesOf(path);
  const { configuration, expressions, type } = resource;
  const isOpen = resource.value("after", first).kind === "unknown";
  if (!isOpen || configuration === undefined || expressions?.[first] !== undefined) return true;
  return !isAttribute && !computedArguments.some((pattern) => pattern.test(`${type} ${first}`));
}
