import * as fs from "node:fs";
import { spawnSync } from "node:child_process";
import { moduleCall, OFFLINE_PROVIDER, TerraformRoot } from "../__tests__/support/terraform";
import { compose, printIam, type PrintIamOptions } from "../lib";

const ACCOUNT = "210987654321";

/**
 * A comparison: a number of calls of a module, and as many policies with the same statements by
 * hand.
 */
interface Comparison {
  readonly title: string;
  readonly types: readonly string[];
  readonly count: number;
  /** Arguments of each call, as expressions and as values. */
  readonly expressions: Readonly<Record<string, string>>;
  readonly values: NonNullable<PrintIamOptions["values"]>;
}

const USERS = [{ region: "us-east-1", resource_id: "db-ABCDEFGHIJ", user_name: "reports" }];

const COMPARISONS: readonly Comparison[] = [
  {
    title: "50 calls of the module of rds, dynamodb and elasticache",
    types: ["rds", "dynamodb", "elasticache"],
    count: 50,
    expressions: {},
    values: {},
  },
  {
    title: "1 call of the module of rds, narrowed",
    types: ["rds"],
    count: 1,
    expressions: {
      rds_database_users:
        '[{ region = "us-east-1", resource_id = "db-ABCDEFGHIJ", user_name = "reports" }]',
    },
    values: { rds_database_users: USERS },
  },
];

/**
 * Prints the processor time of `terraform plan` for roots with modules, and for roots with the same
 * policies and attachments by hand. The two are run in turn, because other programs slow down both.
 */
export function benchPlanTime(rounds = 5): void {
  for (const comparison of COMPARISONS) {
    const hand = handWritten(comparison);
    const modules = withModules(comparison);
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [byHand, byModule] = [userSeconds(hand), userSeconds(modules)];
      ratios.push(byModule / byHand);
      process.stdout.write(
        `  by hand ${byHand.toFixed(2)} s, modules ${byModule.toFixed(2)} s of user CPU\n`,
      );
    }
    const median = ratios.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
    process.stdout.write(
      `terraform plan, ${comparison.title}: ${median.toFixed(2)} × (median of ${String(rounds)})\n\n`,
    );
    for (const { folder } of [hand, modules]) fs.rmSync(folder, { recursive: true });
  }
}

function handWritten({ types, count, values }: Comparison): TerraformRoot {
  const { policy } = printIam({ types, accountId: ACCOUNT, values });
  const resources = Array.from({ length: count }, (_, index) => {
    const name = `p${String(index)}`;
    return `
resource "aws_iam_policy" "${name}" {
  name   = "${name}"
  policy = jsonencode(${JSON.stringify(policy)})
}
resource "aws_iam_role_policy_attachment" "${name}" {
  role       = "agent-${name}"
  policy_arn = aws_iam_policy.${name}.arn
}
`;
  });
  return new TerraformRoot({ "main.tf": OFFLINE_PROVIDER + resources.join("") }).init();
}

function withModules({ types, count, expressions }: Comparison): TerraformRoot {
  const root = new TerraformRoot({});
  const source = root.addModule("module", compose({ types }));
  const calls = Array.from({ length: count }, (_, index) =>
    moduleCall(`p${String(index)}`, source, {
      aws_account_id: `"${ACCOUNT}"`,
      policy_name: `"p${String(index)}"`,
      attach_to_roles: `{ agent = "agent-p${String(index)}" }`,
      ...expressions,
    }),
  );
  root.write({ "main.tf": OFFLINE_PROVIDER + calls.join("") });
  return root.init();
}

/** The user CPU time of a plan, with that of the provider that terraform starts. */
function userSeconds(root: TerraformRoot): number {
  const script = "TIMEFORMAT=%U; time terraform plan -no-color > /dev/null";
  const { status, stderr } = spawnSync("bash", ["-c", script], {
    cwd: root.folder,
    env: root.environment,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`terraform plan:\n${stderr}`);
  return Number(stderr.trim().split("\n").at(-1));
}
