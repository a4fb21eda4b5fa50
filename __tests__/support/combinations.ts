/**
 * Every combination of the database types, composed and planned by real terraform: merged and split
 * by type, the policies are those of the reference page; with discovery, what both pages grant.
 */
import { compose } from "../../lib/answers/compose";
import { type Grants, grantsOf, pageGrants, type Service } from "./discovery-page";
import { ACCOUNT, filledPolicy, type Policy } from "./reference-page";
import { OFFLINE_PROVIDER, type Plan, TerraformRoot } from "./terraform";
import { describeWithTerraform } from "./tools";
import { typeCombinations } from "./type-combinations";

/** All combinations, each with the name of its call. */
const combinations = typeCombinations.map((types, index) => ({
  key: `c${String(index + 1)}`,
  types: types.map(({ name }) => name),
}));

/** Which are planned: all, or with $COMBINATIONS_EVERY = n every n-th. */
const EVERY = Number(process.env.COMBINATIONS_EVERY ?? 1);

/** Combinations in one root: together they would take more memory than a small machine has. */
const BATCH = 256;

// Terraform spends much of its time on collecting garbage; it may use more memory instead.
process.env.GOGC ??= "500";

/**
 * Declares the tests of a part of all combinations, in as many roots as they need.
 *
 * @param title which part it is
 * @param belongs whether a combination is of this part
 * @param count how many are
 */
export function describeCombinations(
  title: string,
  belongs: (types: readonly string[]) => boolean,
  count: number,
): void {
  const picked = combinations.filter(({ types }) => belongs(types));
  const tried = picked.filter((_, index) => index % EVERY === 0);
  const batches = Array.from({ length: Math.ceil(tried.length / BATCH) }, (_, index) =>
    tried.slice(index * BATCH, (index + 1) * BATCH),
  );

  test(`there are ${String(count)} combinations ${title}`, () => {
    expect(new Set(picked.map(({ types }) => types.join())).size).toBe(count);
  });

  describeWithTerraform()(`combinations ${title}`, () => {
    test.each(batches.map((batch, index) => [index + 1, batch] as const))(
      "batch %i: each has the page's statements, merged and split, and what discovery needs",
      (_, batch) => {
        const root = new TerraformRoot({});
        try {
          const planned = plannedPolicies(root, batch);
          for (const { key, types } of batch) {
            expect([types, planned.get(key)]).toEqual([types, expectedPolicies(types)]);
          }
          expect(planned.size).toBe(batch.length);
        } finally {
          root.dispose();
        }
      },
    );
  });
}

/** The services that a role can serve. With `database` alone, the policy is the reference page's. */
const CASES: Readonly<Record<"database" | "discovery" | "both", readonly Service[]>> = {
  database: ["database"],
  discovery: ["discovery"],
  both: ["database", "discovery"],
};

/** What a combination gives: whole policies, what they grant by Sid, the planned policies by key. */
interface Policies {
  readonly merged: Policy;
  readonly split: Readonly<Record<string, Policy>>;
  readonly discovery: Grants;
  readonly both: Grants;
}

/**
 * What the pages say: all statements in their order, and the same by type. The first type's policy has
 * the key of the whole one.
 */
function expectedPolicies(types: readonly string[]): Policies {
  const split = Object.fromEntries(
    types.map((type, index) => [index === 0 ? "merged" : type, filledPolicy(type)]),
  );
  const Statement = types.flatMap((type) => filledPolicy(type).Statement);
  const grants = (services: readonly Service[]): Grants =>
    Object.assign({}, ...types.map((type) => pageGrants(type, services))) as Grants;
  return {
    merged: { Version: "2012-10-17", Statement },
    split,
    discovery: grants(CASES.discovery),
    both: grants(CASES.both),
  };
}

/**
 * The policies that terraform plans for each combination. One call gives all: for the Database Service
 * the policies split by type are its resources, and the merged ones are its outputs `policy_json`.
 */
function plannedPolicies(
  root: TerraformRoot,
  batch: typeof combinations,
): ReadonlyMap<string, Policies> {
  const isDatabase = '${each.key == "database"}';
  const calls = batch.map(({ key, types }) => {
    const call = {
      for_each: CASES,
      source: root.addModule(key, compose({ types })),
      aws_account_id: ACCOUNT,
      services: "${each.value}",
      create_policy: isDatabase,
      ...(types.length > 1 && { split_policy_by_type: isDatabase }),
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
  const times = [timed("init", () => root.init())];
  times.push(timed("plan", () => root.succeed("plan", "-out=tfplan")));
  let shown = "";
  times.push(
    timed("show", () => {
      shown = root.succeed("show", "-json", "tfplan");
    }),
  );
  process.stderr.write(`${String(batch.length)} combinations: ${times.join(", ")}\n`);
  return policiesOf(JSON.parse(shown) as Plan);
}

function policiesOf({
  resource_changes: changes = [],
  planned_values,
}: Plan): Map<string, Policies> {
  const split = new Map<string, Record<string, Policy>>();
  for (const { module_address: address = "", type, index, change } of changes) {
    // It remembers the policy's name.
    if (type === "terraform_data") continue;
    if (type !== "aws_iam_policy") throw new Error(`Unexpected resource in ${address}: ${type}`);
    const key = address.replace(/^module\.(c[0-9]+)\["database"\]$/, "$1");
    const policy = JSON.parse(String(change.after?.policy)) as Policy;
    split.set(key, { ...split.get(key), [String(index)]: policy });
  }
  return new Map(
    Object.entries(planned_values.outputs ?? {}).map(([key, { value }]) => {
      const merged = value as Readonly<Record<keyof typeof CASES, string>>;
      const grants = (of: keyof typeof CASES): Grants =>
        grantsOf((JSON.parse(merged[of]) as Policy).Statement);
      const policies = {
        merged: JSON.parse(merged.database) as Policy,
        split: split.get(key) ?? {},
        discovery: grants("discovery"),
        both: grants("both"),
      };
      return [key, policies];
    }),
  );
}

function timed(what: string, action: () => unknown): string {
  const start = performance.now();
  action();
  return `${what} ${((performance.now() - start) / 1000).toFixed(1)} s`;
}
