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

const RDS = "/rds/access-policy.mdx";
const KEYSPACES = "keyspaces/access-policy.mdx";
const TRUST = "iam_role_trust_relationship.mdx";
const CONNECT = '"Action": "elasticache:Connect",';
const WITH_CONDITION = `${CONNECT} "Condition": {"Bool": {"aws:SecureTransport": "true"}},`;

describe("a part that differs", () => {
  /** The end of the file's name, a text of it, what replaces it, and what is said. */
  test.each([
    ["a Sid", RDS, "RDSConnect", "RDSOpen", "rds RDSConnect: the page calls it RDSOpen"],
    [
      ...["an action", RDS, "rds:ModifyDBCluster", "rds:RebootDBCluster"],
      "RDSAutoEnableIAMAuth: actions that the page no longer has: rds:ModifyDBCluster",
      "RDSAutoEnableIAMAuth: actions that the page has now: rds:RebootDBCluster",
    ],
    [
      ...["its resources", KEYSPACES, ":role/{{ dbUserRole }}", ":role/another"],
      "KeyspacesConnectAsIAMRole: resources: the page has arn:aws:iam::aws-account-id:role/another, the catalogue arn:aws:iam::{account}:role/keyspaces-user-role",
    ],
    [
      ...["the form of an ARN", "redshift-serverless/role-as-user-policy.mdx"],
      ...[
        "workgroup/",
        "workgroup:",
        "RedshiftServerlessConnect: resources: the page has arn:aws:",
      ],
    ],
    [
      ...["a purpose", KEYSPACES, "About Keyspaces", "Of Keyspaces"],
      "KeyspacesConnectAsIAMRole: purpose: the page has other words. Read them, and record ",
    ],
    [
      ...["a purpose that is gone", KEYSPACES, "| About", "About"],
      "KeyspacesConnectAsIAMRole: purpose: the page no longer has one",
    ],
    [
      ...["the KMS statement, which has no Sid", "auto-password-access-policy.mdx"],
      ...["kms:GenerateDataKey", "kms:Encrypt"],
      "ElastiCacheUseKMSKeys: actions that the page no longer has: kms:GenerateDataKey",
      "ElastiCacheUseKMSKeys: actions that the page has now: kms:Encrypt",
    ],
    [
      ...["a condition", "elasticache/access-policy.mdx", CONNECT, WITH_CONDITION],
      'ElastiCacheConnect: condition: the page has {"Bool":{"aws:SecureTransport":"true"}}, the catalogue none',
    ],
    [
      ...["an effect", "memorydb/access-policy.mdx", '"Effect": "Allow"', '"Effect": "Deny"'],
      ...["MemoryDBFetchMetadata", "MemoryDBDescribeUsers", "MemoryDBConnect"].map(
        (sid) => `${sid}: effect: the page has Deny`,
      ),
    ],
    [
      ...["an element", KEYSPACES, '"Resource": [', '"NotResource": ["x"], "Resource": ['],
      "KeyspacesConnectAsIAMRole: the page has NotResource now",
    ],
    [
      ...["a fence without an end", RDS, "}\n```\n", "}\n", "the fence does not end"],
      ...["RDSAutoEnableIAMAuth", "RDSConnect", "RDSFetchMetadata"].map(
        (sid) => `${sid}: the file no longer has this statement`,
      ),
    ],
    [
      ...["a condition of a trust policy", TRUST, "sts:ExternalId", "aws:PrincipalOrgID"],
      'trust policy: condition: the page has {"StringEquals":{"aws:PrincipalOrgID":"example-external-id"}}',
    ],
    [
      ...["a principal of a trust policy", TRUST, ":root", ":user/x"],
      "trust policy: principals: the page has arn:aws:iam::aws-account-id:user/x",
    ],
  ])("in %s", (_, end = "", from = "", to = "", ...expected) => {
    expect(changed(end, from, to)).toEqual(
      expected.map((line) => expect.stringContaining(line) as unknown),
    );
  });

  test("in its only Sid, known by the file's name", () => {
    const name = discoveryPartPath("redshift");
    const text = replaced(discoveryPart("redshift"), "RedshiftDiscovery", "RedshiftFind");
    expect(said(writeFile(folder(), name, text))).toEqual([
      `${name}  redshift RedshiftDiscovery: the page calls it RedshiftFind`,
    ]);
  });

  test("in a statement that is gone, and one that is new", () => {
    const policy = referencePolicy("rds");
    const [, ...rest] = policy.Statement;
    const more = { Sid: "RDSReboot", Effect: "Allow", Action: "rds:RebootDBInstance" };
    const text = fence({ ...policy, Statement: [...rest, { ...more, Resource: "*" }] });
    const table = purposeTable(rest.flatMap(({ Sid }) => Sid ?? []));
    expect(said(writeFile(folder(), partNamed(RDS), `${text}\n${table}`))).toEqual([
      "rds/access-policy.mdx  rds RDSReboot: a new statement, rds:RebootDBInstance",
      "rds/access-policy.mdx  rds RDSAutoEnableIAMAuth: the file no longer has this statement",
    ]);
  });

  const HCL = '```hcl\ndata "aws_iam_policy_document" "x" {\n  statement {}\n}\n```';
  const CODE = "```code\n$ tsh db connect --db-user=role/{{ dbUserRole }}\narn:aws:{Region}\n```";
  test.each([
    ["a policy that is HCL", HCL, ["a policy that is not JSON: compare it by hand"]],
    ["a fence without a policy, which is no difference", CODE, []],
  ])("in %s", (_, fenced, expected) => {
    const name = partNamed(RDS);
    expect(said(writeFile(folder(), name, `${partText(name)}\n${fenced}\n`))).toEqual(
      expected.map((line) => `rds/access-policy.mdx  ${line}`),
    );
  });

  test("in a block that is broken", () => {
    expect(changed(RDS, '"Statement": [', '"Statement": ')).toContainEqual(
      expect.stringMatching(/^rds\/access-policy\.mdx {2}invalid JSON: /),
    );
  });

  test("in an action of a trust policy, for each type that includes it on the page", () => {
    const from = 'role/{{ role1 }}"\n            },\n            "Action": "sts:AssumeRole"';
    const to = from.replace('"sts:AssumeRole"', '["sts:AssumeRole", "sts:TagSession"]');
    const page = writeReferencePage(folder());
    writeFile(folder(), partNamed(TRUST), replaced(partText(partNamed(TRUST)), from, to));
    const types = databaseTypes.filter(({ userRole }) => userRole !== undefined);
    expect([...new Set(said(page))].sort()).toEqual(
      types
        .map(
          ({ name }) =>
            `${partNamed(TRUST)}  ${name} trust policy: actions that the page has now: sts:TagSession`,
        )
        .sort(),
    );
  });
});
