/**
 * What `terraform plan` says of ten kinds of change, for a reader who has never seen the module: the
 * table of docs/review.md, made again with real terraform. All are calls of one root.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { compose } from "../../lib/answers/compose";
import { Moto } from "../support/moto";
import { sections } from "../support/markdown";
import { moduleCall, PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

/** A call of the module: its types, and expressions by variable. */
interface Call {
  readonly types: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

interface Change {
  /** As the page's table names it. */
  readonly name: string;
  /** The outputs that the root passes on. */
  readonly outputs: readonly string[];
  readonly before: Call;
  readonly after: Call;
  /** What must be read in the changes to outputs: the Sids, and the ARNs or who is trusted. */
  readonly says: readonly string[];
  /** Sids of statements that the change does not touch, and whose outputs are shown. */
  readonly silent: readonly string[];
}

const REPORTS =
  '{ region = "us-east-1", resource_id = "db-ABCDEFGHIJKL01234567890123", user_name = "reports" }';
const rds: Call = {
  types: ["rds"],
  values: {
    attach_to_roles: "{ service = aws_iam_role.agent.name }",
    rds_database_users: `[${REPORTS}]`,
  },
};
const dynamodb: Call = {
  types: ["dynamodb"],
  values: { create_user_roles: "true", dynamodb_user_role_names: '["orders"]' },
};
const accessRole: Call = {
  types: ["rds"],
  values: {
    create_access_role: "true",
    service_account_id: '"210987654321"',
    external_id: '"first-secret"',
  },
};

const changes: readonly Change[] = [
  {
    name: "database added, ID known",
    outputs: ["statements"],
    before: rds,
    after: changed(rds, {
      rds_database_users: `[${REPORTS}, { region = "us-east-1", resource_id = "db-NEWABCDEFGHIJKL012345678", user_name = "reports" }]`,
    }),
    says: [
      "RDSConnect",
      "arn:aws:rds-db:us-east-1:123456789012:dbuser:db-NEWABCDEFGHIJKL012345678/reports",
    ],
    silent: ["RDSAutoEnableIAMAuth", "RDSFetchMetadata"],
  },
  {
    name: "database added, ID not known yet",
    outputs: ["statements"],
    before: rds,
    after: changed(rds, {
      rds_database_users: `[{ region = "us-east-1", resource_id = aws_db_instance.orders.resource_id, user_name = "reports" }, ${REPORTS}]`,
    }),
    says: ["RDSConnect", "(known after apply)"],
    silent: ["RDSAutoEnableIAMAuth", "RDSFetchMetadata"],
  },
  {
    name: "statement inserted",
    outputs: ["statements"],
    before: changed(rds, { rds_auto_enable_iam_auth: "false" }),
    after: rds,
    says: ["RDSAutoEnableIAMAuth", "rds:ModifyDBInstance"],
    silent: ["RDSConnect", "RDSFetchMetadata"],
  },
  {
    name: "statement narrowed",
    outputs: ["statements"],
    before: rds,
    after: changed(rds, {
      rds_instances: '[{ region = "us-east-1", instance_name = "orders" }]',
      rds_auto_enable_iam_auth: "true",
    }),
    says: ["RDSFetchMetadata", "arn:aws:rds:us-east-1:123456789012:db:orders"],
    silent: ["RDSConnect"],
  },
  {
    name: "statement switched off",
    outputs: ["statements"],
    before: rds,
    after: changed(rds, { rds_auto_enable_iam_auth: "false" }),
    says: ["RDSAutoEnableIAMAuth", "rds:ModifyDBInstance"],
    silent: ["RDSConnect", "RDSFetchMetadata"],
  },
  {
    name: "type added",
    outputs: ["statements"],
    before: rds,
    after: { ...rds, types: ["rds", "rdsproxy"] },
    says: ["RDSProxyConnect", "RDSProxyFetchMetadata"],
    silent: ["RDSConnect", "RDSAutoEnableIAMAuth", "RDSFetchMetadata"],
  },
  {
    name: "type removed",
    outputs: ["statements"],
    before: { ...rds, types: ["rds", "rdsproxy"] },
    after: rds,
    says: ["RDSProxyConnect", "RDSProxyFetchMetadata"],
    silent: ["RDSConnect", "RDSAutoEnableIAMAuth", "RDSFetchMetadata"],
  },
  {
    name: "role added",
    outputs: ["statements", "user_role_trust"],
    before: dynamodb,
    after: changed(dynamodb, { dynamodb_user_role_names: '["orders", "stock"]' }),
    says: ["DynamoDBConnectAsIAMRole", "arn:aws:iam::123456789012:role/stock"],
    silent: ["DynamoDBSessionTagging"],
  },
  {
    name: "trust changed",
    outputs: ["statements", "service_role_trust"],
    before: { ...rds, values: { create_service_role: "true" } },
    after: {
      ...rds,
      values: {
        create_service_role: "true",
        service_role_trust: '"ecs"',
        additional_service_role_trusts: '["ec2"]',
      },
    },
    says: ["ecs-tasks.amazonaws.com", "aws:SourceAccount"],
    silent: ["RDSConnect", "ec2.amazonaws.com"],
  },
  {
    name: "external ID changed",
    outputs: ["statements", "access_role_trust"],
    before: accessRole,
    after: changed(accessRole, { external_id: '"second-secret"' }),
    says: ["sts:ExternalId", "first-secret", "second-secret"],
    silent: ["RDSConnect"],
  },
];

const [, page = ""] = fs
  .readFileSync(path.join(PROJECT, "docs", "review.md"), "utf8")
  .split("## What the plan itself says\n");
const blocks = [...page.matchAll(/^\*\*(.*?)\*\*[^\n]*\n\n```text\n(.*?)^```$/gms)];

describeWithMoto()("the plan of a change", () => {
  let shown: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const moto = await Moto.start();
    const root = new TerraformRoot({ "provider.tf": moto.provider, "agent.tf": AGENT });
    try {
      changes.forEach(({ before, outputs }, index) => {
        writeCall(root, index, before, outputs);
      });
      root.init();
      root.succeed("apply", "-auto-approve");
      root.write({ "database.tf": DATABASE });
      changes.forEach(({ after, outputs }, index) => {
        writeCall(root, index, after, outputs);
      });
      root.init();
      shown = changesToOutputs(root.succeed("plan"));
    } finally {
      root.dispose();
      moto.stop();
    }
  });

  describe.each(changes)("$name", ({ name, says, silent }) => {
    test("says under its Sid what it grants or takes away", () => {
      const text = shown.get(name) ?? "";
      expect(says.filter((word) => !text.includes(word))).toEqual([]);
    });

    test("shows no statement that it does not touch", () => {
      const text = shown.get(name) ?? "";
      expect(text).not.toBe("");
      expect(silent.filter((word) => text.includes(word))).toEqual([]);
    });

    test("is on the page as it is", () => {
      const block = blocks.find(([, title]) => title === name);
      expect(block?.[2]).toBe(shown.get(name));
    });
  });

  test("the page's table has the ten, each with a line of its plan", () => {
    const [table = []] = sections(`# Plan\n${page}`)[0]?.tables ?? [];
    expect(table.map(({ Change: name }) => name)).toEqual(changes.map(({ name }) => name));
    for (const { Change: name = "", "What the plan says": line = "" } of table) {
      const lines = (shown.get(name) ?? "").replaceAll(/ +/g, " ").split("\n");
      for (const part of line.split("\n")) {
        expect(lines.filter((one) => one.includes(part.trim()))).not.toEqual([]);
      }
    }
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

/** Writes a change's call, with names of its own, and the outputs that the root passes on. */
function writeCall(
  root: TerraformRoot,
  index: number,
  { types, values }: Call,
  outputs: readonly string[],
): void {
  const name = callName(index);
  const source = root.addModule(types.join("-"), compose({ types }));
  const own = (variable: string): Record<string, string> =>
    values[`create_${variable}`] === undefined
      ? {}
      : { [`${variable}_name`]: JSON.stringify(`${name}-${variable}`) };
  root.write({
    [`${name}.tf`]: [
      moduleCall(name, source, {
        aws_account_id: '"123456789012"',
        policy_name: JSON.stringify(name),
        ...own("service_role"),
        ...own("access_role"),
        ...values,
      }),
      ...outputs.map(
        (output) => `output "${name}_${output}" {\n  value = module.${name}.${output}\n}\n`,
      ),
    ].join("\n"),
  });
}

function callName(index: number): string {
  return `change-${String(index)}`;
}

/** The part of "Changes to Outputs" that belongs to each change, with the outputs' own names. */
function changesToOutputs(plan: string): ReadonlyMap<string, string> {
  const [, text = ""] = plan.split("Changes to Outputs:\n");
  const entries = text.split(/^(?= {2}[-+~] change-)/m);
  return new Map(
    changes.map(({ name, outputs }, index) => [
      name,
      entries
        .flatMap((entry) => {
          const output = outputs.find((each) => entry.includes(` ${callName(index)}_${each} `));
          if (output === undefined) return [];
          const [own = ""] = /^.*?^ {4}[\]}]$/ms.exec(entry) ?? [];
          return [`${own.replace(`${callName(index)}_`, "")}\n`];
        })
        .join(""),
    ]),
  );
}
