/** The catalogue's statements against the reference page. */
import { databaseTypes } from "../../lib/catalog";
import type { DatabaseType } from "../../lib/catalog/database-type";
import type { Statement } from "../../lib/catalog/statement";
import { documents } from "../../lib/policies/documents";
import { purposeHash } from "../../sources/page";
import { discoveryStatements } from "../support/discovery-page";
import {
  type PolicyStatement,
  purposeHashes,
  referencePolicy,
  referencePolicyNames,
} from "../support/reference-page";

/** The order of the page's sections. */
const PAGE_ORDER = [
  "docdb",
  "dynamodb",
  "elasticache",
  "elasticache-serverless",
  "keyspace",
  "memorydb",
  "opensearch",
  "rds",
  "rdsproxy",
  "redshift",
  "redshift-serverless",
];

const all = databaseTypes.flatMap((type) => [
  ...type.statements,
  ...(type.userRole?.statements ?? []),
]);

const byName = databaseTypes.map((type) => [type.name, type] as const);
const bySid = all.map((statement) => [statement.sid, statement] as const);

test("the types are in the order of the page's sections", () => {
  expect(databaseTypes.map(({ name }) => name)).toEqual(PAGE_ORDER);
});

test("the page has a policy for every type", () => {
  expect(referencePolicyNames).toEqual(
    expect.arrayContaining(databaseTypes.map(({ name }) => name)),
  );
});

describe.each(byName)("type %s", (name, type) => {
  test("its statements have the Sids, actions and order of the page", () => {
    const page = [
      ...referencePolicy(name).Statement,
      ...addOns(name).flatMap((addOn) => referencePolicy(addOn).Statement),
    ];
    expect(forDatabases(type).map(withoutOwnSid)).toEqual(page.map(sidAndActions));
  });

  test("what it grants without a restriction is what the page grants", () => {
    for (const { Sid, Resource } of referencePolicy(name).Statement) {
      const statement = type.statements.find(({ sid }) => sid === Sid);
      expect([Sid, isUnrestricted(statement)]).toEqual([Sid, isEverything(Resource)]);
    }
  });

  test("its database-user role is the page's role", () => {
    const assume = `${name}-assume-user-role`;
    if (!referencePolicyNames.includes(assume)) {
      expect(type.userRole).toBeUndefined();
      return;
    }
    expect(referencePolicy(assume).Statement[0]?.Resource).toBe(
      `arn:aws:iam::aws-account-id:role/${String(type.userRole?.defaultName)}`,
    );
  });

  test("its database-user role carries the page's statements", () => {
    const policy = `${name}-user-role`;
    const page = referencePolicyNames.includes(policy) ? referencePolicy(policy).Statement : [];
    expect((type.userRole?.statements ?? []).map(sidAndActionsOf)).toEqual(page.map(sidAndActions));
  });

  test("discovery has the Sids and actions of the discovery page", () => {
    const found = type.statements.flatMap(({ sid, discovery }) =>
      discovery === undefined ? [] : [[sid, [...discovery.actions].sort()] as const],
    );
    expect(Object.fromEntries(found)).toEqual(discoveryStatements[name]);
  });

  test("nothing of the page is switched off by default, except managed users", () => {
    const main = referencePolicy(name).Statement.map(({ Sid }) => Sid);
    for (const statement of forDatabases(type)) {
      expect([statement.sid, statement.switch?.default ?? true]).toEqual([
        statement.sid,
        main.includes(statement.sid),
      ]);
    }
  });
});

/**
 * Statements that no policy of the reference page has: without them, matchers find nothing, or
 * nothing by tags.
 */
const FOUND_ONLY_BY_DISCOVERY = [
  ["elasticache", "elasticache:DescribeCacheClusters"],
  ["elasticache", "elasticache:DescribeCacheSubnetGroups"],
  ["elasticache", "elasticache:ListTagsForResource"],
  ["elasticache-serverless", "ec2:DescribeSubnets"],
  ["elasticache-serverless", "elasticache:ListTagsForResource"],
  ["memorydb", "memorydb:DescribeSubnetGroups"],
  ["memorydb", "memorydb:ListTags"],
  ["opensearch", "es:ListDomainNames"],
  ["opensearch", "es:ListTags"],
  ["rds", "account:ListRegions"],
  ["rdsproxy", "rds:ListTagsForResource"],
  ["redshift-serverless", "redshift-serverless:ListEndpointAccess"],
  ["redshift-serverless", "redshift-serverless:ListTagsForResource"],
  ["redshift-serverless", "redshift-serverless:ListWorkgroups"],
] as const;

test.each(FOUND_ONLY_BY_DISCOVERY)(
  "of %s, %s is granted to who discovers, and only then",
  (name, action) => {
    const type = databaseTypes.filter((each) => each.name === name);
    const granted = (...services: readonly string[]): readonly string[] =>
      documents(type, { services, discover_all_regions: true }).policy.Statement.flatMap(
        ({ Action }) => Action,
      );
    expect(granted("database")).not.toContain(action);
    expect(granted("discovery")).toContain(action);
    expect(granted("database", "discovery")).toContain(action);
  },
);

describe("Sids", () => {
  test("are unique over all types", () => {
    expect(new Set(all.map(({ sid }) => sid)).size).toBe(all.length);
  });

  test.each(bySid)("%s has only letters and digits, as IAM demands", (sid) => {
    expect(sid).toMatch(/^[A-Za-z0-9]{1,128}$/);
  });
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

/** The statements that the Database Service needs for databases that are registered by hand. */
function forDatabases(type: DatabaseType): readonly Statement[] {
  return type.statements.filter(({ actions }) => actions.length > 0);
}

/** The page's add-ons to a type's policy. */
function addOns(name: string): readonly string[] {
  const managed = `${name}-managed-users`;
  return referencePolicyNames.includes(managed) ? [managed, "kms"] : [];
}

interface SidAndActions {
  readonly sid: string | undefined;
  readonly actions: readonly string[];
}

function sidAndActions({ Sid, Action }: PolicyStatement): SidAndActions {
  return { sid: Sid, actions: typeof Action === "string" ? [Action] : Action };
}

function sidAndActionsOf({ sid, actions }: Statement): SidAndActions {
  return { sid, actions };
}

/** The page gives its KMS statement no Sid; ours is the one difference. */
function withoutOwnSid(statement: Statement): SidAndActions {
  const own = statement.resources.kind === "kms-keys";
  return { sid: own ? undefined : statement.sid, actions: statement.actions };
}

function isEverything(resource: PolicyStatement["Resource"]): boolean {
  return [resource].flat().join() === "*";
}

function isUnrestricted(statement: Statement | undefined): boolean {
  const resources = statement?.resources;
  return resources !== undefined && "unrestricted" in resources && resources.unrestricted === true;
}
