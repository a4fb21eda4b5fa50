/**
 * An attribute on one side of a change. A value that the plan marks sensitive is never handed on, so
 * that it cannot reach any output.
 */
export type Value =
  | { readonly kind: "absent" }
  | { readonly kind: "known"; readonly value: unknown }
  | { readonly kind: "unknown" }
  | { readonly kind: "sensitive" };

/** No value. */
export const absent: Value = { kind: "absent" };

/** The known text, or undefined. */
export function textOf(value: Value): string | undefined {
  return value.kind === "known" && typeof value.value === "string" ? value.value : undefined;
}
