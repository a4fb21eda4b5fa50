/**
 * Changes that are often made to roles, planned by real terraform on moto: one configuration is applied,
 * changed and planned again. What each does to its role was written down by hand, with the reason.
 */
import { compose } from "../../lib/answers/compose";
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
  /** The verdict for the role of this name; "unchanged" also if the role is missing. */
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
    verdict: "both",
    why: "an ARN that is known only after apply, instead of another",
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
    why: "the text of ReadOnlyAccess is known, and the role had nothing",
  },
  awsdetached: {
    before: attached("awsdetached", "aws", READ_ONLY) + inline("awsdetached", "a", "PutObject"),
    after: inline("awsdetached", "a", "PutObject"),
    verdict: "narrowed",
    why: "the text of ReadOnlyAccess is known, and has no Deny",
  },
};

const REDSHIFT = ["redshift"];
const USERS =
  '[{ region = "us-east-1", cluster_name = "sales", user_name = "reader", database_name = "*" }]';
const MORE_USERS = USERS.replace(
  "]",
  ', { region = "us-east-1", cluster_name = "more", user_name = "reader", database_name = "*" }]',
);

type Values = Readonly<Record<string, string>>;
interface ModuleChange {
  /** The types of each module call. */
  readonly types: readonly [before: readonly string[][], after: readonly string[][]];
  readonly values: readonly [before: Values, after: Values];
  readonly verdict: string;
  readonly why: string;
}

/** Of this project's modules, by the name of the role that they attach to. */
const MODULES: Readonly<Record<string, ModuleChange>> = {
  typeadded: {
    types: [[REDSHIFT], [["redshift", "rds"]]],
    values: [{}, {}],
    verdict: "broadened",
    why: "what RDS needs is new",
  },
  splitup: {
    types: [[["redshift", "rds"]], [REDSHIFT, ["rds"]]],
    values: [{}, {}],
    verdict: "unchanged",
    why: "the same statements in a policy per type",
  },
  joined: {
    types: [[REDSHIFT, ["rds"]], [["redshift", "rds"]]],
    values: [{}, {}],
    verdict: "unchanged",
    why: "the same statements in one policy",
  },
  pathed: {
    types: [[REDSHIFT], [REDSHIFT]],
    values: [{}, { policy_path: '"/teleport/"' }],
    verdict: "unchanged",
    why: "a path grants nothing",
  },
  grown: {
    types: [[REDSHIFT], [REDSHIFT]],
    values: [{ redshift_database_users: USERS }, { redshift_database_users: MORE_USERS }],
    verdict: "broadened",
    why: "one more user of a database",
  },
  shrunk: {
    types: [[REDSHIFT], [REDSHIFT]],
    values: [{ redshift_database_users: MORE_USERS }, { redshift_database_users: USERS }],
    verdict: "narrowed",
    why: "one user of a database fewer",
  },
};

const ACCOUNT = '"123456789012"';

describeWithMoto()("plans of changes that are often made", () => {
  let moto: Moto;
  let root: TerraformRoot;
  let report: Report;

  beforeAll(async () => {
    moto = await Moto.start({ managedPolicies: true });
    const roles = `
resource "aws_iam_role" "plain" {
  for_each           = toset(${JSON.stringify([...Object.keys(PLAIN), ...Object.keys(MODULES), "readytocomposed"])})
  name               = each.key
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}`;
    root = new TerraformRoot({});
    const write = (side: 0 | 1): void => {
      const modules = Object.entries(MODULES).flatMap(([name, { types, values }]) =>
        types[side].map((own) => {
          const call = [name, ...own].join("-");
          const source = root.addModule(call, compose({ types: [...own] }));
          return moduleCall(call, source, {
            aws_account_id: ACCOUNT,
            policy_name: `"${call}"`,
            attach_to_roles: `{ own = aws_iam_role.plain["${name}"].name }`,
            ...values[side],
          });
        }),
      );
      const plain = Object.values(PLAIN).map((change) => change[side === 0 ? "before" : "after"]);
      root.write({
        "main.tf": [
          moto.provider,
          roles,
          ...plain,
          ...modules,
          moduleCall("service", readyModule("service-role"), {
            aws_account_id: ACCOUNT,
            role_name: '"trustchanged"',
            [side === 0 ? "trust_ec2" : "trust_ecs"]: "true",
          }),
          moduleCall(
            side === 0 ? "ready" : "composed",
            side === 0
              ? readyModule("redshift")
              : root.addModule("composed", compose({ types: REDSHIFT })),
            {
              aws_account_id: ACCOUNT,
              attach_to_roles: '{ own = aws_iam_role.plain["readytocomposed"].name }',
            },
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
    expect(verdictOf("role", role)).toBe(verdict);
  });

  test("a service role that ECS may assume, and EC2 no longer, is both", () => {
    expect(verdictOf("trust policy", "trustchanged")).toBe("both");
    expect(verdictOf("role", "trustchanged")).toBe("unchanged");
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
