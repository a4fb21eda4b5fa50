/** What the modules put out for Teleport's own resources: join tokens and roles. */
import { compose } from "../../lib/commands/compose/compose";
import { moduleCall, OFFLINE_PROVIDER, type Plan, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const DATABASES = "123456789012";
const SERVICE = "210987654321";

/** Module calls by name; the values are HCL. */
const calls: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  defaults: {},
  paths: {
    service_role_name: '"team/db/teleport"',
    access_role_name: '"team/access"',
    create_access_role: "true",
    attach_to_roles: '{ other = "other" }',
    service_account_id: `"${SERVICE}"`,
    external_id: '"example-external-id"',
  },
  hop: {
    aws_partition: '"aws-us-gov"',
    attach_to_roles: '{ agent = "agent" }',
    assume_role_arns: `["arn:aws-us-gov:iam::${SERVICE}:role/team/access"]`,
  },
};

const session = (account: string, name: string, partition = "aws"): object => ({
  aws_account: account,
  aws_arn: `arn:${partition}:sts::${account}:assumed-role/${name}/*`,
});

const tokenRules: Readonly<Record<string, object>> = {
  defaults: {
    service_role: session(DATABASES, "teleport-db-service-role"),
    access_role: null,
    attach_to_roles: {},
    assume_role_arns: [],
  },
  // The access role has the policies, so what is attached to is in its account.
  paths: {
    service_role: session(SERVICE, "teleport"),
    access_role: session(DATABASES, "access"),
    attach_to_roles: { other: session(DATABASES, "other") },
    assume_role_arns: [],
  },
  hop: {
    service_role: session(DATABASES, "teleport-db-service-role", "aws-us-gov"),
    access_role: null,
    attach_to_roles: { agent: session(DATABASES, "agent", "aws-us-gov") },
    assume_role_arns: [session(SERVICE, "access", "aws-us-gov")],
  },
};

describeWithTerraform()("outputs for Teleport's resources", () => {
  let root: TerraformRoot;
  let plan: Plan;

  beforeAll(() => {
    root = new TerraformRoot({});
    const all = root.addModule("all", compose({ types: ["all"] }));
    root.write({
      "main.tf": [
        OFFLINE_PROVIDER,
        ...Object.entries(calls).map(([name, values]) =>
          moduleCall(name, all, { aws_account_id: `"${DATABASES}"`, ...values }),
        ),
        ...Object.keys(calls).map(
          (name) =>
            `output "${name}" {\n  value = { token_rules = module.${name}.teleport_token_rules }\n}\n`,
        ),
      ].join("\n"),
    });
    plan = root.init().plan();
  });

  afterAll(() => {
    root.dispose();
  });

  test.each(Object.keys(tokenRules))("join tokens allow the sessions of the roles: %s", (call) => {
    expect(outputs(call).token_rules).toEqual(tokenRules[call]);
  });

  function outputs(call: string): Readonly<Record<string, unknown>> {
    return plan.planned_values.outputs?.[call]?.value as Readonly<Record<string, unknown>>;
  }
});
