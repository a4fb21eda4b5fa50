/**
 * Reviews of plans that real terraform makes: one configuration is applied on moto, changed, and
 * planned again. The configuration before and after stands side by side below.
 */
import { reviewPlan } from "../../lib/review";
import type { Report, ReportItem } from "../../lib/review/report/report";
import { Moto } from "../support/moto";
import { readyModule, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const allow = (statement: string): string =>
  `jsonencode({ Version = "2012-10-17", Statement = [${statement}] })`;

const EC2 = 'Principal = { Service = "ec2.amazonaws.com" }';
const trust = (principal: string, rest = ""): string =>
  allow(`{ Effect = "Allow", Action = "sts:AssumeRole", ${principal}${rest} }`);

const policy = (name: string, document: string, rest = ""): string => `
resource "aws_iam_policy" "${name}" {
  name   = "${name}"
  policy = ${document}
  ${rest}
}`;

const role = (name: string, rest: string, document = trust(EC2)): string => `
resource "aws_iam_role" "${name}" {
  name               = "${name}"
  assume_role_policy = ${document}
  ${rest}
}`;

const attachment = (name: string, to: string, what: string): string => `
resource "aws_iam_role_policy_attachment" "${name}" {
  role       = aws_iam_role.${to}.name
  policy_arn = ${what}
}`;

const redshift = (name: string, roles: string, rest = ""): string => `
module "${name}" {
  source                   = "${readyModule("redshift")}"
  aws_account_id           = "123456789012"
  redshift_user_role_names = ${roles}
  attach_to_roles          = { service = aws_iam_role.service.name }
  ${rest}
}`;

const S3_ALL = '{ Sid = "Files", Effect = "Allow", Action = "s3:*", Resource = "*" }';
const S3_GET = '{ Sid = "Files", Effect = "Allow", Action = "s3:Get*", Resource = "*" }';
const DENY = '{ Sid = "Guard", Effect = "Deny", Action = "s3:Delete*", Resource = "*" }';
const MFA = 'Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }';
const EXTERNAL_ID = ', Condition = { StringEquals = { "sts:ExternalId" = "agreed" } }';

/** Each change on its own: what it is, and the configuration before and after. */
const CHANGES: Record<string, { before: string; after: string }> = {
  "one of our modules, renamed with moved and widened": {
    before: redshift("old", '["analyst"]'),
    after: `${redshift("new", '["analyst", "admin"]')}
      moved {
        from = module.old
        to   = module.new
      }`,
  },
  "a data source with count, narrowed and one fewer": {
    before: counted(2, '"rds:*"'),
    after: counted(1, '"rds:Describe*"'),
  },
  "for_each with one key gone and one new": {
    before: keyed('["gone", "kept"]'),
    after: keyed('["kept", "new"]'),
  },
  "a policy that is known only after apply": {
    before: policy("later", allow(S3_GET)),
    after: `resource "terraform_data" "later" { input = "x" }
      ${policy("later", allow('{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${terraform_data.later.output}/*" }'))}`,
  },
  "a sensitive policy": {
    before: policy(
      "secret",
      allow(
        '{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${var.secret}/*" }',
      ),
    ),
    after: policy(
      "secret",
      allow(
        '{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${var.secret}/more/*" }',
      ),
    ),
  },
  "a sensitive policy of which only a tag changes": {
    before: policy(
      "tagged",
      allow(
        '{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${var.secret}/*" }',
      ),
    ),
    after: policy(
      "tagged",
      allow(
        '{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${var.secret}/*" }',
      ),
      'tags = { a = "b" }',
    ),
  },
  "a lost Deny": {
    before: policy("guarded", allow(`${S3_GET}, ${DENY}`)),
    after: policy("guarded", allow(S3_GET)),
  },
  "a lost condition": {
    before: policy(
      "conditional",
      allow(`{ Sid = "Mfa", Effect = "Allow", Action = "s3:GetObject", Resource = "*", ${MFA} }`),
    ),
    after: policy(
      "conditional",
      allow('{ Sid = "Mfa", Effect = "Allow", Action = "s3:GetObject", Resource = "*" }'),
    ),
  },
  "a statement under another Sid": {
    before: policy(
      "renamed",
      allow('{ Sid = "Old", Effect = "Allow", Action = "s3:GetObject", Resource = "*" }'),
    ),
    after: policy(
      "renamed",
      allow('{ Sid = "New", Effect = "Allow", Action = "s3:GetObject", Resource = "*" }'),
    ),
  },
  "two statements written as one": {
    before: policy(
      "rewritten",
      allow(
        '{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }, { Effect = "Allow", Action = "s3:PutObject", Resource = "*" }',
      ),
    ),
    after: policy(
      "rewritten",
      allow('{ Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "*" }'),
    ),
  },
  "a new principal": {
    before: role("trusting", "", trust('Principal = { AWS = "arn:aws:iam::123456789012:root" }')),
    after: role(
      "trusting",
      "",
      trust(
        'Principal = { AWS = ["arn:aws:iam::123456789012:root", "arn:aws:iam::999999999999:root"] }',
      ),
    ),
  },
  "an external ID that is now demanded": {
    before: role("external", "", trust('Principal = { AWS = "999999999999" }')),
    after: role("external", "", trust('Principal = { AWS = "999999999999" }', EXTERNAL_ID)),
  },
  "a lost boundary": {
    before: role("bounded", "permissions_boundary = aws_iam_policy.boundary.arn"),
    after: role("bounded", ""),
  },
  "a new boundary": {
    before: role("unbounded", ""),
    after: role("unbounded", "permissions_boundary = aws_iam_policy.boundary.arn"),
  },
  "an inline_policy block, widened": {
    before: role("blocks", `inline_policy {\n name = "files"\n policy = ${allow(S3_GET)}\n }`),
    after: role("blocks", `inline_policy {\n name = "files"\n policy = ${allow(S3_ALL)}\n }`),
  },
  "an inline policy that goes to another role": {
    before: inline("service"),
    after: inline("other"),
  },
  "a policy newly attached, one detached, and one that changes its resource": {
    before: `${attachment("detached", "service", "aws_iam_policy.boundary.arn")}
      ${attachment("first", "other", "aws_iam_policy.boundary.arn")}
      ${attachment("managed", "service", '"arn:aws:iam::aws:policy/ReadOnlyAccess"')}`,
    after: `${attachment("attached", "service", '"arn:aws:iam::aws:policy/SecurityAudit"')}
      ${attachment("second", "other", "aws_iam_policy.boundary.arn")}`,
  },
  "one of our modules, narrowed to a database that is created in the same plan": {
    before: "",
    after: `resource "terraform_data" "database" { input = "db-NEW" }
      ${role("narrowed", "")}
      module "narrowed" {
        source             = "${readyModule("rds")}"
        aws_account_id     = "210987654321"
        policy_name        = "narrowed"
        attach_to_roles    = { service = aws_iam_role.narrowed.name }
        rds_database_users = [{
          region      = "eu-west-3"
          resource_id = terraform_data.database.output
          user_name   = "teleport"
        }]
      }`,
  },
  "a role that is destroyed with all it has": {
    before: `${role("doomed", "permissions_boundary = aws_iam_policy.boundary.arn")}
      ${attachment("doomed", "doomed", '"arn:aws:iam::aws:policy/ReadOnlyAccess"')}`,
    after: "",
  },
};

const SHARED = `
terraform {
  required_version = ">= 1.5.0"
}
variable "secret" {
  default   = "do-not-show-this"
  sensitive = true
}
${role("service", "")}
${role("other", "")}
${policy("boundary", allow(S3_ALL))}`;

function counted(count: number, action: string): string {
  return `
data "aws_iam_policy_document" "counted" {
  count = ${String(count)}
  statement {
    sid       = "Databases"
    actions   = [${action}]
    resources = ["*"]
  }
}
resource "aws_iam_policy" "counted" {
  count  = ${String(count)}
  name   = "counted-\${count.index}"
  policy = data.aws_iam_policy_document.counted[count.index].json
}`;
}

function keyed(keys: string): string {
  return `
resource "aws_iam_policy" "keyed" {
  for_each = toset(${keys})
  name     = "keyed-\${each.key}"
  policy   = ${allow(S3_GET)}
}`;
}

function inline(to: string): string {
  return `
resource "aws_iam_role_policy" "inline" {
  name   = "inline"
  role   = aws_iam_role.${to}.name
  policy = ${allow(S3_GET)}
}`;
}

describeWithMoto()("reviews of real plans", () => {
  let moto: Moto;
  let root: TerraformRoot;
  let first: Report;
  let second: Report;
  let third: Report;
  let shown: string;

  beforeAll(async () => {
    moto = await Moto.start({ managedPolicies: true });
    const configuration = (side: "before" | "after"): Record<string, string> => ({
      "main.tf": [
        moto.provider,
        SHARED,
        ...Object.values(CHANGES).map((change) => change[side]),
      ].join("\n"),
    });
    root = new TerraformRoot(configuration("before")).init();
    const report = (): Report => {
      shown = JSON.stringify(root.plan());
      return reviewPlan(shown, "plan");
    };
    first = report();
    root.succeed("apply", "-auto-approve", "tfplan");
    third = report();
    root.write(configuration("after"));
    root.succeed("init", "-backend=false");
    second = report();
  }, 300000);

  afterAll(() => {
    moto.stop();
    root.dispose();
  });

  test("what is created is broadened, but for what is sensitive", () => {
    expect(first.broadens).toBe(true);
    expect(first.unknown).toBe(true);
    expect(first.items.filter(({ verdict }) => verdict !== "broadened").map(summary)).toEqual([
      // Its Deny narrows what the other policies of its holders allow.
      "aws_iam_policy.guarded, managed policy: both, granted Files, granted Guard",
      "aws_iam_policy.secret, managed policy: unknown",
      "aws_iam_policy.tagged, managed policy: unknown",
    ]);
  });

  test("a plan without changes is unchanged", () => {
    expect(third.verdict).toBe("unchanged");
    expect(third.items).toEqual([]);
    expect(third.documents).toBeGreaterThan(20);
  });

  test("each change has its verdict, and nothing else is named", () => {
    expect(second.verdict).toBe("both");
    expect(second.items.map(summary).sort()).toEqual(
      [
        // Its only role loses other policies, and items have the verdict of their holders.
        "module.new.aws_iam_policy.database_access[0], managed policy: both, granted RedshiftConnectAsIAMRole",
        "aws_iam_policy.counted[0], managed policy: narrowed, changed Databases",
        "aws_iam_policy.counted[1], managed policy: narrowed, removed Databases",
        'aws_iam_policy.keyed["gone"], managed policy: narrowed, removed Files',
        'aws_iam_policy.keyed["new"], managed policy: broadened, granted Files',
        "aws_iam_policy.later, managed policy: broadened",
        "aws_iam_policy.secret, managed policy: unknown",
        "aws_iam_policy.guarded, managed policy: broadened, removed Guard",
        "aws_iam_policy.conditional, managed policy: broadened, changed Mfa",
        "aws_iam_policy.renamed, managed policy: unchanged, moved New",
        "aws_iam_policy.rewritten, managed policy: unchanged, granted , removed ",
        "aws_iam_role.trusting, trust policy: broadened, granted ",
        "aws_iam_role.external, trust policy: narrowed, changed ",
        "aws_iam_role.bounded, permissions boundary: broadened",
        "aws_iam_role.unbounded, permissions boundary: narrowed",
        "aws_iam_role.blocks, inline policy files: broadened, changed Files",
        "aws_iam_role_policy.inline, inline policy: both, removed Files, granted Files",
        "aws_iam_role_policy_attachment.attached, attachment: both",
        "aws_iam_role_policy_attachment.detached, attachment: both",
        "aws_iam_role_policy_attachment.managed, attachment: both",
        "aws_iam_role.doomed, trust policy: narrowed, removed ",
        "aws_iam_role_policy_attachment.doomed, attachment: narrowed",
        "aws_iam_role_policy_attachment.second, recreated: unchanged",
        "aws_iam_role.narrowed, trust policy: broadened, granted ",
        "module.narrowed.aws_iam_policy.database_access[0], managed policy: broadened",
        'module.narrowed.aws_iam_role_policy_attachment.database_access["service"], attachment: broadened',
      ].sort(),
    );
  });

  test("a module's statements are shown with what is known only after apply, and what it waits for", () => {
    const rows = second.rows.filter(({ who }) => who.some(({ name }) => name === "narrowed"));
    const known = ({ what, waitsFor }: (typeof rows)[number]): unknown[] => [
      ...what.map(({ actions, resources }) => [actions, resources]),
      waitsFor,
    ];
    expect(rows.map(known)).toEqual([
      [[["rds-db:connect"], ["(known after apply)"]], ["terraform_data.database.output"]],
      [[["rds:ModifyDBCluster", "rds:ModifyDBInstance"], ["*"]], []],
      [[["rds:DescribeDBClusters", "rds:DescribeDBInstances"], ["*"]], []],
    ]);
    expect(rows.map(({ example }) => example?.action)).toEqual([
      undefined,
      "rds:ModifyDBCluster",
      "rds:DescribeDBClusters",
    ]);
  });

  test("a moved resource is named with its old address", () => {
    const item = second.items.find(({ address }) => address.startsWith("module.new."));
    expect(item?.previousAddress).toBe("module.old.aws_iam_policy.database_access[0]");
    expect(item?.differences).toEqual([
      {
        kind: "granted",
        sid: "RedshiftConnectAsIAMRole",
        purpose:
          "Assume the IAM role that a user connects as. Its IAM permissions become permissions in the database.",
        after: {
          effect: "Allow",
          actions: ["sts:AssumeRole"],
          resources: ["arn:aws:iam::123456789012:role/admin"],
        },
      },
    ]);
  });

  test("reasons are given where a document cannot be compared", () => {
    const reasons = second.items
      .filter(({ kind, verdict }) => kind === "managed policy" && verdict === "unknown")
      .map(({ reasons: texts }) => texts);
    expect(reasons).toEqual([
      [
        "The document before the change is marked sensitive.",
        "The document after the change is marked sensitive.",
      ],
    ]);
  });

  test("the sensitive value is in the plan, and not in the report", () => {
    expect(shown).toContain("do-not-show-this");
    expect(JSON.stringify([first, second])).not.toContain("do-not-show-this");
  });
});

/** `address, kind name: verdict, kind and Sid of each difference`. */
function summary({ address, kind, name, verdict, differences }: ReportItem): string {
  const what = name === undefined ? kind : `${kind} ${name}`;
  return [
    `${address}, ${what}: ${verdict}`,
    ...differences.map((difference) => `${difference.kind} ${difference.sid}`),
  ].join(", ");
}
