import { isList, isObject, type Json } from "../text/json";
import { type Place, problemAt } from "./place";

/*
 * What a file contains, whether YAML or JSON: mappings, lists and scalars with their places. Aliases
 * are followed and merged maps (<<) are merged, so readers see neither.
 */

/** A value that is neither a mapping nor a list. */
export interface Scalar {
  readonly kind: "scalar";
  readonly place: Place;
  /** The text as it was written: `012345678901` stays an account ID. Empty for null. */
  readonly text: string;
  /** Whether the value is text, and not a number, a switch or null. */
  readonly isText: boolean;
  /** Whether it is a zero value: null, "", 0 or false. */
  readonly isZero: boolean;
  /** The lines of a block (`|`) as they were written, with their indentation. */
  readonly block?: string;
}

/** A value under a key, and the place of the key. */
export interface Entry {
  readonly place: Place;
  readonly value: Node;
}

/** Values by key, each key once. */
export interface Mapping {
  readonly kind: "mapping";
  readonly place: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** Values in order. */
interface List {
  readonly kind: "list";
  readonly place: Place;
  readonly items: readonly Node[];
}

export type Node = Scalar | Mapping | List;

/** Files nest some ten levels; what reads them calls itself for each. */
export const DEEPEST = 500;

/** Whether a value has something other than zero values in it. */
export function isFilled(node: Node | undefined): boolean {
  switch (node?.kind) {
    case undefined:
      return false;
    case "scalar":
      return !node.isZero;
    case "list":
      return node.items.some(isFilled);
    case "mapping":
      return [...node.entries.values()].some(({ value }) => isFilled(value));
  }
}

/** The tree of a value of JSON. Everything in it has the same place. */
export function treeOfJson(value: Json, place: Place, depth = 0): Node {
  if (depth > DEEPEST) throw problemAt(place, "This is nested too deeply.");
  if (isList(value)) {
    return { kind: "list", place, items: value.map((item) => treeOfJson(item, place, depth + 1)) };
  }
  if (isObject(value)) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, { place, value: treeOfJson(item, place, depth + 1) }] as const,
    );
    return { kind: "mapping", place, entries: new Map(entries) };
  }
  return {
    kind: "scalar",
    place,
    text: value === null ? "" : String(value),
    isText: typeof value === "string",
    isZero: !value,
  };
}
