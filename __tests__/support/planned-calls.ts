import { compose } from "../../lib/answers/compose";
import { moduleCall, OFFLINE_PROVIDER, type Plan, TerraformRoot } from "./terraform";

/**
 * Plans calls of the module of all types in one root, each with an output of its name.
 *
 * @param account the account of the databases
 * @param calls values by argument, of each call
 * @param outputs of the module: what each output has, by name
 * @returns the root, to dispose of, and its plan
 */
export function planCalls(
  account: string,
  calls: Readonly<Record<string, Readonly<Record<string, string>>>>,
  outputs: Readonly<Record<string, string>>,
): { readonly root: TerraformRoot; readonly plan: Plan } {
  const root = new TerraformRoot({});
  const all = root.addModule("all", compose({ types: ["all"] }));
  const entries = (call: string): string =>
    Object.entries(outputs)
      .map(([name, output]) => `${name} = module.${call}.${output}`)
      .join(", ");
  root.write({
    "main.tf": [
      OFFLINE_PROVIDER,
      ...Object.entries(calls).map(([name, values]) =>
        moduleCall(name, all, { aws_account_id: JSON.stringify(account), ...values }),
      ),
      ...Object.keys(calls).map(
        (name) => `output "${name}" {\n  value = { ${entries(name)} }\n}\n`,
      ),
    ].join("\n"),
  });
  return { root, plan: root.init().plan() };
}
