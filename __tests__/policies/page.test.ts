/** Read without Terraform, the default policies of combinations are the pages'. */
import { isDeepStrictEqual } from "node:util";
import { selectTypes } from "../../lib/catalog/select-types";
import { documents } from "../../lib/policies/documents";
import { casesOf, expectedPolicies, type Policies, sampled } from "../support/combinations";
import { grantsOf } from "../support/discovery-page";
import { ACCOUNT, meaning, type PolicyStatement } from "../support/reference-page";
import { typeCombinations } from "../support/type-combinations";

test("there are 2,047 combinations of types", () => {
  const names = typeCombinations.map((types) => types.map(({ name }) => name).join());
  expect(new Set(names).size).toBe(2047);
});

test("a sample of them has the page's statements, and what discovery needs", () => {
  expect(sampled.length).toBeGreaterThan(100);
  const different = sampled.flatMap(({ types: names }) => {
    const { types } = selectTypes(names);
    const read = (services: readonly string[]): PolicyStatement[] =>
      meaning(documents(types, { aws_account_id: ACCOUNT, services }).policy);
    const policies: Policies = {
      statements: read(["database"]),
      grants: Object.fromEntries(
        casesOf(names).map(([name, services]) => [name, grantsOf(read(services))]),
      ),
    };
    const expected = expectedPolicies(names);
    return isDeepStrictEqual(policies, expected) ? [] : [{ names, policies, expected }];
  });
  expect(different).toEqual([]);
});
