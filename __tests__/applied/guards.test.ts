/** What stops an apply before it creates or moves what it must not, on the AWS API. */
import { AwsApi } from "../support/aws-api";
import { accepted } from "../support/aws-api/call";
import { moduleCall, type Plan, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const account = { aws_account_id: '"123456789012"' };
const PENDING = "terraform_data.pending.output";

/** Calls that create a role of every kind, by the variables that name them. */
const roles = {
  service: ["rds", { create_service_role: "true", policy_name: '"service-policy"' }],
  access: [
    "redshift-serverless",
    { create_access_role: "true", policy_name: '"access-policy"', access_role_name: '"access"' },
  ],
  users: [
    "redshift",
    { create_user_roles: "true", create_policy: "false", redshift_user_role_names: '["reader"]' },
  ],
  policy: ["memorydb", { policy_name: '"databases"' }],
} as const;

/** What each of these calls is changed to: a new path, and one with a new name along with it. */
const changes = {
  service: [
    { service_role_name: '"team/teleport-db-service-role"' },
    { service_role_name: '"team/teleport-service"' },
    "service_role_name was created as /teleport-db-service-role and is now /team/teleport-db-service-role.",
  ],
  access: [
    { access_role_name: '"team/Access"' },
    { access_role_name: '"team/access-2"' },
    "access_role_name was created as /access and is now /team/Access.",
  ],
  users: [
    { user_role_path: '"/team/"' },
    { user_role_path: '"/team/"', redshift_user_role_names: '["analyst"]' },
    "redshift_user_role_names was created as /reader and is now /team/reader.",
  ],
  policy: [
    { policy_path: '"/team/"' },
    { policy_path: '"/team/"', policy_name: '"databases-2"' },
    "policy_name was created as /databases and is now /team/databases.",
  ],
} as const;

/** A role and a policy as a root may have them before it calls the module. */
const EXISTING = `
resource "aws_iam_policy" "limit" {
  name   = "limit"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
resource "aws_iam_role" "agent" {
  name                 = "agent"
  path                 = "/team/"
  description          = "The agent of team A."
  max_session_duration = 7200
  permissions_boundary = aws_iam_policy.limit.arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
resource "aws_iam_instance_profile" "agent" {
  name = "agent"
  path = "/team/"
  role = aws_iam_role.agent.name
}
`;

/** The role taken over by the module, with all that it is given. */
const ADOPTED = `${EXISTING.slice(0, EXISTING.indexOf('resource "aws_iam_role"'))}
${moduleCall("agent", readyModule("docdb"), {
  ...account,
  create_service_role: "true",
  service_role_name: '"team/agent"',
  service_role_description: '"The agent of team A."',
  service_role_max_session_duration: "7200",
  service_role_permissions_boundary_arn: "aws_iam_policy.limit.arn",
})}
moved {
  from = aws_iam_role.agent
  to   = module.agent.aws_iam_role.service[0]
}
moved {
  from = aws_iam_instance_profile.agent
  to   = module.agent.aws_iam_instance_profile.service[0]
}
`;

describeWithMoto()("guards, on an AWS API", () => {
  let api: AwsApi;
  let root: TerraformRoot;

  beforeAll(async () => {
    api = await AwsApi.start();
    root = new TerraformRoot({ "provider.tf": api.provider });
    root.write({ "main.tf": withRoles(() => ({})) + EXISTING });
    root.init();
    root.succeed("apply", "-auto-approve");
  });

  afterAll(() => {
    root.dispose();
    api.stop();
  });

  test("a new path under an old name is refused by a plan that says what to do", () => {
    root.write({ "main.tf": withRoles((call) => changes[call][0]) + EXISTING });
    const messages = errorsOf(root.run("plan", "-json").stdout);
    for (const [, , message] of Object.values(changes)) {
      expect(messages).toContainEqual(
        expect.stringContaining(
          `${message} IAM has a name once, whatever its path and case: give it another name along with the path, or keep both.`,
        ),
      );
    }
    expect(messages).toHaveLength(Object.keys(changes).length);
  });

  test("a new path with a new name is applied, and a role is taken over without a change", () => {
    root.write({ "main.tf": withRoles((call) => changes[call][1]) + ADOPTED });
    root.init();
    const { resource_changes: planned = [] } = root.plan();
    const ofAgent = planned.filter(({ address }) => address.startsWith("module.agent."));
    expect(
      Object.fromEntries(ofAgent.map(({ address, change }) => [address, change.actions])),
    ).toEqual({
      'module.agent.aws_iam_policy.database_access["merged"]': ["create"],
      'module.agent.aws_iam_policy_attachment.database_access["merged"]': ["create"],
      "module.agent.aws_iam_role.service[0]": ["no-op"],
      "module.agent.aws_iam_instance_profile.service[0]": ["no-op"],
      'module.agent.terraform_data.name["policy"]': ["create"],
      'module.agent.terraform_data.name["service_role"]': ["create"],
    });
    root.succeed("apply", "-auto-approve", "tfplan");
    expect(left(root.plan())).toEqual([]);
  });

  describe("what is wrong is not created", () => {
    let attempts: TerraformRoot;

    beforeAll(() => {
      attempts = new TerraformRoot({ "provider.tf": api.provider });
      const other = { service_account_id: '"210987654321"' };
      const unknown = { ...account, service_account_id: PENDING };
      attempts.write({
        "main.tf": [
          'resource "terraform_data" "pending" {\n  input = "210987654321"\n}\n',
          moduleCall("open-users", readyModule("keyspace"), {
            ...unknown,
            create_user_roles: "true",
            create_policy: "false",
            keyspace_user_role_names: '["open-user"]',
          }),
          moduleCall("open-access", readyModule("rds"), {
            ...unknown,
            create_access_role: "true",
            access_role_name: '"open-access"',
          }),
          moduleCall("empty", readyModule("opensearch"), {
            ...account,
            policy_name: '"empty"',
            opensearch_check_domain_url: "false",
            opensearch_user_role_names: "terraform_data.none.output",
          }),
          'resource "terraform_data" "none" {\n  input = tolist([])\n}\n',
          moduleCall("targeted", readyModule("dynamodb"), {
            ...account,
            ...other,
            create_user_roles: "true",
            dynamodb_user_role_names: '["open-target"]',
          }),
        ].join("\n"),
      });
      attempts.init();
    });

    afterAll(() => {
      attempts.dispose();
    });

    test("with an account ID that is known after apply, nor with what turns out empty", async () => {
      const from = (await api.calls()).length;
      const targets = ["open-users", "open-access", "empty"].map(
        (call) => `-target=module.${call}`,
      );
      const { stdout, status } = attempts.run("apply", "-auto-approve", "-json", ...targets);
      expect(status).toBe(1);
      const messages = [...new Set(errorsOf(stdout))].sort();
      expect(messages).toEqual([
        expect.stringMatching(
          /policy DatabaseAccess-keyspace: the Database Service's role is in account 210987654321, .*set external_id/,
        ),
        expect.stringMatching(
          /policy DatabaseAccess-rds: the Database Service's role is in account 210987654321, .*set external_id/,
        ),
        expect.stringMatching(/policy empty: the variables leave no statement in the policy/),
      ]);
      expect(await created(from)).toEqual([]);
    });

    test("with a target", async () => {
      const from = (await api.calls()).length;
      const target = '-target=module.targeted.aws_iam_role.user["dynamodb/open-target"]';
      const { stdout, status } = attempts.run("apply", "-auto-approve", "-json", target);
      expect(status).toBe(1);
      expect(errorsOf(stdout)).toEqual([expect.stringContaining("set external_id")]);
      expect(await created(from)).toEqual([]);
    });
  });

  test("what AWS refuses to create fails with AWS's error, and one of Terraform's at most", () => {
    const refused = new TerraformRoot({ "provider.tf": api.provider });
    try {
      refused.write({
        "main.tf": moduleCall("refused", readyModule("redshift"), {
          ...account,
          create_policy: "false",
          create_user_roles: "true",
          service_role_name: '"nobody"',
          redshift_user_role_names: '["refused-user"]',
        }),
      });
      refused.init();
      const errors = refused
        .run("apply", "-auto-approve", "-json")
        .stdout.split("\n")
        .filter((line) => line.includes('"severity":"error"'));
      expect(errors).toEqual([
        expect.stringContaining("Invalid principal in policy"),
        // Terraform's own, for the postcondition of what is not there.
        expect.stringContaining("Invalid index"),
      ]);
    } finally {
      refused.dispose();
    }
  });

  test("in the account of a forgotten provider, an apply fails and says what was forgotten", () => {
    const wrong = new TerraformRoot({ "provider.tf": api.provider });
    try {
      const other = { aws_account_id: '"999999999999"' };
      wrong.write({
        "main.tf": [
          moduleCall("access", readyModule("redshift"), {
            ...other,
            policy_name: '"wrong-access"',
            create_access_role: "true",
            access_role_name: '"wrong-access"',
          }),
          moduleCall("users", readyModule("redshift"), {
            ...other,
            create_policy: "false",
            create_user_roles: "true",
            redshift_user_role_names: '["wrong-user"]',
          }),
          moduleCall("boundary", readyModule("memorydb"), {
            ...other,
            policy_name: '"wrong"',
            create_access_role: "true",
            create_permissions_boundary: "true",
          }),
          moduleCall("service", readyModule("rds"), {
            aws_account_id: '"123456789012"',
            service_account_id: '"999999999999"',
            create_service_role: "true",
            policy_name: '"wrong-service"',
            service_role_name: '"wrong-service"',
          }),
          moduleCall("partition", readyModule("docdb"), {
            ...account,
            aws_partition: '"aws-cn"',
            policy_name: '"wrong-partition"',
          }),
        ].join("\n"),
      });
      wrong.init();
      const messages = errorsOf(wrong.run("apply", "-auto-approve", "-json").stdout);
      const refused: [string, string][] = [
        ["wrong-access", "account 999999999999 of partition aws"],
        ["DatabaseAccess-redshift", "account 999999999999 of partition aws"],
        ["wrong", "account 999999999999 of partition aws"],
        ["wrong-service", "account 999999999999 of partition aws"],
        ["wrong-partition", "account 123456789012 of partition aws-cn"],
      ];
      for (const [policy, place] of refused) {
        expect(messages).toContainEqual(
          expect.stringContaining(
            `policy ${policy}: it was created outside ${place}. Give the call the provider of that account (providers = { aws = aws.… }), or mend the account ID.`,
          ),
        );
      }
    } finally {
      wrong.dispose();
    }
  });

  /** The names of what the API created since a call, in their order. */
  async function created(from: number): Promise<string[]> {
    return (await api.calls(from))
      .filter((call) => accepted(call) && call.action.startsWith("Create"))
      .map(
        ({ action, parameters }) =>
          `${action} ${parameters.RoleName ?? parameters.PolicyName ?? ""}`,
      );
  }
});

/** The calls of `roles`, each with more values. */
function withRoles(more: (call: keyof typeof roles) => Readonly<Record<string, string>>): string {
  return (Object.keys(roles) as (keyof typeof roles)[])
    .map((call) => {
      const [type, values] = roles[call];
      return moduleCall(call, readyModule(type), { ...account, ...values, ...more(call) });
    })
    .join("\n");
}

/** The first paragraphs of the errors in the output of `-json`. */
function errorsOf(stdout: string): string[] {
  return stdout.split("\n").flatMap((line) => {
    if (line === "") return [];
    const { diagnostic } = JSON.parse(line) as {
      diagnostic?: { severity: string; detail: string };
    };
    return diagnostic?.severity === "error" ? [diagnostic.detail.split("\n\n")[0] ?? ""] : [];
  });
}

function left({ resource_changes: changes = [] }: Plan): string[] {
  return changes
    .filter(({ change }) => change.actions.some((action) => action !== "no-op"))
    .map(({ address }) => address);
}
