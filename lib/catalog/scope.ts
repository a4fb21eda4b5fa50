import type { CommonPlaceholder, Placeholder } from "../iam/arn";
import type { FieldKind } from "./fields";

/**
 * A list variable by which a caller names resources instead of granting `*`. Each object in the list
 * gives one ARN for each template; an empty list means no restriction.
 */
export interface Scope {
  /** Name of the variable: a list of objects. */
  readonly variable: string;
  /** What an object of the list names, as a sentence without its end. */
  readonly description: string;
  /** The fields of an object, by placeholder. Every field is optional and defaults to `*`. */
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** The ARN templates that an object fills. */
  readonly arns: readonly string[];
}

/** A template whose placeholders all have a field; anything else does not compile. */
type Template<Text extends string, Name extends string> =
  Exclude<Placeholder<Text>, Name | CommonPlaceholder> extends never ? Text : never;

/**
 * Declares a scope. `region` is a field of every scope; a template with a placeholder that no field
 * fills does not compile.
 */
export function scope<const Fields extends Record<string, FieldKind>, const Text extends string>(
  definition: Omit<Scope, "fields" | "arns"> & {
    readonly fields: Fields;
    readonly arns: readonly Template<Text, keyof Fields & string>[];
  },
): Scope {
  return { ...definition, fields: { region: "region", ...definition.fields } };
}
