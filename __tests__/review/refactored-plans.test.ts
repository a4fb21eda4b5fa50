/**
 * Changes that are often made to roles, planned by real terraform on moto: one configuration is applied,
 * changed and planned again. What each does to its role was written down by hand, with the reason.
 */
import { compose } from "../../lib/commands/compose/compose";
import { reviewPlan } from "../../lib/review";
import type { Report } from "../../lib/review/report/report";
import { Moto } from "../support/moto";
import { moduleCall, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const statement = (action: string): string =>
  `{ Sid = "${action.replace(/\W/g, "")}", Effect = "Allow", Action = "s3:${action}", Resource = "*" }`;
const document = (...actions: string[]): string =>
  `jsonencode({ Version = "2012-10-17", Statement = [${actions.map(statement).join(", ")}] })`;

const inline = (role: string, name: string, ...actions: string[]): string => `
resource "aws_iam_role_policy" "${role}_${name}" {
  role   = aws_iam_role.plain["${role}"].id
  name   = "${name}"
  policy = ${document(...actions)}
}`;

const managed = (role: string, name: string, ...actions: string[]): string => `
resource "aws_iam_policy" "${role}_${name}" {
  name   = "${role}-${name}"
  policy = ${document(...actions)}
}
${attached(role, name, `aws_iam_policy.${role}_${name}.arn`)}`;

function attached(role: string, name: string, arn: string): string {
  return `
resource "aws_iam_role_policy_attachment" "${role}_${name}" {
  role       = aws_iam_role.plain["${role}"].name
  policy_arn = ${arn}
}`;
}

const keyed = (role: string, keys: string): string => `
resource "aws_iam_policy" "${role}" {
  for_each = ${keys}
  name     = "${role}-\${each.key}"
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = each.value, Resource = "*" }] })
}
resource "aws_iam_role_policy_attachment" "${role}" {
  for_each   = aws_iam_policy.${role}
  role       = aws_iam_role.plain["${role}"].name
  policy_arn = each.value.arn
}`;

const deferred = (role: string, resource: string): string => `
resource "terraform_data" "${role}" { input = "${resource}" }
data "aws_iam_policy_document" "${role}" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::\${terraform_data.${role}.output}/*"]
  }
}
resource "aws_iam_role_policy" "${role}" {
  role   = aws_iam_role.plain["${role}"].id
  name   = "deferred"
  policy = data.aws_iam_policy_document.${role}.json
}`;

const READ_ONLY = '"arn:aws:iam::aws:policy/ReadOnlyAccess"';

interface Change {
  readonly before: string;
  readonly after: string;
  /** What it does to the role of its name; "unchanged" is also a role that is not named. */
  readonly verdict: string;
  readonly why: string;
}

/** By the name of the role. */
const PLAIN: Readonly<Record<string, Change>> = {
  inlinetomanaged: {
    before: inline("inlinetomanaged", "a", "GetObject"),
    after: managed("inlinetomanaged", "a", "GetObject"),
    verdict: "unchanged",
    why: "the same statement in a policy of its own",
  },
  split: {
    before: managed("split", "a", "GetObject", "PutObject"),
    after: managed("split", "a", "GetObject") + managed("split", "b", "PutObject"),
    verdict: "unchanged",
    why: "each of the two statements is in one of the two policies",
  },
  renamed: {
    before: managed("renamed", "a", "GetObject"),
    after: managed("renamed", "b", "GetObject"),
    verdict: "unchanged",
    why: "another policy with the same statement",
  },
  rekeyed: {
    before: keyed("rekeyed", '{ a = "s3:GetObject", b = "s3:PutObject" }'),
    after: keyed("rekeyed", '{ c = "s3:GetObject", d = "s3:PutObject" }'),
    verdict: "unchanged",
    why: "the same two actions under other keys",
  },
  regrown: {
    before: keyed("regrown", '{ a = "s3:GetObject" }'),
    after: keyed("regrown", '{ b = "s3:GetObject", c = "s3:DeleteObject" }'),
    verdict: "broadened",
    why: "s3:DeleteObject is new",
  },
  deferred: {
    before: deferred("deferred", "logs"),
    after: deferred("deferred", "other"),
    verdict: "unknown",
    why: "the document is read only when it is applied",
  },
  redundant: {
    before: managed("redundant", "a", "GetObject"),
    after: `${managed("redundant", "a", "GetObject")}
      ${attached("redundant", "again", "aws_iam_policy.redundant_a.arn")}`,
    verdict: "unchanged",
    why: "the role has the policy already",
  },
  awsattached: {
    before: "",
    after: attached("awsattached", "aws", READ_ONLY),
    verdict: "broadened",
    why: "what an AWS-managed policy says is not in the plan, and it surely allows something",
  },
  awsdetached: {
    before: attached("awsdetached", "aws", READ_ONLY) + inline("awsdetached", "a", "PutObject"),
    after: inline("awsdetached", "a", "PutObject"),
    verdict: "unknown",
    why: "a Deny in it could have denied s3:PutObject",
  },
};

const service = (
  name: string,
  values: Readonly<Record<string, string>>,
): Record<string, string> => ({
  aws_account_id: '"123456789012"',
  create_service_role: "true",
  service_role_name: `"${name}"`,
  policy_name: `"${name}"`,
  service_role_trust: '"ec2"',
  ...values,
});

type Values = Readonly<Record<string, string>>;
interface ModuleChange {
  readonly types: readonly [before: readonly string[], after: readonly string[]];
  readonly values: readonly [before: Values, after: Values];
  readonly verdict: string;
  /** What it does to who may assume the role. */
  readonly trust: string;
  readonly why: string;
}

const REDSHIFT = ["redshift"];
const USERS =
  '[{ region = "us-east-1", cluster_name = "sales", user_name = "reader", database_name = "*" }]';
const MORE_USERS = USERS.replace(
  "]",
  ', { region = "us-east-1", cluster_name = "more", user_name = "reader", database_name = "*" }]',
);

/** Of this project's modules, by the name of the module call and of its role. */
const MODULES: Readonly<Record<string, ModuleChange>> = {
  typeadded: {
    types: [REDSHIFT, ["redshift", "rds"]],
    values: [{}, {}],
    verdict: "broadened",
    trust: "unchanged",
    why: "what RDS needs is new",
  },
  spliton: {
    types: [
      ["redshift", "rds"],
      ["redshift", "rds"],
    ],
    values: [{}, { split_policy_by_type: "true" }],
    verdict: "unchanged",
    trust: "unchanged",
    why: "the same statements in a policy per type",
  },
  splitoff: {
    types: [
      ["redshift", "rds"],
      ["redshift", "rds"],
    ],
    values: [{ split_policy_by_type: "true" }, {}],
    verdict: "unchanged",
    trust: "unchanged",
    why: "the same statements in one policy",
  },
  boundaryon: {
    types: [REDSHIFT, REDSHIFT],
    values: [{}, { create_permissions_boundary: "true" }],
    verdict: "narrowed",
    trust: "unchanged",
    why: "a boundary limits what policies of resources allow, too, and grants nothing",
  },
  described: {
    types: [REDSHIFT, REDSHIFT],
    values: [{}, { policy_description: '"Another one."' }],
    verdict: "unchanged",
    trust: "unchanged",
    why: "a description grants nothing",
  },
  grown: {
    types: [REDSHIFT, REDSHIFT],
    values: [{ redshift_database_users: USERS }, { redshift_database_users: MORE_USERS }],
    verdict: "broadened",
    trust: "unchanged",
    why: "one more user of a database",
  },
  shrunk: {
    types: [REDSHIFT, REDSHIFT],
    values: [{ redshift_database_users: MORE_USERS }, { redshift_database_users: USERS }],
    verdict: "narrowed",
    trust: "unchanged",
    why: "one user of a database fewer",
  },
  trustchanged: {
    types: [REDSHIFT, REDSHIFT],
    values: [{}, { service_role_trust: '"ecs"' }],
    verdict: "unchanged",
    trust: "both",
    why: "ECS may assume the role, EC2 no longer",
  },
};

describeWithMoto()("plans of changes that are often made", () => {
  let moto: Moto;
  let root: TerraformRoot;
  let report: Report;

  beforeAll(async () => {
    moto = await Moto.start({ managedPolicies: true });
    const roles = `
resource "aws_iam_role" "plain" {
  for_each           = toset(${JSON.stringify(Object.keys(PLAIN))})
  name               = each.key
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}`;
    root = new TerraformRoot({});
    const write = (side: 0 | 1): void => {
      const modules = Object.entries(MODULES).map(([name, { types, values }]) => {
        const source = root.addModule(name, compose({ types: [...types[side]] }));
        return moduleCall(name, source, service(name, values[side]));
      });
      const plain = Object.values(PLAIN).map((change) => change[side === 0 ? "before" : "after"]);
      root.write({
        "main.tf": [
          moto.provider,
          roles,
          ...plain,
          ...modules,
          moduleCall(
            side === 0 ? "ready" : "composed",
            side === 0
              ? readyModule("redshift")
              : root.addModule("composed", compose({ types: REDSHIFT })),
            service("readytocomposed", {}),
          ),
          side === 0 ? "" : "moved {\n  from = module.ready\n  to   = module.composed\n}",
        ].join("\n"),
      });
    };
    write(0);
    root.init().succeed("apply", "-auto-approve");
    write(1);
    root.succeed("init", "-backend=false");
    report = reviewPlan(JSON.stringify(root.plan()), "plan");
  }, 900000);

  afterAll(() => {
    moto.stop();
    root.dispose();
  });

  const verdictOf = (kind: string, role: string): string =>
    report.access.find((one) => one.kind === kind && one.name === role)?.verdict ?? "unchanged";

  test.each(Object.entries(PLAIN).map(([role, { verdict, why }]) => [role, verdict, why] as const))(
    "the role %s is %s: %s",
    (role, verdict) => {
      expect(verdictOf("role", role)).toBe(verdict);
    },
  );

  test.each(
    Object.entries(MODULES).map(([role, change]) => [role, change.verdict, change.why] as const),
  )("the module's role %s is %s: %s", (role, verdict) => {
    expect({ access: verdictOf("role", role), trust: verdictOf("trust policy", role) }).toEqual({
      access: verdict,
      trust: MODULES[role]?.trust,
    });
  });

  test("a ready module that becomes a composed one changes nothing", () => {
    const items = report.items.filter(({ address }) => address.startsWith("module.composed."));
    expect(items.filter(({ verdict }) => verdict !== "unchanged")).toEqual([]);
    expect(verdictOf("role", "readytocomposed")).toBe("unchanged");
  });

  test("nobody outside of the plan is said to have a policy that AWS counts no other holder of", () => {
    expect(report.access.filter(({ kind }) => kind === "managed policy")).toEqual([]);
  });
});
