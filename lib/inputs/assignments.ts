import { didYouMean } from "../text/nearest";
import { givenTwice, UserError } from "../text/user-error";
import { checkValue } from "./validation";
import { selectTypes } from "../catalog/select-types";
import { type Json, parseJson } from "../text/json";
import { defineModule, type ModuleDefinition } from "./module-definition";
import type { Variable } from "./variable";

/** Values of a module's variables, by name. What is left out has its default. */
export type Inputs = Readonly<Record<string, Json>>;

function find({ role, types, variables }: ModuleDefinition, name: string): Variable {
  const variable = variables.find((candidate) => candidate.name === name);
  if (variable !== undefined) return variable;
  const module = role ?? types.map((type) => type.name).join(", ");
  const candidates = variables.map((candidate) => candidate.name);
  throw new UserError(
    `The module ${module} has no variable ${JSON.stringify(name)}.${didYouMean(name, candidates)} Its variables: ${candidates.join(", ")}.`,
  );
}

/**
 * Checks `inputs` by the rules of the module's variables.
 *
 * @throws UserError for a variable that the module does not have, and for wrong values: all of them
 */
export function checkInputs(definition: ModuleDefinition, inputs: Inputs): void {
  const findings = Object.entries(inputs).flatMap(([name, value]) =>
    checkValue(find(definition, name), value),
  );
  if (findings.length > 0) throw new UserError(findings.join("\n"));
}

/**
 * The value that `text` is. Text is taken as it is, and quoted text as JSON; everything else is JSON, but
 * for a list of one, which can do without brackets and quotes.
 */
function parseValue({ type: { kind } }: Variable, text: string): Json {
  const json = parseJson(text);
  const word = typeof json === "string" ? json : text;
  if (kind === "string") return word;
  return kind === "list" && !Array.isArray(json) ? [word] : (json ?? text);
}

/**
 * The values that assignments such as `restrict_to_account=true` give to a module's variables.
 *
 * @param assignments a variable's name, `=` and its value: text as it is, everything else as JSON
 * @throws UserError for what is no assignment, an unknown variable, and two values of one variable
 */
export function parseAssignments(
  definition: ModuleDefinition,
  assignments: readonly string[],
): Inputs {
  const inputs: Record<string, Json> = {};
  for (const assignment of assignments) {
    const [, name = "", text = ""] = /^\s*([\w-]+)=(.*)$/s.exec(assignment) ?? [];
    if (name === "") {
      throw new UserError(
        `${JSON.stringify(assignment)} is not of the form name=value. Example: --set restrict_to_account=true`,
      );
    }
    const variable = find(definition, name);
    if (Object.hasOwn(inputs, name)) throw givenTwice(name);
    inputs[name] = parseValue(variable, text);
  }
  return inputs;
}

/**
 * The values that assignments give to the variables of the module for database types.
 *
 * @param types names of database types, in any order; `all` for every one
 * @throws UserError for an unknown type, and as {@link parseAssignments}
 */
export function setValues(types: readonly string[], assignments: readonly string[]): Inputs {
  return parseAssignments(defineModule(selectTypes(types).types), assignments);
}
