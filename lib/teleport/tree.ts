import { isList, isObject, type Json } from "../text/json";
import type { Place } from "./place";

/*
 * The content of a file, whether YAML or JSON: texts, lists and mappings with their places. Aliases are
 * followed and merged maps (<<) are merged, so readers see neither.
 */

/** A value as it was written: `012345678901` stays an account ID. Undefined is null. */
type Content = string | undefined | readonly Node[] | ReadonlyMap<string, Entry>;

export function isItems(content: Content): content is readonly Node[] {
  return Array.isArray(content);
}

export function isMapping(content: Content): content is ReadonlyMap<string, Entry> {
  return content instanceof Map;
}

export interface Node {
  readonly place: Place;
  readonly content: Content;
  /** The lines of a block (`|`) as they were written, with their indentation. */
  readonly block?: string;
}

/** A value under a key, and the place of the key. */
export interface Entry {
  readonly place: Place;
  readonly value: Node;
}

/** True if a value has something other than zero values in it: null, "", 0 and false. */
export function isFilled({ content }: Node): boolean {
  if (content === undefined) return false;
  if (typeof content === "string") return !/^(false|0)?$/.test(content);
  if (isItems(content)) return content.some(isFilled);
  return [...content.values()].some(({ value }) => isFilled(value));
}

/**
 * The tree of a plan or state of Terraform, made as it is read, because it can be long. Its places are
 * the addresses of its resources.
 */
export function jsonNode(value: Json, file: Place): Node {
  const address = isObject(value) ? value.address : undefined;
  const place = typeof address === "string" ? { ...file, address } : file;
  return {
    place,
    get content() {
      const inner = (item: Json): Node => jsonNode(item, place);
      if (isList(value)) return value.map(inner);
      if (!isObject(value)) return value === null ? undefined : String(value);
      return new Map(
        Object.entries(value).map(([key, item]) => [key, { place, value: inner(item) }]),
      );
    },
  };
}
