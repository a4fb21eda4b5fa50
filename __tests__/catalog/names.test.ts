/** Naming rules of types, variables and ARN placeholders. */
import { databaseTypes } from "../../lib/catalog";
import { type DatabaseType, variablePrefix } from "../../lib/catalog/database-type";
import { type Field, fields } from "../../lib/catalog/fields";
import { narrowingsOf } from "../../lib/catalog/statement";
import { allStatements } from "../../lib/inputs/type-variables";
import { words } from "../support/words";

const byName = databaseTypes.map((type) => [type.name, type] as const);

/** Names that `teleport db configure aws print-iam --types` takes. */
const PRINT_IAM_TYPES = [
  ...words("rds rdsproxy redshift redshift-serverless elasticache elasticache-serverless"),
  ...words("memorydb keyspace dynamodb opensearch docdb"),
];

test("the types have the names that Teleport's own command takes", () => {
  expect(databaseTypes.map(({ name }) => name).sort()).toEqual([...PRINT_IAM_TYPES].sort());
});

test("no name or alias stands for two types", () => {
  const names = databaseTypes.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]);
  expect(new Set(names).size).toBe(names.length);
  expect(names).not.toContain("all");
});

const variables = databaseTypes.flatMap((type) =>
  variablesOf(type).map((variable) => [variable, type.name] as const),
);

describe("variables", () => {
  test.each(variables)("%s is snake case behind the prefix of %s", (variable, name) => {
    expect(variable).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/);
    expect(variable.startsWith(`${variablePrefix(name)}_`)).toBe(true);
  });

  test.each(variables)("%s belongs to no type but %s", (variable, name) => {
    const owners = variables.filter(([other]) => other === variable).map(([, owner]) => owner);
    expect(owners).toEqual([name]);
  });

  test.each(byName)("a switch of %s means the same wherever it stands", (_, type) => {
    const switches = type.statements.flatMap((statement) => statement.switch ?? []);
    for (const { variable, ...rest } of switches) {
      const same = switches.filter((other) => other.variable === variable);
      for (const other of same) expect(other).toEqual({ variable, ...rest });
    }
  });
});

describe("narrowings", () => {
  test.each(byName)("one of %s has the same fields wherever it stands", (_, type) => {
    const narrowings = allStatements(type).flatMap(narrowingsOf);
    for (const { variable, fields: own } of narrowings) {
      const same = narrowings.filter((other) => other.variable === variable);
      for (const other of same) expect(other.fields).toEqual(own);
    }
  });

  test("what a field means by everything are values that it takes", () => {
    for (const [name, { pattern, widest }] of Object.entries<Field>(fields)) {
      for (const value of widest ?? [])
        expect([name, value]).toEqual([name, expect.stringMatching(pattern)]);
    }
  });
});

describe("ARN templates", () => {
  const narrowings = databaseTypes
    .flatMap(allStatements)
    .flatMap(narrowingsOf)
    // Some statements take a part of another's ARNs.
    .filter(({ subset }) => subset === undefined);

  test.each(narrowings.map((narrowing) => [narrowing.variable, narrowing] as const))(
    "%s: every field is a placeholder of a template, and every placeholder a field",
    (_, narrowing) => {
      const placeholders = narrowing.arns.flatMap((arn) =>
        [...arn.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      );
      const expected = new Set([...Object.keys(narrowing.fields), "account"]);
      expect(new Set(placeholders)).toEqual(expected);
    },
  );

  test.each(Object.entries(fields))("the format of %s lets `*` stand for anything", (_, field) => {
    expect("*").toMatch(new RegExp(field.pattern));
  });

  test.each(Object.entries(fields))(
    "the format of %s refuses what would reach into other parts of an ARN",
    (_, field) => {
      for (const value of ["", "a:b", "a/b", "a b", "**", "*a", "${x}", "%{x}", "a\n", 'a"', "é"]) {
        expect(value).not.toMatch(new RegExp(field.pattern));
      }
    },
  );
});

function variablesOf(type: DatabaseType): string[] {
  const variables = allStatements(type).flatMap((statement) => [
    ...(statement.switch === undefined ? [] : [statement.switch.variable]),
    ...(statement.separable === undefined ? [] : [statement.separable.condition.variable]),
    ...narrowingsOf(statement).map(({ variable }) => variable),
  ]);
  return [...new Set(variables)];
}
