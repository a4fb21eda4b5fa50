import type { PolicyDocument, UnknownDocument } from "../compare";
import { NotAPolicy, policyJson } from "../comparison/parse-policy";
import type { Attribute, ResourceDifference, Side } from "./difference";
import { textOf, type Value } from "./value";

/** A document that decides what an identity may do, on one side of a plan. */
export interface HeldDocument {
  /** The same for documents that are surely the same. */
  readonly key: string;
  /** Its content, parsed anew: a plan has many documents, and few of them are compared at a time. */
  readonly read: () => PolicyDocument | UnknownDocument;
  /** The resource that has its text; undefined where the plan does not show it. */
  readonly from: ResourceDifference | undefined;
}

/** A document that the plan does not show. The same name is the same document. */
export function unseenDocument(name: string): HeldDocument {
  return { key: `unseen ${name}`, read: () => ({ unknown: name }), from: undefined };
}

/** A document that may be in force or not; where it is, is known by `name`. */
export function perhaps({ key, read, from }: HeldDocument, name: string): HeldDocument {
  return {
    key: `${name}: ${key}`,
    read: () => {
      const content = read();
      return "unknown" in content ? { unknown: name } : { unknown: name, document: content };
    },
    from,
  };
}

/** The document that is the text of an attribute; undefined where it has none. */
export function heldDocument(
  from: ResourceDifference,
  { isSame, ...sides }: Attribute,
  side: Side,
): HeldDocument | undefined {
  const value: Value = sides[side];
  if (value.kind === "absent") return undefined;
  const name = `the document of ${from.address}`;
  const unreadable = unseenDocument(isSame ? name : `${name}, ${side}`);
  const text = textOf(value);
  if (text === undefined) return { ...unreadable, from };
  const read = (): ReturnType<HeldDocument["read"]> => {
    try {
      return policyJson(text);
    } catch (error) {
      if (!(error instanceof NotAPolicy)) throw error;
      return unreadable.read();
    }
  };
  return { key: text, read, from };
}
