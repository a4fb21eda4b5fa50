/**
 * Changes that take access away in some designs, or that AWS refuses in them, each from where it is likely
 * to and back. All are calls of one root.
 */
import { describeWithMoto } from "../support/tools";
import { ACCOUNT, type Configuration, start, type Values } from "../support/walk/configuration";
import { type StepOutcome, WalkRoot } from "../support/walk/walk-root";

const roles = { one: '"{name}-agent-a"' };
const rds = start(["rds"], {}, { roles });
const service = start(["rds", "redshift"], {}, { serviceRole: {} });
const keyspace = start(["keyspace"], {
  create_user_roles: "true",
  trusted_principals: `["arn:aws:iam::${ACCOUNT}:role/{name}-agent-c"]`,
  keyspace_user_role_policy_arns: `{ "{name}-keyspace" = { read = "arn:aws:iam::${ACCOUNT}:policy/{name}-read" } }`,
});

/** The changes of a call, step by step. */
interface Case {
  readonly name: string;
  readonly from: Configuration;
  readonly to: readonly Configuration[];
  /** True if its plan shows as destroyed what is missing for a while. */
  readonly announced?: true;
}

const cases: readonly Case[] = [
  {
    name: "a type more, and a type less",
    from: rds,
    to: [{ ...rds, types: ["rds", "dynamodb"] }, rds],
  },
  {
    name: "a type more and a type less, with a service role",
    from: service,
    to: [{ ...service, types: ["rds", "dynamodb"] }, service],
  },
  {
    name: "from a ready module to a composed one, with another type, and back",
    from: { ...rds, ready: true },
    to: [rds, { ...rds, types: ["rds", "dynamodb"] }, { ...rds, ready: true }],
  },
  {
    name: "another role, and one less",
    from: rds,
    to: [{ ...rds, roles: { ...roles, two: '"{name}-agent-b"' } }, rds],
  },
  {
    name: "a key renamed with a moved block",
    from: rds,
    to: [{ ...rds, roles: { uno: '"{name}-agent-a"' }, moved: [["one", "uno"]] }],
  },
  {
    name: "a key renamed without a moved block",
    from: rds,
    to: [{ ...rds, roles: { uno: '"{name}-agent-a"' } }],
    announced: true,
  },
  {
    name: "two keys that exchange their roles",
    from: { ...rds, roles: { one: '"{name}-agent-a"', two: '"{name}-agent-b"' } },
    to: [{ ...rds, roles: { one: '"{name}-agent-b"', two: '"{name}-agent-a"' } }],
    announced: true,
  },
  {
    name: "another name of the policy",
    from: rds,
    to: [changed(rds, { policy_name: '"{name}-databases"' })],
    announced: true,
  },
  {
    name: "another path of the policy",
    from: rds,
    to: [changed(rds, { policy_path: '"/team/"' })],
    announced: true,
  },
  {
    name: "another path of the users' roles",
    from: keyspace,
    to: [changed(keyspace, { user_role_path: '"/team/"' })],
    announced: true,
  },
  {
    name: "another path of the service role",
    from: service,
    to: [
      {
        ...service,
        serviceRole: { ...service.serviceRole, role_path: '"/team/"' },
      },
    ],
    announced: true,
  },
  {
    name: "another name of the service role",
    from: service,
    to: [
      {
        ...service,
        serviceRole: { ...service.serviceRole, role_name: '"{name}-service-2"' },
      },
    ],
  },
];

describeWithMoto()("changes", () => {
  const outcomes: StepOutcome[] = [];

  beforeAll(async () => {
    const walk = await WalkRoot.start(
      new Map(cases.map(({ from }, index) => [callName(index), from])),
      { delay: 50, seed: 1 },
    );
    try {
      for (let round = 0; round < 3; round += 1) {
        const steps = cases.flatMap(({ name, to }, index) => {
          const next = to[round];
          return next === undefined ? [] : [[callName(index), { kind: name, to: next }] as const];
        });
        outcomes.push(...(await walk.step(new Map(steps))));
      }
    } finally {
      walk.dispose();
    }
  }, 900_000);

  describe.each(cases)("$name", ({ name, to, announced }) => {
    const steps = (): StepOutcome[] => outcomes.filter(({ kind }) => kind === name);

    test("is applied, and converges", () => {
      expect(steps()).toHaveLength(to.length);
      expect(steps().filter(({ outcome }) => outcome !== "applied")).toEqual([]);
      expect(steps().flatMap(({ left }) => left)).toEqual([]);
    });

    test(announced ? "takes nothing that its plan does not show" : "takes nothing", () => {
      expect(steps().flatMap(({ losses }) => losses)).toEqual([]);
      if (!announced)
        expect(steps().flatMap((step) => [...step.announced, ...step.repaired])).toEqual([]);
    });
  });
});

function changed(configuration: Configuration, values: Values): Configuration {
  return { ...configuration, values: { ...configuration.values, ...values } };
}

function callName(index: number): string {
  return `call-${String(index + 1)}`;
}
