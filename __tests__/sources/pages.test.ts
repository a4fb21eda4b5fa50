/**
 * npm run sources, on Teleport's pages in the form of their source: as they are, and with one thing
 * changed.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { databaseTypes } from "../../lib/catalog";
import { differences } from "../../sources/compare";
import { readPage } from "../../sources/page";
import { linesAbout, linesAboutChanged, replaced, useFolder } from "../support/page-differences";
import { referencePolicy } from "../support/reference-page";
import {
  discoveryPart,
  discoveryPartPath,
  fence,
  partNamed,
  partNames,
  partText,
  purposeTable,
  referencePage,
  referencePagePath,
  writeDiscoveryPage,
  writeFile,
  writeReferencePage,
} from "../support/teleport-pages";

function mockHashed(recorded: Readonly<Record<string, string>>): Record<string, string> {
  const { createHash } = jest.requireActual<typeof import("node:crypto")>("node:crypto");
  return Object.fromEntries(
    Object.keys(recorded).map((sid) => [
      sid,
      createHash("sha256").update(`about ${sid.toLowerCase()}`).digest("hex"),
    ]),
  );
}
jest.mock("../fixtures/reference-page/purpose-hashes.json", () =>
  mockHashed(jest.requireActual("../fixtures/reference-page/purpose-hashes.json")),
);
jest.mock("../fixtures/discovery-page/purpose-hashes.json", () =>
  mockHashed(jest.requireActual("../fixtures/discovery-page/purpose-hashes.json")),
);

const folder = useFolder();
const said = (file: string): string[] => linesAbout(folder(), file);
const changed = (end: string, from: string, to: string): string[] =>
  linesAboutChanged(folder(), end, from, to);
const typeNames = databaseTypes.map(({ name }) => name);

describe("a page that equals the catalogue", () => {
  test("the reference page, with its parts, default values, parameters and placeholders", () => {
    const file = writeReferencePage(folder());
    const page = readPage(file);
    // 11 types, 2 roles' own policies, 2 of managed users and their keys, 5 examples for 6 types.
    expect(page.policies).toHaveLength(11 + 2 + 4 + 5 * 6);
    expect(differences(page)).toEqual([]);
  });

  test("the discovery page; servers are a listed deviation", () => {
    const page = readPage(writeDiscoveryPage(folder(), typeNames));
    expect(page.policies).toHaveLength(10);
    expect(differences(page)).toEqual([]);
  });

  test.each(partNames)("%s by itself", (name) => {
    expect(said(writeFile(folder(), name, partText(name)))).toEqual([]);
  });

  test.each(typeNames)("the part of discovery about %s by itself", (type) => {
    expect(said(writeFile(folder(), discoveryPartPath(type), discoveryPart(type)))).toEqual([]);
  });

  test("a part leaves its parameters open, which can be any role", () => {
    expect(partText(partNamed("documentdb/access-policy.mdx"))).toContain(
      '<Var name="aws-account-id"/>:role/{{ dbUserRole }}',
    );
  });
});

describe("a page that differs", () => {
  const withSection = (heading: string, text: string): string[] => {
    writeReferencePage(folder());
    const page = `${referencePage()}\n## ${heading}\n\n${text}`;
    return said(writeFile(folder(), referencePagePath, page));
  };

  test("in a new type", () => {
    const statement = { Sid: "TimestreamConnect", Effect: "Allow", Action: "timestream:Select" };
    const more = fence({ Statement: [{ ...statement, Resource: "*" }] });
    expect(withSection("Timestream", more)).toEqual([
      `${referencePagePath}  a new section, Timestream: TimestreamConnect, timestream:Select`,
    ]);
  });

  test("in a new type whose only policy is the one to assume a role", () => {
    const hop = fence(referencePolicy("docdb-assume-user-role"));
    expect(withSection("MongoDB Atlas", hop)).toEqual([
      `${referencePagePath}  a new section, MongoDB Atlas: without a Sid, sts:AssumeRole`,
    ]);
    const name = partNamed("documentdb/access-policy.mdx").replace("documentdb", "mongodb-atlas");
    expect(said(writeFile(folder(), name, hop))).toEqual([
      "mongodb-atlas/access-policy.mdx  a new section, mongodb-atlas/access-policy.mdx: without a Sid, sts:AssumeRole",
    ]);
  });

  test("in a section that is gone", () => {
    writeReferencePage(folder());
    const text = referencePage().replace(/## RDS Proxy\n[^]*?(?=## Redshift\n)/, "");
    expect(said(writeFile(folder(), referencePagePath, text))).toEqual([
      `${referencePagePath}  rdsproxy RDSProxyConnect: the page no longer has this statement`,
      `${referencePagePath}  rdsproxy RDSProxyFetchMetadata: the page no longer has this statement`,
    ]);
  });

  test("in a parameter that an include does not set", () => {
    writeReferencePage(folder());
    const text = replaced(referencePage(), ' dbUserRole="keyspaces-user-role"', "");
    expect(said(writeFile(folder(), referencePagePath, text))).toEqual([
      "keyspaces/access-policy.mdx  {{ dbUserRole }} has no value: the include does not set it",
    ]);
  });

  test("in a type that can be discovered now", () => {
    const file = writeDiscoveryPage(folder(), typeNames);
    const found = { Sid: "DynamoDBDiscovery", Effect: "Allow", Action: "dynamodb:ListTables" };
    const name = discoveryPartPath("dynamodb");
    writeFile(folder(), name, fence({ Statement: [{ ...found, Resource: "*" }] }));
    expect(said(file)).toEqual([
      `${name}  dynamodb DynamoDBDiscovery: a new statement, dynamodb:ListTables`,
    ]);
  });

  test("in a part that is missing", () => {
    const file = writeDiscoveryPage(folder(), typeNames);
    const rds = discoveryPartPath("rds");
    fs.rmSync(path.join(folder(), rds));
    const page = path.relative(folder(), file);
    expect(said(file)).toEqual([
      `${page}  cannot find the included file ${rds}`,
      `${page}  rds RDSDiscovery: the page no longer has this statement`,
    ]);
  });
});

describe("a part that differs", () => {
  test("in a Sid", () => {
    expect(changed("/rds/access-policy.mdx", "RDSConnect", "RDSConnectWithIAM")).toEqual([
      "rds/access-policy.mdx  rds RDSConnect: the page calls it RDSConnectWithIAM",
    ]);
  });

  test("in its only Sid, known by the file's name", () => {
    const name = discoveryPartPath("redshift");
    const text = replaced(discoveryPart("redshift"), "RedshiftDiscovery", "RedshiftFind");
    expect(said(writeFile(folder(), name, text))).toEqual([
      `${name}  redshift RedshiftDiscovery: the page calls it RedshiftFind`,
    ]);
  });

  test("in an action", () => {
    expect(changed("/rds/access-policy.mdx", "rds:ModifyDBCluster", "rds:RebootDBCluster")).toEqual(
      [
        "rds/access-policy.mdx  rds RDSAutoEnableIAMAuth: actions that the page no longer has: rds:ModifyDBCluster",
        "rds/access-policy.mdx  rds RDSAutoEnableIAMAuth: actions that the page has now: rds:RebootDBCluster",
      ],
    );
  });

  test("in its resources", () => {
    const from = ":role/{{ dbUserRole }}";
    expect(changed("keyspaces/access-policy.mdx", from, ":role/another")).toEqual([
      "keyspaces/access-policy.mdx  keyspace KeyspacesConnectAsIAMRole: resources: the page has arn:aws:iam::aws-account-id:role/another, the catalogue arn:aws:iam::{account}:role/keyspaces-user-role",
    ]);
  });

  test("in the form of an ARN", () => {
    expect(
      changed("redshift-serverless/role-as-user-policy.mdx", "workgroup/", "workgroup:"),
    ).toEqual([
      expect.stringContaining("RedshiftServerlessConnect: resources: the page has arn:aws:"),
    ]);
  });

  test("in a purpose", () => {
    expect(changed("keyspaces/access-policy.mdx", "About Keyspaces", "Of Keyspaces")).toEqual([
      expect.stringMatching(
        /^keyspaces\/access-policy.mdx {2}keyspace KeyspacesConnectAsIAMRole: purpose: the page has other words\. Read them, and record [0-9a-f]{64} in purpose-hashes\.json$/,
      ),
    ]);
  });

  test("in a purpose that is gone", () => {
    expect(changed("keyspaces/access-policy.mdx", "| About", "About")).toEqual([
      "keyspaces/access-policy.mdx  keyspace KeyspacesConnectAsIAMRole: purpose: the page no longer has one",
    ]);
  });

  test("in a statement that is gone, and one that is new", () => {
    const policy = referencePolicy("rds");
    const [, ...rest] = policy.Statement;
    const more = { Sid: "RDSReboot", Effect: "Allow", Action: "rds:RebootDBInstance" };
    const text = fence({ ...policy, Statement: [...rest, { ...more, Resource: "*" }] });
    const table = purposeTable(rest.flatMap(({ Sid }) => Sid ?? []));
    const name = partNamed("/rds/access-policy.mdx");
    expect(said(writeFile(folder(), name, `${text}\n${table}`))).toEqual([
      "rds/access-policy.mdx  rds RDSReboot: a new statement, rds:RebootDBInstance",
      "rds/access-policy.mdx  rds RDSAutoEnableIAMAuth: the file no longer has this statement",
    ]);
  });

  test("in the role's policy, which is gone", () => {
    const name = partNamed("redshift/role-as-user-policy.mdx");
    expect(said(writeFile(folder(), name, "The service assumes a role.\n"))).toEqual([
      "redshift/role-as-user-policy.mdx  redshift RedshiftConnectWithIAM: the file no longer has this statement",
    ]);
  });

  test("in the KMS statement, which has no Sid", () => {
    expect(
      changed("auto-password-access-policy.mdx", "kms:GenerateDataKey", "kms:Encrypt"),
    ).toEqual([
      "redis/auto-password-access-policy.mdx  elasticache ElastiCacheUseKMSKeys: actions that the page no longer has: kms:GenerateDataKey",
      "redis/auto-password-access-policy.mdx  elasticache ElastiCacheUseKMSKeys: actions that the page has now: kms:Encrypt",
    ]);
  });

  test("in a condition", () => {
    const from = '"Action": "elasticache:Connect",';
    const to = `${from} "Condition": {"Bool": {"aws:SecureTransport": "true"}},`;
    expect(changed("elasticache/access-policy.mdx", from, to)).toEqual([
      'elasticache/access-policy.mdx  elasticache ElastiCacheConnect: condition: the page has {"Bool":{"aws:SecureTransport":"true"}}, the catalogue none',
    ]);
  });

  test("in an effect, and in an element that the catalogue does not have", () => {
    expect(changed("memorydb/access-policy.mdx", '"Effect": "Allow"', '"Effect": "Deny"')).toEqual(
      ["MemoryDBFetchMetadata", "MemoryDBDescribeUsers", "MemoryDBConnect"].map(
        (sid) => `memorydb/access-policy.mdx  memorydb ${sid}: effect: the page has Deny`,
      ),
    );
    expect(
      changed(
        "keyspaces/access-policy.mdx",
        '"Resource": [',
        '"NotResource": ["x"], "Resource": [',
      ),
    ).toEqual([
      "keyspaces/access-policy.mdx  keyspace KeyspacesConnectAsIAMRole: the page has NotResource now",
    ]);
  });

  test("in a policy that is HCL", () => {
    const hcl =
      'data "aws_iam_policy_document" "x" {\n  statement {\n    actions = ["a:B"]\n  }\n}';
    const name = partNamed("/rds/access-policy.mdx");
    const text = `${partText(name)}\n\`\`\`hcl\n${hcl}\n\`\`\`\n`;
    expect(said(writeFile(folder(), name, text))).toEqual([
      "rds/access-policy.mdx  a policy that is not JSON: compare it by hand",
    ]);
  });

  test("in a fence that has no policy, which is not a difference", () => {
    const name = partNamed("/rds/access-policy.mdx");
    const other =
      "```code\n$ tsh db connect --db-user=role/{{ dbUserRole }}\narn:aws:{Region}\n```";
    expect(said(writeFile(folder(), name, `${partText(name)}\n${other}\n`))).toEqual([]);
  });

  test("in a block that is broken", () => {
    expect(changed("/rds/access-policy.mdx", '"Statement": [', '"Statement": ')).toContainEqual(
      expect.stringMatching(/^rds\/access-policy\.mdx {2}invalid JSON: /),
    );
  });

  test("in a fence without an end", () => {
    expect(changed("/rds/access-policy.mdx", "}\n```\n", "}\n")).toContain(
      "rds/access-policy.mdx  the fence does not end",
    );
  });
});

const TRUST = "docs/pages/includes/database-access/iam_role_trust_relationship.mdx";

/** The lines about the whole page if a text of a part is replaced. */
function changedPage(end: string, from: string, to: string): string[] {
  const page = writeReferencePage(folder());
  const name = partNamed(end);
  writeFile(folder(), name, replaced(partText(name), from, to));
  return said(page);
}

describe("an example of a trust policy that differs", () => {
  const TRUSTED = 'role/{{ role1 }}"\n            },\n            "Action": "sts:AssumeRole"';

  test.each([
    [
      "by itself",
      (to: string) => changed("iam_role_trust_relationship.mdx", TRUSTED, to),
      (text: string) => [`${TRUST}  ${text}`, `${TRUST}  ${text}`],
    ],
    [
      "on the page, for each type that includes it",
      (to: string) => changedPage("iam_role_trust_relationship.mdx", TRUSTED, to),
      (text: string) =>
        databaseTypes
          .filter(({ userRole }) => userRole !== undefined)
          .flatMap(({ name }) => [`${TRUST}  ${name} ${text}`, `${TRUST}  ${name} ${text}`]),
    ],
  ])("%s: another action", (_, linesOf, expected) => {
    const to = TRUSTED.replace('"sts:AssumeRole"', '["sts:AssumeRole", "sts:TagSession"]');
    expect(linesOf(to).sort()).toEqual(
      expected("trust policy: actions that the page has now: sts:TagSession").sort(),
    );
  });

  test("another condition", () => {
    expect(
      changed("iam_role_trust_relationship.mdx", "sts:ExternalId", "aws:PrincipalOrgID"),
    ).toEqual([
      expect.stringMatching(
        /trust policy: condition: the page has \{"StringEquals":\{"aws:PrincipalOrgID":"example-external-id"\}\}/,
      ),
    ]);
  });

  test("another principal", () => {
    expect(changed("iam_role_trust_relationship.mdx", ":root", ":user/x")).toEqual([
      expect.stringMatching(
        /trust policy: principals: the page has arn:aws:iam::aws-account-id:user\/x/,
      ),
    ]);
  });
});
