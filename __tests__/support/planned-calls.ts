import { compose } from "../../lib/answers/compose";
import type { RoleModuleName } from "../../lib/inputs/module-definition";
import { moduleCall, OFFLINE_PROVIDER, type Plan, readyModule, TerraformRoot } from "./terraform";

/** A call of the module of all types, or of one that makes a role: values in HCL by argument. */
export interface Call {
  readonly module?: RoleModuleName;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Plans calls in one root, each with an output of its name.
 *
 * @param account the account of calls that name none
 * @param calls by name
 * @param outputs which outputs of the module of all types are in a call's output
 */
export function planCalls(
  account: string,
  calls: Readonly<Record<string, Call>>,
  outputs: readonly string[],
): Plan {
  const root = new TerraformRoot({});
  const all = root.addModule("all", compose({ types: ["all"] }));
  const ofRoles = ["teleport_token_rules"];
  root.write({
    "main.tf": [
      OFFLINE_PROVIDER,
      ...Object.entries(calls).map(([name, { module, values }]) =>
        moduleCall(name, module === undefined ? all : readyModule(module), {
          aws_account_id: JSON.stringify(account),
          ...values,
        }),
      ),
      ...Object.entries(calls).map(([name, { module }]) => {
        const entries = (module === undefined ? outputs : ofRoles).map(
          (output) => `${output} = module.${name}.${output}`,
        );
        return `output "${name}" {\n  value = { ${entries.join(", ")} }\n}\n`;
      }),
    ].join("\n"),
  });
  return root.init().plan();
}

/** The content of a call's output. */
export function outputsOf(plan: Plan, call: string): Readonly<Record<string, unknown>> {
  const value = plan.planned_values.outputs?.[call]?.value;
  if (value === undefined) throw new Error(`The plan knows no output of ${call}.`);
  return value as Readonly<Record<string, unknown>>;
}
