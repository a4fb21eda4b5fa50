/**
 * Random changes of calls, side by side in one root, on an API that is slow and refuses what AWS
 * refuses. $WALK_STEPS and $WALK_SEED say how many changes, and which.
 */
import { seededRandom } from "../support/random";
import { describeWithMoto } from "../support/tools";
import { randomChange } from "../support/walk/changes";
import { type Configuration, start } from "../support/walk/configuration";
import { type StepOutcome, variablesOf, WalkRoot } from "../support/walk/walk-root";

const STEPS = Number(process.env.WALK_STEPS ?? 12);
const SEED = Number(process.env.WALK_SEED ?? 1);

/** How late a call of the API arrives at most, in milliseconds. */
const DELAY = 50;

/** Where the walks begin: a role for each that loses what its module loses. */
const STARTS: readonly Configuration[] = [
  start(["rds"], { attach_to_roles: '{ one = "{name}-agent-a" }' }),
  start(["rds", "redshift"], {
    create_service_role: "true",
    service_role_name: '"{name}-service"',
  }),
  start(["dynamodb", "keyspace"], { create_access_role: "true", create_user_roles: "true" }),
  start(["elasticache", "memorydb", "opensearch"], {
    attach_to_roles: '{ one = "{name}-agent-a", two = "{name}-agent-b" }',
    split_policy_by_type: "true",
  }),
  start(["docdb", "rdsproxy"], {
    create_service_role: "true",
    service_role_name: '"{name}-service"',
    create_permissions_boundary: "true",
    create_user_roles: "true",
  }),
  start(["redshift-serverless"], { create_access_role: "true", create_user_roles: "true" }),
];

describeWithMoto()(`a walk of ${String(STEPS)} steps, seed ${String(SEED)}`, () => {
  const outcomes: StepOutcome[] = [];
  let remains: readonly string[];

  beforeAll(async () => {
    const random = seededRandom(SEED);
    const calls = STARTS.map((first, index) => [`walk-${String(index + 1)}`, first] as const);
    const walk = await WalkRoot.start(new Map(calls), { delay: DELAY, seed: SEED });
    try {
      while (outcomes.length < STEPS) {
        const changes = [...walk.configurations].map(([call, configuration]) => {
          return [call, randomChange(configuration, random, variablesOf)] as const;
        });
        outcomes.push(...(await walk.step(new Map(changes))));
      }
      remains = await walk.destroy();
    } finally {
      walk.dispose();
      process.stderr.write(figures(outcomes));
    }
  }, 3_600_000);

  test("every apply succeeds, and what cannot be is refused at plan by a rule", () => {
    expect(outcomes.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  });

  test("at no moment a role lacks what is granted before and after", () => {
    expect(outcomes.filter(({ losses }) => losses.length > 0)).toEqual([]);
  });

  test("a second plan is empty", () => {
    expect(outcomes.filter(({ left }) => left.length > 0)).toEqual([]);
  });

  test("destroying leaves nothing", () => {
    expect(remains).toEqual([]);
  });

  test("most changes can be made", () => {
    const applied = outcomes.filter(({ outcome }) => outcome === "applied");
    expect(applied.length).toBeGreaterThan(outcomes.length / 2);
  });
});

/** What a walk came to, as text. */
function figures(outcomes: readonly StepOutcome[]): string {
  const refused = outcomes.filter(({ outcome }) => outcome === "refused");
  const failed = outcomes.filter(({ outcome }) => outcome === "failed");
  const lost = outcomes.filter(({ losses }) => losses.length > 0);
  const left = outcomes.filter(({ left }) => left.length > 0);
  return [
    `Steps: ${String(outcomes.length)}, seed ${String(SEED)}`,
    `Refused at plan: ${String(refused.length)}`,
    ...counted(refused.flatMap(({ messages }) => messages)),
    `Failed: ${String(failed.length)}`,
    ...counted(failed.map(({ kind, messages }) => `${kind}: ${messages.join(" | ")}`)),
    `Steps with a loss: ${String(lost.length)}`,
    ...counted(lost.map(({ kind, losses }) => `${kind}: ${losses[0]?.after ?? ""}`)),
    `Not converged by one apply: ${String(left.length)}`,
    ...counted(left.map(({ kind, left }) => `${kind}: ${left.join(", ")}`)),
    "",
  ].join("\n");
}

/** Each different line, with how often it is there. */
function counted(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => `  ${String(count)} × ${line}`);
}
