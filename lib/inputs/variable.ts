import type { Field } from "../catalog/fields";
import type { TextRule } from "../catalog/text-rule";
import type { Json } from "../text/json";

/** The type of a variable together with what its values must look like. */
export type VariableType =
  | { readonly kind: "bool" }
  | { readonly kind: "number"; readonly min: number; readonly max: number }
  | { readonly kind: "string"; readonly rule?: TextRule; readonly confidential?: boolean }
  | {
      readonly kind: "list";
      readonly rule: TextRule;
      readonly minItems?: number;
      readonly confidential?: boolean;
    }
  | {
      readonly kind: "map";
      readonly keyRule?: TextRule;
      readonly rule: TextRule;
      readonly maxItems?: number;
      /** What no two entries may share, whatever the case of keys. */
      readonly distinct?: "keys" | "values";
    }
  /** Texts by a key of the caller's choice, by a name. */
  | { readonly kind: "maps"; readonly keyRule: TextRule; readonly rule: TextRule }
  /** Policy documents as JSON text, by a name. Their values never appear in a message. */
  | { readonly kind: "policies"; readonly keyRule: TextRule }
  /** A list of objects, all of whose fields are required. */
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
