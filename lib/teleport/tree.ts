import { isList, isObject, type Json } from "../text/json";
import type { Place } from "./place";

/*
 * The content of a file, whether YAML or JSON: texts, lists and mappings with their places. Aliases are
 * followed and merged maps (<<) are merged, so readers see neither.
 */

/** A value as it was written: `012345678901` stays an account ID. Undefined is null. */
type Content = string | undefined | readonly Node[] | ReadonlyMap<string, Node>;

export function isItems(content: Content): content is readonly Node[] {
  return Array.isArray(content);
}

export function isMapping(content: Content): content is ReadonlyMap<string, Node> {
  return content instanceof Map;
}

export interface Node {
  readonly place: Place;
  /** The place of its key, in a mapping of YAML. */
  readonly key?: Place;
  readonly content: Content;
  /** The lines of a block (`|`) as they were written, with their indentation. */
  readonly block?: string;
}

/** True if a value has something other than zero values in it: null, "", 0 and false. */
export function isFilled({ content }: Node): boolean {
  if (content === undefined) return false;
  if (typeof content === "string") return !/^(false|0)?$/.test(content);
  if (isItems(content)) return content.some(isFilled);
  return [...content.values()].some(isFilled);
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
      return new Map(Object.entries(value).map(([key, item]) => [key, inner(item)]));
    },
  };
}
