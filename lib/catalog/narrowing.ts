import type { FieldKind } from "./fields";

/**
 * A list variable by which a caller names resources instead of granting `*`. Each object in the list
 * gives one ARN for each template. Null does not restrict, and an empty list allows nothing.
 */
export interface Narrowing {
  /** Name of the variable: a list of objects. */
  readonly variable: string;
  /** A sentence without its end: the resources that an object names. */
  readonly description: string;
  /** The fields of an object, by placeholder. All are required: `*` is any. */
  readonly fields: Fields;
  /** The ARN templates that an object fills. */
  readonly arns: readonly string[];
  /** Name of this subset of ARNs, if another statement takes others from the same variable. */
  readonly subset?: string;
}

/** The names in braces in a template: `a:{region}:{user}` gives `"region" | "user"`. */
type Placeholder<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** A template whose placeholders all have a field; anything else does not compile. */
type Template<Text extends string, Name extends string> =
  Exclude<Placeholder<Text>, Name | "region" | "account"> extends never ? Text : never;

/** The names of a narrowing's fields, and their kinds. */
export type Fields = Readonly<Record<string, FieldKind>>;

/** A narrowing in the catalogue. A template with a placeholder that no field fills does not compile. */
export type Definition<Own extends Fields, Text extends string> = Omit<
  Narrowing,
  "fields" | "arns"
> & { readonly fields: Own; readonly arns: readonly Template<Text, keyof Own & string>[] };

/** Declares a narrowing. `region` is a field of every one. */
export function narrowing<const Own extends Fields, const Text extends string>(
  definition: Definition<Own, Text>,
): Narrowing {
  return { ...definition, fields: { region: "region", ...definition.fields } };
}
