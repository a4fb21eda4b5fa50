/**
 * The changes that once took access away, or could not be applied on AWS, each from where it is likely
 * to and back; and random changes of types. All are calls of one root.
 */
import { seededRandom } from "../support/random";
import { describeWithMoto } from "../support/tools";
import { randomTypes } from "../support/walk/changes";
import { type Configuration, start, type Values } from "../support/walk/configuration";
import { type StepOutcome, WalkRoot } from "../support/walk/walk-root";

const attached = { attach_to_roles: '{ one = "{name}-agent-a" }' };
const service = { create_service_role: "true", service_role_name: '"{name}-service"' };
const access = { create_access_role: "true" };
const userRoles = { create_user_roles: "true", service_role_name: '"{name}-agent-c"' };
const boundary = { create_permissions_boundary: "true" };
const noBoundary = { create_permissions_boundary: undefined };

const rds = start(["rds"], attached);
const composed = start(["rds", "redshift"], service);
const bounded = start(["rds"], { ...service, ...boundary });
const keyspace = start(["keyspace"], userRoles);

/** What a call is changed to, step by step. */
interface Case {
  readonly name: string;
  readonly from: Configuration;
  readonly to: readonly Configuration[];
  /** Whether a rule of the module may refuse it at plan, since IAM has no safe way. */
  readonly refusable?: true;
}

const cases: readonly Case[] = [
  {
    name: "a type more, and a type less",
    from: rds,
    to: [{ ...rds, types: ["rds", "redshift"] }, rds],
  },
  {
    name: "a type more and a type less, with a created role",
    from: start(["rds"], service),
    to: [composed, start(["redshift"], service)],
  },
  {
    name: "from a ready module to a composed one, with another type, and back",
    from: { ...rds, ready: true },
    to: [rds, { ...rds, types: ["rds", "dynamodb"] }, { ...rds, ready: true }],
  },
  {
    name: "a policy for each type, and one for all",
    from: composed,
    to: [changed(composed, { split_policy_by_type: "true" }), composed],
  },
  {
    name: "a boundary off, and on",
    from: bounded,
    to: [changed(bounded, noBoundary), bounded],
  },
  {
    name: "a boundary off, with other changes",
    from: bounded,
    to: [
      {
        ...changed(bounded, { ...noBoundary, policy_name: '"{name}-databases"' }),
        types: ["rds", "dynamodb"],
      },
    ],
  },
  {
    name: "a boundary under another name, and under another path",
    from: start(["rds"], { ...access, ...boundary }),
    to: [
      start(["rds"], { ...access, ...boundary, policy_name: '"{name}-databases"' }),
      start(["rds"], {
        ...access,
        ...boundary,
        policy_name: '"{name}-databases-2"',
        policy_path: '"/team/"',
      }),
    ],
  },
  {
    name: "a new description",
    from: bounded,
    to: [changed(bounded, { policy_description: '"Databases."' })],
  },
  {
    name: "a new description, without a boundary",
    from: rds,
    to: [changed(rds, { policy_description: '"Databases."' })],
  },
  {
    name: "a new path of the policy",
    from: rds,
    to: [changed(rds, { policy_path: '"/team/"' })],
    refusable: true,
  },
  {
    name: "a role under another key",
    from: rds,
    to: [changed(rds, { attach_to_roles: '{ uno = "{name}-agent-a" }' })],
    refusable: true,
  },
  {
    name: "two keys that exchange their roles",
    from: changed(rds, { attach_to_roles: '{ one = "{name}-agent-a", two = "{name}-agent-b" }' }),
    to: [changed(rds, { attach_to_roles: '{ one = "{name}-agent-b", two = "{name}-agent-a" }' })],
    refusable: true,
  },
  {
    name: "a new path of the users' roles",
    from: changed(keyspace, { keyspace_user_role_policy_arns: readPolicy() }),
    to: [
      changed(keyspace, {
        keyspace_user_role_policy_arns: readPolicy(),
        user_role_path: '"/team/"',
      }),
    ],
    refusable: true,
  },
  {
    name: "a new path of one user role",
    from: changed(keyspace, { keyspace_user_role_policy_arns: readPolicy() }),
    to: [
      changed(keyspace, {
        keyspace_user_role_policy_arns: readPolicy(),
        keyspace_user_role_names: '["team/{name}-keyspace"]',
      }),
    ],
    refusable: true,
  },
  {
    name: "a new path of the service role",
    from: composed,
    to: [changed(composed, { service_role_name: '"team/{name}-service"' })],
    refusable: true,
  },
];

/** Calls whose types are changed at random, three times each. */
const typeWalks: readonly Configuration[] = [
  rds,
  composed,
  start(["dynamodb", "opensearch"], { ...access, ...boundary }),
  start(["elasticache", "memorydb"], { ...attached, split_policy_by_type: "true" }),
];

describeWithMoto()("changes", () => {
  const outcomes: StepOutcome[] = [];

  beforeAll(async () => {
    const random = seededRandom(1);
    const calls = [...cases.map(({ from }) => from), ...typeWalks];
    const walk = await WalkRoot.start(
      new Map(calls.map((configuration, index) => [callName(index), configuration])),
      { delay: 50, seed: 1 },
    );
    try {
      for (let round = 0; round < 3; round += 1) {
        const steps = cases.flatMap(({ name, to }, index) => {
          const next = to[round];
          return next === undefined ? [] : [[callName(index), { kind: name, to: next }] as const];
        });
        const walks = typeWalks.flatMap((_, index) => {
          const call = callName(cases.length + index);
          const current = walk.configurations.get(call);
          return current === undefined ? [] : [[call, randomTypes(current, random)] as const];
        });
        const mended = [...steps, ...walks].filter(([call]) => walk.configurations.has(call));
        outcomes.push(...(await walk.step(new Map(mended))));
      }
    } finally {
      walk.dispose();
    }
  }, 600_000);

  describe.each(cases)("$name", ({ name, to, refusable }) => {
    const steps = (): StepOutcome[] => outcomes.filter(({ kind }) => kind === name);

    test(refusable === true ? "is applied, or refused by a rule" : "is applied", () => {
      const allowed = refusable === true ? ["applied", "refused"] : ["applied"];
      expect(steps()).toHaveLength(to.length);
      expect(steps().filter(({ outcome }) => !allowed.includes(outcome))).toEqual([]);
    });

    test("takes nothing, and converges", () => {
      expect(steps().flatMap(({ losses, left }) => [...losses, ...left])).toEqual([]);
    });
  });

  test("ten random changes of types are applied, take nothing and converge", () => {
    const steps = outcomes.filter(({ kind }) => !cases.some(({ name }) => name === kind));
    expect(steps.length).toBeGreaterThanOrEqual(10);
    const wrong = steps.filter(
      ({ outcome, losses, left }) => outcome !== "applied" || losses.length > 0 || left.length > 0,
    );
    expect(wrong).toEqual([]);
  });
});

function changed(configuration: Configuration, values: Values): Configuration {
  return { ...configuration, values: { ...configuration.values, ...values } };
}

function callName(index: number): string {
  return `call-${String(index + 1)}`;
}

function readPolicy(): string {
  return '{ "{name}-keyspace" = { read = "arn:aws:iam::123456789012:policy/{name}-read" } }';
}
