/**
 * Every combination of the database types, composed and planned by real terraform: the policies are
 * those of the reference page; with discovery, what both pages grant.
 */
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
import {
  discoveryStatements,
  type Grants,
  grantsOf,
  pageGrants,
  type Service,
} from "./discovery-page";
import { seededRandom } from "./random";
import { ACCOUNT, filledPolicy, meaning, type PolicyStatement } from "./reference-page";
import { OFFLINE_PROVIDER, type Plan, TerraformRoot } from "./terraform";
import { describeWithTerraform } from "./tools";
import { typeCombinations } from "./type-combinations";

/** All combinations, each with the name of its call. */
const combinations = typeCombinations.map((types, index) => ({
  key: `c${String(index + 1)}`,
  types: types.map(({ name }) => name),
}));

const random = seededRandom(14);

/** All singles, all pairs, all eleven, and some of the others. */
export const sampled = combinations.filter(
  ({ types }) => [1, 2, 11].includes(types.length) || random() < 0.03,
);

const tried = process.env.COMBINATIONS === "sample" ? sampled : combinations;

/** Combinations in one root: together they would take more memory than a small machine has. */
const BATCH = 256;

// Terraform spends much of its time on collecting garbage; it may use more memory instead.
process.env.GOGC ??= "500";

/** The services that a role can serve. With `database` alone, the policy is the reference page's. */
const CASES: Readonly<Record<string, readonly Service[]>> = {
  database: ["database"],
  discovery: ["discovery"],
  both: ["database", "discovery"],
};

/** The cases of a combination. A module of types that Teleport cannot discover has no `services`. */
export function casesOf(types: readonly string[]): [name: string, services: readonly Service[]][] {
  const isDiscovered = types.some(
    (type) => Object.keys(discoveryStatements[type] ?? {}).length > 0,
  );
  return Object.entries(CASES).slice(0, isDiscovered ? 3 : 1);
}

/**
 * The result of a combination: the whole policy, and what the policies of each case grant by Sid.
 */
export interface Policies {
  readonly statements: readonly PolicyStatement[];
  readonly grants: Readonly<Record<string, Grants>>;
}

/** The statements of the pages for each type, read once. */
const pages = new Map(
  databaseTypes.map(({ name }) => [
    name,
    {
      statements: meaning(filledPolicy(name)),
      grants: Object.entries(CASES).map(([, services]) => pageGrants(name, services)),
    },
  ]),
);

/** The policies that the pages list for a combination: all statements in their order. */
export function expectedPolicies(types: readonly string[]): Policies {
  return {
    statements: types.flatMap((type) => pages.get(type)?.statements ?? []),
    grants: Object.fromEntries(
      casesOf(types).map(([name], index) => [
        name,
        Object.assign({}, ...types.map((type) => pages.get(type)?.grants[index])) as Grants,
      ]),
    ),
  };
}

/** Declares the tests of a half of all combinations, in as many roots as they need. */
export function describeCombinations(
  title: string,
  belongs: (types: readonly string[]) => boolean,
): void {
  const picked = tried.filter(({ types }) => belongs(types));
  const batches = Array.from({ length: Math.ceil(picked.length / BATCH) }, (_, index) =>
    picked.slice(index * BATCH, (index + 1) * BATCH),
  );

  describeWithTerraform()(`combinations ${title}`, () => {
    test.each(batches.map((batch, index) => [index + 1, batch] as const))(
      "batch %i: each has the page's statements, and what discovery needs",
      (_, batch) => {
        const root = new TerraformRoot({});
        const planned = plannedPolicies(root, batch);
        for (const { key, types } of batch) {
          expect([types, planned.get(key)]).toEqual([types, expectedPolicies(types)]);
        }
        expect(planned.size).toBe(batch.length);
      },
    );
  });
}

/** The policies that terraform plans for each combination: as a resource, or as an output. */
function plannedPolicies(
  root: TerraformRoot,
  batch: typeof combinations,
): ReadonlyMap<string, Policies> {
  const calls = batch.map(({ key, types }) => {
    const cases = casesOf(types);
    const call = {
      for_each: Object.fromEntries(cases),
      source: root.addModule(key, compose({ types })),
      aws_account_id: ACCOUNT,
      create_policy: '${each.key == "database"}',
      ...(cases.length === 1 ? {} : { services: "${each.value}" }),
    };
    return [key, call] as const;
  });
  const outputs = batch.map(
    ({ key }) =>
      [key, { value: `\${{ for k, each in module.${key} : k => each.policy_json }}` }] as const,
  );
  root.write({
    "provider.tf": OFFLINE_PROVIDER,
    "main.tf.json": JSON.stringify({
      module: Object.fromEntries(calls),
      output: Object.fromEntries(outputs),
    }),
  });
  const { resource_changes: changes = [], planned_values }: Plan = root.init().plan();
  const policies = new Map(
    changes
      .filter(({ type }) => type !== "terraform_data")
      .map(({ address, change }) => [address, String(change.after?.policy)]),
  );
  return new Map(
    Object.entries(planned_values.outputs ?? {}).map(([key, { value }]) => {
      const outputs = Object.entries(value as Readonly<Record<string, string>>);
      return [
        key,
        {
          statements: meaning(
            policies.get(`module.${key}["database"].aws_iam_policy.database_access[0]`),
          ),
          grants: Object.fromEntries(
            outputs.map(([name, policy]) => [name, grantsOf(meaning(policy))]),
          ),
        },
      ];
    }),
  );
}
