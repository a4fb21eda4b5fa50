/** Modules evaluated without their resources, compared with real plans of the same calls. */
import { compose } from "../../lib/answers/compose";
import { moduleBlocks } from "../../lib/files/module-blocks";
import { evaluateModules, type EvaluatedModule } from "../../release/evaluated-module";
import { situations } from "../../release/situations";
import {
  moduleCall,
  OFFLINE_PROVIDER,
  type Plan,
  PROJECT,
  readFolder,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const ready = (name: string) => new Map(Object.entries(readFolder(`${PROJECT}/modules/${name}`)));
const modules = {
  composed: compose({ types: ["elasticache", "redshift"] }),
  "service-role": ready("service-role"),
  "access-role": ready("access-role"),
};

const cases = Object.entries(modules).flatMap(([name, module]) => {
  const blocks = moduleBlocks(module);
  return (
    situations(blocks, blocks)
      // Nobody could assume that role: the plan refuses it.
      .filter(
        ({ values }) =>
          name !== "service-role" || Object.keys(values).some((each) => each.startsWith("trust_")),
      )
      .map(({ title, values }) => ({ name, title, module, values }))
  );
});

describeWithTerraform()("an evaluated module", () => {
  let root: TerraformRoot;
  let plan: Plan;
  let evaluated: readonly EvaluatedModule[];

  beforeAll(() => {
    evaluated = evaluateModules(cases);
    root = new TerraformRoot({ "provider.tf": OFFLINE_PROVIDER });
    const sources = Object.fromEntries(
      Object.entries(modules).map(([name, module]) => [name, root.addModule(name, module)]),
    );
    const calls = cases.map(({ name, module, values }, index) => {
      const call = `call-${String(index)}`;
      const known = Object.entries(values).filter(
        ([variable]) => moduleBlocks(module).variable[variable],
      );
      const expressions = known.map(([each, value]) => [each, JSON.stringify(value)] as const);
      return [
        moduleCall(call, sources[name] ?? "", Object.fromEntries(expressions)),
        ...["policy_json", "permissions_boundary_json"]
          .filter(() => name === "composed")
          .map((each) => `output "${each}-${call}" {\n  value = module.${call}.${each}\n}\n`),
      ].join("");
    });
    root.write({ "main.tf": calls.join("\n") });
    root.init();
    plan = root.plan();
  });

  test.each(cases.map(({ name, title }, index) => [name, title, index] as const))(
    "%s, a call %s",
    (name, _, index) => {
      const prefix = `module.call-${String(index)}.`;
      const planned = (plan.resource_changes ?? [])
        .filter(({ address }) => address.startsWith(prefix))
        .map(({ address, change }) => [address.slice(prefix.length), change.after] as const)
        .filter(([address]) => !address.startsWith("terraform_data."));
      expect(planned.length).toBeGreaterThan(0);
      const { addresses, documents } = evaluated[index] ?? { addresses: [], documents: {} };
      expect([...addresses].sort()).toEqual(planned.map(([address]) => address).sort());
      const expected: Record<string, unknown> = {};
      const put = (document: string, json: unknown): void => {
        expected[document] = JSON.parse(json as string);
      };
      const output = (each: string) =>
        plan.planned_values.outputs?.[`${each}-call-${String(index)}`]?.value;
      if (name === "composed") {
        put("policy", output("policy_json"));
        put("boundary", output("permissions_boundary_json"));
      }
      for (const [address, values] of planned) {
        const [, role, type] =
          /^aws_iam_role\.(service|access|user)(?:\["([^/]*))?/.exec(address) ?? [];
        if (role !== undefined) {
          const of = type === undefined ? `${role} role` : `user roles of ${type}`;
          put(`trust of the ${of}`, values?.assume_role_policy);
        }
        if (address.startsWith("aws_iam_role_policy.assume_roles")) put("policy", values?.policy);
      }
      expect(Object.keys(expected)).not.toEqual([]);
      expect(documents).toMatchObject(expected);
    },
  );
});
