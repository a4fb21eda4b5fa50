/**
 * npm run sources, on parts of the pages, by themselves, with one thing changed.
 */
import { linesAbout, linesAboutChanged, replaced, useFolder } from "../support/page-differences";
import { referencePolicy } from "../support/reference-page";
import {
  discoveryPart,
  discoveryPartPath,
  fence,
  partNamed,
  partText,
  purposeTable,
  writeFile,
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

  test("in a fence that is no policy, which is no difference", () => {
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
