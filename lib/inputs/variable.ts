import type { Field } from "../catalog/fields";
import type { TextRule } from "../iam/text-rule";

/** A value that JSON can hold. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Whether `value` is a JSON array. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** The type of a variable together with what its values must look like. */
export type VariableType =
  | { readonly kind: "bool" }
  | { readonly kind: "number"; readonly min: number; readonly max: number }
  | { readonly kind: "string"; readonly rule?: TextRule; readonly confidential?: boolean }
  | { readonly kind: "list"; readonly rule: TextRule; readonly minItems?: number }
  | { readonly kind: "map"; readonly keyRule?: TextRule; readonly rule: TextRule }
  /** A policy document as JSON text. Its value never appears in a message. */
  | { readonly kind: "policy" }
  | { readonly kind: "objects"; readonly fields: Readonly<Record<string, Field>> };

/** An input variable of a module. */
export interface Variable {
  readonly name: string;
  readonly type: VariableType;
  /** For the caller: what the value decides, and what its default stands for. */
  readonly description: string;
  /** Absent: the caller must set it. `null`: the module derives a value, or does without. */
  readonly default?: Json;
}
