import { renderers, reviewPlan } from "../lib/review";
import { report, runProcess } from "./measure";

/** One measurement. */
interface ReviewMeasurement {
  readonly resources: number;
  /** Size of the plan as text. */
  readonly planMegabytes: number;
  /** To parse the plan's JSON alone. */
  readonly readSeconds: number;
  /** To review and render it, parsing included. */
  readonly reviewSeconds: number;
  /** The most memory in use beyond what it was with the parsed plan in memory. */
  readonly megabytesBeyondReading: number;
}

const ACCOUNT = "123456789012";

function statement(sid: string, action: string, names: readonly string[]): object {
  const resources = names.map((name) => `arn:aws:rds-db:us-east-1:${ACCOUNT}:dbuser:${name}/*`);
  return { Sid: sid, Effect: "Allow", Action: action, Resource: resources };
}

/** A document near IAM's limit: 60 ARNs, of which `changed` differ from one version to the next. */
function policyDocument(seed: number, changed: number): string {
  const names = Array.from({ length: 30 }, (_, index) =>
    index < changed ? `db-NEW${String(seed)}X${String(index)}` : `db-OLD${String(index)}`,
  );
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      statement("RDSConnect", "rds-db:connect", names),
      statement("More", "rds-db:*", names),
    ],
  });
}

/** A plan that changes every one of `count` resources: policies, roles and attachments in turn. */
function planText(count: number): string {
  const masks = { after_unknown: {}, before_sensitive: {}, after_sensitive: {} };
  const changes = Array.from({ length: count }, (_, index) => {
    const name = `x${String(index)}`;
    const resource = (
      type: string,
      actions: readonly string[],
      before: object | null,
      after: object,
    ): object => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      change: { actions, before, after, ...masks },
    });
    switch (index % 3) {
      case 0:
        return resource(
          "aws_iam_policy",
          ["update"],
          { name, arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`, policy: policyDocument(index, 0) },
          { name, arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`, policy: policyDocument(index, 5) },
        );
      case 1:
        return resource(
          "aws_iam_role_policy",
          ["update"],
          { name, role: "app", policy: policyDocument(index, 5) },
          { name, role: "app", policy: policyDocument(index, 0) },
        );
      default:
        return resource("aws_iam_role_policy_attachment", ["create"], null, {
          role: name,
          policy_arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`,
        });
    }
  });
  return JSON.stringify({
    format_version: "1.2",
    planned_values: {},
    resource_changes: changes,
    configuration: { root_module: {} },
  });
}

const seconds = (start: bigint): number => Number(process.hrtime.bigint() - start) / 1e9;
const megabytes = (bytes: number): number => bytes / 1024 / 1024;

/** Reviews a plan of `resources` IAM resources in this process. Run with --expose-gc, or memory says little. */
export function measureReview(resources: number): ReviewMeasurement {
  const text = planText(resources);
  globalThis.gc?.();
  let start = process.hrtime.bigint();
  const parsed = { plan: JSON.parse(text) as unknown };
  const readSeconds = seconds(start);
  globalThis.gc?.();
  const withPlan = process.memoryUsage().rss;
  parsed.plan = undefined;
  globalThis.gc?.();
  start = process.hrtime.bigint();
  const rendered = renderers.markdown(reviewPlan(text, "plan")).length;
  const reviewSeconds = seconds(start);
  const used = process.memoryUsage().rss - withPlan;
  if (rendered === 0) throw new Error("Nothing was reviewed.");
  return {
    resources,
    planMegabytes: megabytes(text.length),
    readSeconds,
    reviewSeconds,
    megabytesBeyondReading: Math.max(0, megabytes(used)),
  };
}

/** The sizes that show how time grows. */
const SIZES = [10, 100, 1000, 10000];

/** Reviews of plans of several sizes, each in a process of its own, so that its memory can be told. */
export function benchReview(self: string, node: string): void {
  const rows = SIZES.map((size) => {
    const measured = JSON.parse(
      runProcess(node, ["--expose-gc", self, "--review", String(size)]),
    ) as ReviewMeasurement;
    return [
      `${String(size)} resources, ${measured.planMegabytes.toFixed(1)} MB`,
      `${measured.reviewSeconds.toFixed(2)} s`,
      `${measured.readSeconds.toFixed(2)} s of it reading, ${measured.megabytesBeyondReading.toFixed(0)} MB beyond that`,
    ];
  });
  report("Review of a plan that changes every resource", rows);
}
