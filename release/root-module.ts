import { variablePrefix } from "../lib/catalog/database-type";
import { interpolate, list, quote } from "../lib/text/hcl";
import { quotas } from "../lib/catalog/quotas";
import { prettyJson } from "../lib/text/json";

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The ready modules' blocks in Terraform's JSON syntax, by type. */
export type ReadyModules = ReadonlyMap<string, Blocks>;

/** Variables about statements of one policy. The root leaves them out, because each type has its own policy. */
const STATEMENTS_OF_ONE_POLICY: readonly string[] = [
  "additional_statements",
  "statement_conditions",
];

/** Outputs that are one text per module. The others are maps. */
const TEXTS: readonly string[] = ["policy_json", "policy_arn"];

/** The output that the root leaves out: a role has one permissions boundary, for all its types. */
const BOUNDARY = "permissions_boundary_json";

/** The address of a type's call, which has a count of 0 or 1. */
const call = (type: string): string => `module.${type}`;

/** The variables of the types' modules as the root has them. Only `policy_name` differs. */
function variables(modules: ReadyModules): Record<string, unknown> {
  const types = [...modules.keys()];
  const found: Record<string, unknown> = {
    types: {
      description: `Database types to give access to. Each gets its own policy. Valid types: ${types.join(", ")}.`,
      type: "list(string)",
      nullable: false,
      validation: [
        {
          condition: interpolate(
            `length(setsubtract(var.types, ${list(types.map(quote))})) == 0 && length(distinct(var.types)) == length(var.types)`,
          ),
          error_message: `types has an unknown or a duplicate type. Valid types: ${types.join(", ")}.`,
        },
        {
          condition: interpolate(
            `length(var.types) >= 1 && length(var.types) <= ${String(quotas.policiesPerRole)}`,
          ),
          error_message: `types must have 1 to ${String(quotas.policiesPerRole)} types, because each has its own policy and a role accepts ${String(quotas.policiesPerRole)} policies by default. For one policy with all types, run teleport-db-iam compose.`,
        },
      ],
    },
  };
  for (const [type, { variable = {} }] of modules) {
    for (const [name, block] of Object.entries(variable)) {
      if (STATEMENTS_OF_ONE_POLICY.includes(name)) continue;
      const own =
        name === "policy_name"
          ? {
              ...(block as object),
              description:
                "Start of the policies' names: the policy of rds is named <policy_name>-rds. Calls of this module in one account need different names.",
              default: "DatabaseAccess",
            }
          : block;
      if (found[name] !== undefined && prettyJson(found[name]) !== prettyJson(own)) {
        throw new Error(`${name} of modules/${type} differs from that of the modules before it.`);
      }
      found[name] = own;
    }
  }
  return found;
}

/** The argument of a type's call for a variable. */
function argument(type: string, name: string): string {
  const prefix = variablePrefix(type);
  const given = `var.${name}`;
  switch (name) {
    case "policy_name":
      return `\${${given}}-${type}`;
    // A module refuses these two if it has no use for them, but another type may use them.
    case "create_user_roles":
      return interpolate(`${given} && try(length(var.${prefix}_user_role_names) > 0, false)`);
    case "kms_key_ids":
      return interpolate(`var.${prefix}_managed_users ? ${given} : []`);
    default:
      return interpolate(given);
  }
}

function calls(modules: ReadyModules): Record<string, unknown> {
  return Object.fromEntries(
    [...modules].map(([type, { variable = {} }]) => [
      type,
      {
        source: `./modules/${type}`,
        count: interpolate(`contains(var.types, ${quote(type)}) ? 1 : 0`),
        ...Object.fromEntries(
          Object.keys(variable)
            .filter((name) => !STATEMENTS_OF_ONE_POLICY.includes(name))
            .map((name) => [name, argument(type, name)]),
        ),
      },
    ]),
  );
}

/** An expression: the variables that are set for types that `types` does not name. */
function unusedVariables(modules: ReadyModules): string {
  const unused = [...modules].flatMap(([type, { variable = {} }]) =>
    Object.entries(variable)
      .filter(([name]) => name.startsWith(`${variablePrefix(type)}_`))
      .map(([name, block]) => {
        const preset = JSON.stringify((block as { readonly default?: unknown }).default ?? null);
        return `[for name in [${quote(name)}] : name if !contains(var.types, ${quote(type)}) && jsonencode(var.${name}) != ${quote(preset)}]`;
      }),
  );
  return `nonsensitive(concat(${unused.join(", ")}))`;
}

const typesAreNamed = {
  assert: {
    condition: interpolate("length(local.unused_variables) == 0"),
    error_message:
      'No effect: ${join(", ", local.unused_variables)}. The database type of these variables is not in types. Add the type to types, or remove the variables.',
  },
};

function outputs(modules: ReadyModules): Record<string, unknown> {
  const description = (name: string): string => {
    const block = [...modules.values()].find(({ output }) => output?.[name] !== undefined);
    return String((block?.output?.[name] as { readonly description?: string }).description);
  };
  const having = (name: string): string[] =>
    [...modules].flatMap(([type, { output }]) => (output?.[name] === undefined ? [] : [type]));
  const names = new Set([...modules.values()].flatMap(({ output = {} }) => Object.keys(output)));
  names.delete(BOUNDARY);
  return Object.fromEntries(
    [...names].map((name) => {
      const types = having(name);
      return TEXTS.includes(name)
        ? [
            name,
            {
              value: interpolate(
                `merge(${types.map((type) => `{ for each in ${call(type)} : ${quote(type)} => each.${name} }`).join(", ")})`,
              ),
              description: `By type: ${description(name)}`,
            },
          ]
        : [
            name,
            {
              value: interpolate(
                `merge([for each in concat(${types.map(call).join(", ")}) : each.${name}]...)`,
              ),
              description: description(name),
            },
          ];
    }),
  );
}

/**
 * Returns the module at the root of the repository of modules. It calls each ready module that `types` names.
 *
 * Each type keeps the policy, the checks and the addresses of its own module, so adding or removing a type
 * changes no other type. For one policy with all types, compose a module.
 *
 * @param marker the comment that says how the files were generated
 * @returns the module's files by path
 */
export function rootModule(modules: ReadyModules, marker: string): ReadonlyMap<string, string> {
  const [first] = modules.values();
  const files: Readonly<Record<string, object>> = {
    "versions.tf.json": { terraform: first?.terraform },
    "variables.tf.json": { variable: variables(modules) },
    "main.tf.json": {
      locals: { unused_variables: interpolate(unusedVariables(modules)) },
      check: { types_are_named: typesAreNamed },
      module: calls(modules),
    },
    "outputs.tf.json": { output: outputs(modules) },
  };
  return new Map(
    Object.entries(files).map(([name, blocks]) => [name, prettyJson({ "//": marker, ...blocks })]),
  );
}
