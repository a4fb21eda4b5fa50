import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import { compareAccess, type Witness } from "../../../lib/review/compare";
import type { PlainAccess, PlainRequest } from "../../support/plain-iam-evaluator";
import { Random } from "../../support/random-choices";
import { cases, figures, firstCase, timeout } from "../../support/random-cases";
import { randomPair, RequestSource } from "../../support/random-policies";

const ACCOUNT = "111122223333";

type Asked = Pick<Witness, "action" | "resource" | "context">;

/** The simulator's answer to a request. Its checks that actions and keys exist are left out. */
function simulate({ policies, boundary }: PlainAccess, witness: Asked): boolean {
  const { action, resource = "*", context } = witness;
  const named = (list: PlainAccess["policies"]): { name: string; policy: unknown }[] =>
    list.map((policy, index) => ({ name: String(index), policy }));
  const result = runUnsafeSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:user/example`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: Object.fromEntries(
          Object.entries(context).map(([key, value]) => [
            key,
            typeof value === "string" ? value : [...value],
          ]),
        ),
      },
      identityPolicies: named(policies),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(boundary === undefined ? {} : { permissionBoundaryPolicies: named(boundary) }),
    },
    {},
  );
  return result === "Allowed";
}

/** Known differences between the simulator and AWS's documentation, or gaps in it. */
const CAUSES: readonly (readonly [cause: string, (text: string, witness: Asked) => boolean])[] = [
  [
    "it reads policy variables in documents of 2008-10-17 too",
    (text) => text.includes("2008-10-17"),
  ],
  ["a short ARN never excludes in NotResource", (text) => text.includes('"arn:aws:s3"')],
  [
    "it takes no wildcard in what it takes for a resource type",
    (text) => /"arn:[^"/]*[*?$][^"/]*\//.test(text),
  ],
  [
    "an IPv6 address is not outside of a block of IPv4 addresses",
    (_, { context }) => Object.values(context).some((value) => /^[0-9a-f]+:/.test(String(value))),
  ],
  ["it finds addresses outside of 0.0.0.0/0", (text) => text.includes("0.0.0.0/0")],
  ["a request on no resource", (_, { resource }) => resource === "*"],
];

describe("the witnesses of random documents", () => {
  const total = { witnesses: 0, confirmed: 0 };
  const unexplained: unknown[] = [];
  const gained: unknown[] = [];

  beforeAll(() => {
    for (let number = firstCase; number < firstCase + cases; number += 1) {
      const random = new Random(number * 104729);
      const pair = randomPair(random, {
        variables: number % 4 === 0 ? 0.4 : 0,
      });
      for (const [from, to] of [pair, [pair[1], pair[0]] as const]) {
        const answer = compareAccess(from, to).gained;
        if (answer.answer === "no") {
          const source = new RequestSource([from, to]);
          const requests = Array.from({ length: 20 }, () => source.random(random));
          const text = JSON.stringify([from, to]);
          const isKnown = (request: PlainRequest): boolean =>
            CAUSES.some(([, explains]) => explains(text, request));
          gained.push(
            ...requests.filter(
              (request) => !isKnown(request) && simulate(to, request) && !simulate(from, request),
            ),
          );
        }
        for (const witness of answer.answer === "yes" ? answer.witnesses : []) {
          total.witnesses += 1;
          if (simulate(to, witness) && !simulate(from, witness)) {
            total.confirmed += 1;
            continue;
          }
          const text = JSON.stringify([from, to]);
          const cause = CAUSES.find(([, explains]) => explains(text, witness));
          if (cause === undefined) unexplained.push({ witness, from, to });
        }
      }
    }
    figures("witnesses in the simulator", { ...total, unexplained: unexplained.length });
  }, timeout);

  test("are confirmed by the simulator, 97 of 100", () => {
    expect(total.witnesses).toBeGreaterThan(cases / 4);
    expect(total.confirmed / total.witnesses).toBeGreaterThanOrEqual(0.97);
  });

  test("gains nothing by the simulator if it gains nothing by the comparison", () => {
    expect(gained).toEqual([]);
  });

  test("are otherwise of a cause that is known", () => {
    expect(unexplained).toEqual([]);
  });
});
