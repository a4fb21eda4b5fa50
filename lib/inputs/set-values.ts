import { selectTypes } from "../catalog/select-types";
import { type Inputs, parseAssignments } from "./assignments";
import { defineModule } from "./module-definition";

/**
 * The values that assignments such as `restrict_to_account=true` give to the variables of a module.
 *
 * @param types names of database types, in any order; `all` for every one
 * @param assignments a variable's name, `=` and its value: text as it is, everything else as JSON
 * @throws UserError for an unknown type or variable, an assignment not of the form name=value, and a second value
 */
export function setValues(types: readonly string[], assignments: readonly string[]): Inputs {
  return parseAssignments(defineModule(selectTypes(types).types), assignments);
}
