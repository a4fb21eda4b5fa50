/**
 * The output of `terraform plan` for seven kinds of change, for a reader who has never seen the module, in a
 * root without outputs: the Sid, and the ARN, of what is granted or taken away. All are calls of one root.
 */
import { compose } from "../../lib/answers/compose";
import { Moto } from "../support/moto";
import { ProviderProcess } from "../support/provider-process";
import { moduleCall, readFolder, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const ACCOUNT = "210987654321";

/** A call of a module: its types or the folder of a role module, and expressions by variable. */
interface Call {
  readonly types: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

interface Change {
  readonly name: string;
  readonly before: Call;
  readonly after: Call;
  /** Text that the plan must show: the Sids, and the ARNs or who is trusted. */
  readonly says: readonly string[];
  /** Sids that the change does not touch: they are not in the changed values of terraform_data. */
  readonly silent: readonly string[];
}

const REPORTS =
  '{ region = "us-east-1", resource_id = "db-ABCDEFGHIJKL01234567890123", user_name = "reports" }';
const rds: Call = {
  types: ["rds"],
  values: {
    attach_to_roles: "{ service = aws_iam_role.agent.id }",
    rds_database_users: `[${REPORTS}]`,
  },
};
const dynamodb: Call = {
  types: ["dynamodb"],
  values: {
    create_user_roles: "true",
    trusted_principals: "[aws_iam_role.agent.arn]",
    dynamodb_user_role_names: '["orders"]',
  },
};
const serviceRole: Call = { types: ["service-role"], values: { trust_ec2: "true" } };
const accessRole: Call = {
  types: ["access-role"],
  values: {
    trusted_principals: '["arn:aws:iam::333333333333:root"]',
    external_ids: '["first-id"]',
  },
};

const changes: readonly Change[] = [
  {
    name: "database added, ID known",
    before: rds,
    after: changed(rds, {
      rds_database_users: `[${REPORTS}, { region = "us-east-1", resource_id = "db-NEWABCDEFGHIJKL012345678", user_name = "reports" }]`,
    }),
    says: [
      "RDSConnect",
      "arn:aws:rds-db:us-east-1:210987654321:dbuser:db-NEWABCDEFGHIJKL012345678/reports",
    ],
    silent: ["RDSAutoEnableIAMAuth", "RDSFetchMetadata"],
  },
  {
    name: "database added, ID not known yet",
    before: rds,
    after: changed(rds, {
      rds_database_users: `[{ region = "us-east-1", resource_id = aws_db_instance.orders.resource_id, user_name = "reports" }, ${REPORTS}]`,
    }),
    says: ["RDSConnect", "(known after apply)"],
    silent: ["RDSAutoEnableIAMAuth", "RDSFetchMetadata"],
  },
  {
    name: "statement narrowed",
    before: rds,
    after: changed(rds, {
      rds_instances: '[{ region = "us-east-1", instance_name = "orders" }]',
      rds_auto_enable_iam_auth: "true",
    }),
    says: ["RDSFetchMetadata", "arn:aws:rds:us-east-1:210987654321:db:orders"],
    silent: ["RDSConnect"],
  },
  {
    name: "type added",
    before: rds,
    after: { ...rds, types: ["rds", "rdsproxy"] },
    says: ["RDSProxyConnect", "RDSProxyFetchMetadata"],
    silent: ["RDSConnect", "RDSAutoEnableIAMAuth", "RDSFetchMetadata"],
  },
  {
    name: "role added",
    before: dynamodb,
    after: changed(dynamodb, { dynamodb_user_role_names: '["orders", "stock"]' }),
    says: ["DynamoDBConnectAsIAMRole", "-stock"],
    silent: ["DynamoDBSessionTagging"],
  },
  {
    name: "trust changed",
    before: serviceRole,
    after: { ...serviceRole, values: { trust_ec2: "true", trust_ecs: "true" } },
    says: ["ecs-tasks.amazonaws.com", "aws:SourceAccount"],
    silent: [],
  },
  {
    name: "external ID changed",
    before: accessRole,
    after: changed(accessRole, { external_ids: '["second-id"]' }),
    says: ["sts:ExternalId", "first-id", "second-id"],
    silent: [],
  },
];

describeWithMoto()("the plan of a change", () => {
  let plan: string;

  beforeAll(async () => {
    const moto = await Moto.start({ account: ACCOUNT });
    const root = new TerraformRoot({ "provider.tf": moto.provider, "agent.tf": AGENT });
    let provider: ProviderProcess | undefined;
    try {
      changes.forEach(({ before }, index) => {
        writeCall(root, index, before);
      });
      root.init();
      provider = await ProviderProcess.attach(root);
      root.succeed("apply", "-auto-approve");
      root.write({ "database.tf": DATABASE });
      changes.forEach(({ after }, index) => {
        writeCall(root, index, after);
      });
      root.init();
      plan = root.succeed("plan");
    } finally {
      provider?.stop();
      moto.stop();
    }
  });

  test("has no outputs to read it from", () => {
    expect(plan).not.toContain("Changes to Outputs");
  });

  describe.each(changes)("$name", ({ name, says, silent }) => {
    test("says under its Sid what it grants or takes away", () => {
      const text = resourcesOf(plan, name).join("\n");
      expect(says.filter((word) => !text.includes(word))).toEqual([]);
    });

    test("shows no statement that it does not touch", () => {
      const [text = ""] = resourcesOf(plan, name).filter((resource) =>
        resource.includes("terraform_data.statements"),
      );
      expect(silent.length > 0 && text === "").toBe(false);
      expect(silent.filter((word) => text.includes(word))).toEqual([]);
    });
  });
});

/** A role for the policies to be attached to. */
const AGENT = `
resource "aws_iam_role" "agent" {
  name               = "teleport-agent"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
`;

/** A database that is not there yet. */
const DATABASE = `
resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t3.micro"
  allocated_storage = 20
  username          = "postgres"
  password          = "not-used-by-teleport"
}
`;

function changed(call: Call, values: Call["values"]): Call {
  return { ...call, values: { ...call.values, ...values } };
}

/** Writes a change's call, with names of its own. */
function writeCall(root: TerraformRoot, index: number, { types, values }: Call): void {
  const name = callName(index);
  const [first = ""] = types;
  const isRole = first.endsWith("-role");
  const files = isRole
    ? new Map(Object.entries(readFolder(readyModule(first))))
    : compose({ types });
  const source = root.addModule(types.join("-"), files);
  root.write({
    [`${name}.tf`]: moduleCall(name, source, {
      aws_account_id: `"${ACCOUNT}"`,
      [isRole ? "role_name" : "policy_name"]: JSON.stringify(name),
      ...Object.fromEntries(
        Object.entries(values).map(([key, value]) => [
          key,
          // Names of roles are unique in an account.
          key.endsWith("_user_role_names") ? value.replaceAll(/"(\w+)"/g, `"${name}-$1"`) : value,
        ]),
      ),
    }),
  });
}

function callName(index: number): string {
  return `change-${String(index)}`;
}

/** The parts of a plan about the resources of a change's call. */
function resourcesOf(plan: string, change: string): string[] {
  const call = callName(changes.findIndex(({ name }) => name === change));
  return plan.split(/^(?= {2}# )/m).filter((part) => part.startsWith(`  # module.${call}.`));
}
