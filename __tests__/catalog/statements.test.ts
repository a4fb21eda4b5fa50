/** The statements of the catalogue. That they grant what the pages list is in ../policies/page.test.ts. */
import { databaseTypes } from "../../lib/catalog";
import { purposeHash } from "../../sources/page";
import { purposeHashes, referencePolicy, referencePolicyNames } from "../support/reference-page";
import { words } from "../support/words";

/** The order of the page's sections. */
const PAGE_ORDER = [
  ...words("docdb dynamodb elasticache elasticache-serverless keyspace memorydb opensearch rds"),
  ...words("rdsproxy redshift redshift-serverless"),
];

const all = databaseTypes.flatMap((type) => [
  ...type.statements,
  ...(type.userRole?.statements ?? []),
]);

const bySid = all.map((statement) => [statement.sid, statement] as const);

test("the types are in the order of the page's sections", () => {
  expect(databaseTypes.map(({ name }) => name)).toEqual(PAGE_ORDER);
});

test("Sids are unique over all types", () => {
  expect(new Set(all.map(({ sid }) => sid)).size).toBe(all.length);
});

describe("every statement says why it is there and where that is written", () => {
  test.each(bySid)("%s has a purpose in words of our own", (sid, { purpose }) => {
    expect(purpose).toMatch(/^[A-Z].{15,}\.$/);
    expect(Object.values(purposeHashes)).not.toContain(purposeHash(purpose));
    if (sid in purposeHashes) expect(purposeHash(purpose)).not.toBe(purposeHashes[sid]);
  });

  test("the page has a purpose for every Sid of its policies", () => {
    const sids = referencePolicyNames
      .filter((name) => !name.endsWith("-managed-users"))
      .flatMap((name) => referencePolicy(name).Statement.flatMap(({ Sid }) => Sid ?? []));
    expect(Object.keys(purposeHashes).sort()).toEqual(sids.sort());
  });

  test.each(bySid)("%s cites a page of AWS or Teleport", (_, { source }) => {
    const url = new URL(source);
    expect(url.protocol).toBe("https:");
    expect(["goteleport.com", "docs.aws.amazon.com"]).toContain(url.hostname);
  });

  test.each(bySid)("%s says when it can be left out if it has a switch", (_, statement) => {
    if (statement.switch !== undefined) expect(statement.omittable).toMatch(/^[A-Z].+\.$/);
  });
});
