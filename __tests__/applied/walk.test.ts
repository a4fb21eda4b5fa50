/**
 * Random changes of calls, side by side in one root, on an API that is slow and refuses what AWS
 * refuses. $WALK_STEPS and $WALK_SEED say how many changes, and which.
 */
import { seededRandom } from "../support/random";
import { describeWithMoto } from "../support/tools";
import { randomChange } from "../support/walk/changes";
import { ACCOUNT, type Configuration, start } from "../support/walk/configuration";
import { type StepOutcome, WalkRoot } from "../support/walk/walk-root";

const STEPS = Number(process.env.WALK_STEPS ?? 12);
const SEED = Number(process.env.WALK_SEED ?? 1);

/** The longest delay of an API call, in milliseconds. */
const DELAY = 50;

/** Three hours: a step takes seconds, a long walk has hundreds, and a machine may be busy. */
const TIMEOUT = 10_800_000;

const A = { one: '"{name}-agent-a"' };

/** Starts of the walks: a role for each that loses what its module loses. */
const STARTS: readonly Configuration[] = [
  start(["rds"], {}, { roles: A }),
  start(["rds", "redshift"], {}, { serviceRole: {} }),
  start(
    ["dynamodb", "keyspace"],
    {
      create_user_roles: "true",
      trusted_principals: `["arn:aws:iam::${ACCOUNT}:role/{name}-agent-c"]`,
    },
    { roles: A },
  ),
  start(
    ["elasticache", "memorydb", "opensearch"],
    {},
    { roles: { ...A, two: '"{name}-agent-b"' } },
  ),
  start(["docdb", "rdsproxy"], {}, { serviceRole: { trust_ec2: "true" }, roles: A }),
  start(["redshift-serverless"], {}, { serviceRole: {} }),
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
          return [call, randomChange(configuration, random)] as const;
        });
        outcomes.push(...(await walk.step(new Map(changes))));
      }
      remains = await walk.destroy();
    } finally {
      walk.dispose();
    }
  }, TIMEOUT);

  test("every apply succeeds, and what cannot be is refused at plan by a rule", () => {
    expect(outcomes.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  });

  test("a role lacks what is granted before and after only if the plan shows what is destroyed", () => {
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
