import { commandLineOf } from "../files/command-line";
import type { ModuleDefinition } from "../inputs/module-definition";
import { checkInputs, type Inputs, parseAssignments } from "../inputs/assignments";
import { documentSize } from "../catalog/quotas";
import type { Variable } from "../inputs/variable";
import type { Json } from "../text/json";
import { literal } from "../text/hcl";
import { type Documents, documents } from "../policies/documents";
import { exampleInputs, moduleCall } from "../files/module-call";
import { UserError } from "../text/user-error";

/** The entries of the form, by variable. */
type Entries = Readonly<Record<string, string | boolean>>;

/** The documents and texts for the chosen types and the entries. */
export interface Result {
  readonly documents: Documents;
  /** Size of the policy, in characters as IAM counts them. */
  readonly size: number;
  /** The errors of entries, by variable. A wrong entry is ignored. */
  readonly errors: ReadonlyMap<string, string>;
  /** The call of the module, in Terraform's native syntax. */
  readonly call: string;
  /** The command that composes the module. */
  readonly command: string;
}

/** An entry as the command line takes it: one item of a list on each line. */
function assignment({ name, type }: Variable, entry: string | boolean): string {
  if (type.kind !== "list") return `${name}=${String(entry).trim()}`;
  const items = String(entry)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return `${name}=${JSON.stringify(items)}`;
}

/** The values of the entries that differ from the defaults, and the errors of the others. */
function readEntries(
  module: ModuleDefinition,
  entries: Entries,
): { inputs: Inputs; errors: ReadonlyMap<string, string> } {
  const inputs: Record<string, Json> = {};
  const errors = new Map<string, string>();
  for (const variable of module.variables) {
    const { name, default: preset = null } = variable;
    const entry = entries[name];
    if (entry === undefined || (typeof entry === "string" && entry.trim() === "")) continue;
    try {
      const read = parseAssignments(module, [assignment(variable, entry)]);
      checkInputs(module, read);
      const value = read[name];
      const isDefault = JSON.stringify(value) === JSON.stringify(preset);
      if (value !== undefined && !isDefault) inputs[name] = value;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      errors.set(name, error.message);
    }
  }
  return { inputs, errors };
}

/** Returns the documents and texts for a module for at least one type. */
export function resultOf(module: ModuleDefinition, entries: Entries): Result {
  const { inputs, errors } = readEntries(module, entries);
  // A value of JSON is an expression of Terraform, too.
  const given = Object.entries(inputs).map(
    ([name, value]) => [name, literal(JSON.stringify(value))] as const,
  );
  const printed = documents(module.types, inputs);
  return {
    documents: printed,
    size: documentSize(printed.policy),
    errors,
    call: moduleCall("database_access", "./database-access", {
      ...exampleInputs["database-access"],
      ...Object.fromEntries(given),
    }),
    command: `${commandLineOf(module, {})} --output ./database-access`,
  };
}
