/** Modules without their resources, held to what real terraform plans of the modules as they are. */
import * as path from "node:path";
import { compose } from "../../lib/answers/compose";
import type { Files } from "../../lib/files/module-files";
import { evaluateModules } from "../../release/evaluated-module";
import { moduleBlocks } from "../../lib/files/module-blocks";
import { situations } from "../../release/situations";
import {
  moduleCall,
  OFFLINE_PROVIDER,
  type Plan,
  plannedResources,
  PROJECT,
  readFolder,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const fixture = path.join(PROJECT, "__tests__", "fixtures", "modules-0.1.0", "composed");
const first: Files = new Map(Object.entries(readFolder(fixture)));
const now = compose({ types: ["elasticache", "redshift"] });

/** The calls that both versions plan: one of them is refused since 0.1.0. */
const cases = situations(moduleBlocks(first), moduleBlocks(compose({ types: ["rds", "redshift"] })))
  .filter(({ title }) => title !== "that creates user roles without naming them")
  .flatMap((situation) => [
    [`0.1.0, a call ${situation.title}`, first, situation.values] as const,
    [`now, a call ${situation.title}`, now, situation.values] as const,
  ]);

describeWithTerraform()("an evaluated module", () => {
  let root: TerraformRoot;
  let plan: Plan;
  const evaluated = evaluateModules(cases.map(([, module, values]) => ({ module, values })));

  beforeAll(() => {
    root = new TerraformRoot({ "provider.tf": OFFLINE_PROVIDER });
    const sources = [first, now].map((module, index) =>
      root.addModule(`m${String(index)}`, module),
    );
    const calls = cases.map(([, module, values], index) => {
      const known = Object.entries(values).filter(([name]) => moduleBlocks(module).variable[name]);
      const expressions = known.map(([name, value]) => [name, JSON.stringify(value)] as const);
      return [
        moduleCall(
          `call-${String(index)}`,
          sources[[first, now].indexOf(module)] ?? "",
          Object.fromEntries(expressions),
        ),
        ...["policy_json", "permissions_boundary_json", "user_role_trust_policies"].map(
          (name) =>
            `output "${name}-${String(index)}" {\n  value = module.call-${String(index)}.${name}\n}\n`,
        ),
      ].join("");
    });
    root.write({ "main.tf": calls.join("\n") });
    root.init();
    plan = root.plan();
  });

  afterAll(() => {
    root.dispose();
  });

  test.each(cases.map(([title], index) => [title, index] as const))("%s", (_, index) => {
    const found = evaluated?.[index];
    const output = (name: string) =>
      plan.planned_values.outputs?.[`${name}-${String(index)}`]?.value as string;
    expect(found?.documents.policy).toEqual(JSON.parse(output("policy_json")));
    expect(found?.documents.boundary).toEqual(JSON.parse(output("permissions_boundary_json")));
    const ofRoles = output("user_role_trust_policies") as unknown as Record<string, string>;
    for (const [type, text] of Object.entries(ofRoles)) {
      expect(found?.documents[`trust of the user roles of ${type}`]).toEqual(JSON.parse(text));
    }
    for (const role of ["service", "access"]) {
      for (const [, values] of plannedResources(
        plan,
        `call-${String(index)}`,
        `aws_iam_role.${role}`,
      )) {
        expect(found?.documents[`trust of the ${role} role`]).toEqual(
          JSON.parse(values.assume_role_policy as string),
        );
      }
    }
    const prefix = `module.call-${String(index)}.`;
    const planned = (plan.resource_changes ?? [])
      .filter(({ address }) => address.startsWith(prefix))
      .map(({ address }) => address.slice(prefix.length));
    expect(planned.length).toBeGreaterThan(0);
    expect([...(found?.addresses ?? [])].sort()).toEqual(planned.sort());
  });
});
