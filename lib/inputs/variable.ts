import type { Field } from "../catalog/fields";
import type { TextRule } from "../catalog/text-rule";
import type { Json } from "../text/json";

/** The type of a variable, and the rules that its values must obey. */
export type VariableType =
  | { readonly kind: "bool" }
  | {
      readonly kind: "string";
      readonly rule: TextRule;
      /** A confidential value never appears in a message. */
      readonly confidential?: boolean;
    }
  | {
      readonly kind: "list";
      readonly rule: TextRule;
      readonly minItems?: number;
      readonly confidential?: boolean;
      /** True if no two items may be the same name, whatever their case and path. */
      readonly distinctNames?: boolean;
    }
  /** Texts by a key of the caller's choice, each text once. */
  | { readonly kind: "map"; readonly rule: TextRule }
  /** Tags of AWS, which compares their keys without case. */
  | { readonly kind: "tags" }
  /** Texts by a key of the caller's choice, by a name. */
  | { readonly kind: "maps"; readonly keyRule: TextRule; readonly rule: TextRule }
  /** Policy documents as JSON text, by a name. Their values never appear in a message. */
  | { readonly kind: "policies"; readonly keyRule: TextRule }
  /** A list of objects of texts. All fields are required. */
  | { readonly kind: "objects"; readonly fields: Readonly<Record<string, Field>> }
  /** One object. A field is a list of texts, or a boolean. All fields are required. */
  | { readonly kind: "object"; readonly fields: Readonly<Record<string, TextRule | "bool">> }
  /** Conditions of IAM: operator → key → values. With `bySid`, those of several statements by Sid. */
  | { readonly kind: "conditions"; readonly bySid?: boolean }
  /** Statements of IAM, with all of Sid, Effect, Action, Resource and Condition. */
  | { readonly kind: "statements" };

/** An input variable of a module. */
export interface Variable {
  readonly name: string;
  readonly type: VariableType;
  /** For the caller: the effect of the value and of its default. */
  readonly description: string;
  /** Absent: the caller must set it. `null`: the module derives a value, or does without. */
  readonly default?: Json;
}

/** A variable that is true or false. */
export function bool(name: string, description: string, preset: boolean): Variable {
  return { name, type: { kind: "bool" }, description, default: preset };
}
