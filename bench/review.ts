/**
 * How long a review takes and how much memory it needs beyond reading the plan, by the number of IAM
 * resources.
 *
 * Run it through the bundled command, as users do:
 *
 *   npx esbuild bench/review.ts --bundle --platform=node --outfile=dist/bench-review.js
 *   node --expose-gc dist/bench-review.js
 */
import { reviewPlan, renderers } from "../lib/review";

/** One measurement. */
export interface ReviewMeasurement {
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
export function planText(count: number): string {
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

/** Reviews a plan of `resources` IAM resources once. Run with --expose-gc, or memory says little. */
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
export const REVIEW_SIZES = [10, 100, 1000, 10000] as const;

if (require.main === module) {
  console.table(
    REVIEW_SIZES.map((size) => {
      const measured = measureReview(size);
      return {
        resources: measured.resources,
        "plan MB": measured.planMegabytes.toFixed(1),
        "read s": measured.readSeconds.toFixed(3),
        "review s": measured.reviewSeconds.toFixed(3),
        "MB beyond reading": measured.megabytesBeyondReading.toFixed(0),
      };
    }),
  );
}
