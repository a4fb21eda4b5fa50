import type { Options } from "yargs";
import { selectTypes, typeNames } from "../../catalog/select-types";
import { defineModule } from "../../inputs/module-definition";

/** The values that can follow a flag. */
export type Values =
  /** One word of these. */
  | { readonly kind: "words"; readonly words: readonly string[] }
  /** Words of these, with commas between. */
  | { readonly kind: "list"; readonly words: readonly string[] }
  | { readonly kind: "path" }
  /** Something of one's own. */
  | { readonly kind: "text" }
  /** Nothing: a switch. */
  | { readonly kind: "none" };

const PATHS = ["output", "from"];

/** `name=` of every variable of the module of all types; of one that is true or false, with the value. */
function assignments(): string[] {
  return defineModule(selectTypes(["all"]).types).variables.flatMap(({ name, type }) =>
    type.kind === "bool" ? [`${name}=true`, `${name}=false`] : [`${name}=`],
  );
}

/** Returns the values that can follow the flag `name`. */
export function valuesOf(name: string, { type, choices, array }: Options): Values {
  if (type === "boolean") return { kind: "none" };
  if (name === "types") return { kind: "list", words: [...typeNames, "all"] };
  if (name === "set") return { kind: "words", words: assignments() };
  if (PATHS.includes(name)) return { kind: "path" };
  if (choices === undefined) return { kind: "text" };
  return { kind: array === true ? "list" : "words", words: choices.map(String) };
}
