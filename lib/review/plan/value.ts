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

/** A value as it may be shown: text as it is, anything else as JSON. */
export function shown(value: Value): string {
  switch (value.kind) {
    case "absent":
      return "";
    case "known":
      return typeof value.value === "string" ? value.value : JSON.stringify(value.value);
    case "unknown":
      return "(known after apply)";
    case "sensitive":
      return "(sensitive value)";
  }
}
