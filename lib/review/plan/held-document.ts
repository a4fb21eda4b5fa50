import type { Content } from "../compare";
import type { Kind } from "../compare/statement";
import type { ResourceDifference, Side } from "./difference";
import type { Filling } from "./partial-document";
import { textOf, type Value } from "./value";

/** A document of which some values are known only after apply. */
export interface Partial {
  /** Its content if it allows as much as it can, or as little. */
  readonly read: (how: Filling) => Content;
  /** The resources of a statement, by its place, for a reader; undefined if all of them are known. */
  readonly shownResources: (statement: number) => readonly string[] | undefined;
  /** The references that the values wait for, such as `aws_sqs_queue.orders.arn`. */
  readonly waitsFor: readonly string[];
  /**
   * The proofs that it allows. A document that Terraform reads during apply can be changed by a
   * function on its way, so it proves gains, and that nothing changes. One that anybody can write
   * proves gains only.
   */
  readonly proves: "gains" | "gains and sameness";
}

/** A document that decides what an identity may do, on one side of a plan. */
export interface HeldDocument {
  /** The same for documents that are surely the same. */
  readonly key: string;
  /** Its content, read when it is first compared. */
  readonly read: () => Content;
  /** The resource that has its text; undefined if the plan does not show it. */
  readonly from: ResourceDifference | undefined;
  /** The ARN of a managed policy that is not a resource of the plan. */
  readonly policy?: string;
  /** For a document of which some values are known only after apply. */
  readonly partial?: Partial;
  /** True for a document that is not shown and is sure to allow something, such as a managed policy. */
  readonly allowsSomething?: boolean;
}

/** A document that the plan does not show. The same name is the same document. */
export function unseenDocument(name: string): HeldDocument {
  return { key: `unseen ${name}`, read: () => ({ unknown: name }), from: undefined };
}

/** A document that may be attached or not. `name` identifies the unknown that decides it. */
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

/**
 * The document that is the text of an attribute; none if it has none. Documents with the same text are
 * the same.
 *
 * @param isSame whether it is surely the same on both sides, sensitive or not
 */
export function heldDocument(
  from: ResourceDifference,
  value: Value,
  side: Side,
  { isSame = false, kind = "identity" }: { readonly isSame?: boolean; readonly kind?: Kind } = {},
): HeldDocument[] {
  if (value.kind === "absent") return [];
  const name = `the document of ${from.address}`;
  const unreadable = unseenDocument(isSame ? name : `${name}, ${side}`);
  const text = textOf(value);
  if (text === undefined) return [{ ...unreadable, from }];
  const read = (): Content => {
    const reading = from.texts.read(text, kind);
    return typeof reading === "string" ? unreadable.read() : reading;
  };
  return [{ key: text, read, from }];
}
