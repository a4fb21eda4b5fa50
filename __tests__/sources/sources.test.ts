/**
 * npm run sources: what it says of pages that are written here from the facts of the fixtures, in
 * both of the pages' forms, and of the same with one thing changed.
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { differences } from "../../sources/compare";
import { readPage } from "../../sources/page";
import { discoveryStatements } from "../support/discovery-page";
import { referencePolicy, referencePolicyNames } from "../support/reference-page";
import { PROJECT } from "../support/terraform";

// The pages' words are not ours: here the purpose of each Sid is a sentence that names it.
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

/** The headings of the reference page, in its order, by type. */
const HEADINGS: Readonly<Record<string, string>> = {
  docdb: "DocumentDB",
  dynamodb: "DynamoDB",
  elasticache: "ElastiCache for Redis and Valkey",
  "elasticache-serverless": "ElastiCache Serverless for Redis and Valkey",
  keyspace: "Keyspaces",
  memorydb: "MemoryDB",
  opensearch: "OpenSearch",
  rds: "RDS",
  rdsproxy: "RDS Proxy",
  redshift: "Redshift",
  "redshift-serverless": "Redshift Serverless",
};

const PARTS = ["", "-managed-users", "-assume-user-role", "-user-role"];

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-sources-"));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

const fence = (document: object, language = ""): string =>
  `\`\`\`${language}\n${JSON.stringify(document, null, 4)}\n\`\`\`\n`;

const table = (sids: readonly (string | undefined)[]): string =>
  ["| Statement | Purpose |", "| --- | --- |"]
    .concat(sids.map((sid) => `| \`${String(sid)}\` | About ${String(sid)}. |`))
    .join("\n") + "\n";

/** A part of the reference page as the fixtures have it; purposes only of what has them there. */
function part(name: string, language = ""): string {
  const policy = referencePolicy(name);
  const sids = policy.Statement.flatMap(({ Sid }) => Sid ?? []);
  return `${fence(policy, language)}\n${name.endsWith("-managed-users") ? "" : table(sids)}`;
}

/** The reference page as it is stored: one file, its placeholders as words. */
function referencePage(): string {
  const sections = Object.entries(HEADINGS).map(([type, heading]) => {
    const parts = PARTS.map((suffix) => `${type}${suffix}`).filter((name) =>
      referencePolicyNames.includes(name),
    );
    const keys = referencePolicyNames.includes(`${type}-managed-users`) ? part("kms") : "";
    return `## ${heading}\n\n${parts.map((name) => part(name)).join("\n### More\n\n")}\n${keys}`;
  });
  return [
    "# An IAM Reference\n",
    fence(referencePolicy("trust-role-as-principal")),
    "```\narn:aws:rds-db:{Region}\n```\n",
    ...sections,
  ].join("\n");
}

function discoveryPart(type: string): string {
  const statements = discoveryStatements[type] ?? {};
  const Statement = Object.entries(statements).map(([Sid, Action]) => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource: "*",
  }));
  if (Statement.length === 0) return "It cannot be discovered.\n";
  return `${fence({ Version: "2012-10-17", Statement }, "json")}\n${table(Object.keys(statements))}`;
}

const EC2 = fence(
  {
    Version: "2012-10-17",
    Statement: [{ Sid: "EC2Discovery", Effect: "Allow", Action: "ec2:X", Resource: "*" }],
  },
  "json",
);

/** The discovery page as its source is: a file for each type, included. */
function writeDiscoveryPage(): string {
  const at = (type: string): string =>
    `docs/pages/includes/discovery/reference/aws-iam/${type}.mdx`;
  for (const type of Object.keys(HEADINGS)) write(at(type), discoveryPart(type));
  write(at("ec2"), EC2);
  const sections = Object.keys(HEADINGS).map((type) => `### ${type}\n\n(!${at(type)}!)\n`);
  return write(
    "docs/pages/enroll/aws-iam.mdx",
    `---\ntitle: Discovery IAM Reference\n---\n\n## EC2\n\n(!${at("ec2")}!)\n\n## Databases\n\n${sections.join("\n")}`,
  );
}

/** The lines about a file, without the folder and the line's number. */
function said(file: string): string[] {
  return differences(readPage(file)).map((line) =>
    line.replaceAll(`${folder}/`, "").replace(/^(\S+):\d+ {2}/, "$1  "),
  );
}

describe("a page that says what the catalogue does", () => {
  test("as it is stored", () => {
    const page = readPage(write("reference.md", referencePage()));
    expect(page.policies.length).toBeGreaterThan(20);
    expect(differences(page)).toEqual([]);
  });

  test("as its source is, with included parts, placeholders and parameters", () => {
    const docdb = part("docdb", "json")
      .replaceAll("aws-account-id", '<Var name=\\"aws-account-id\\"/>')
      .replaceAll('\\"', '"')
      .replace("documentdb-user-role", "{{ dbUserRole }}");
    expect(docdb).toContain('<Var name="aws-account-id"/>:role/{{ dbUserRole }}');
    write("docs/pages/includes/docdb/access-policy.mdx", docdb);
    const source = referencePage().replace(
      part("docdb"),
      '(!docs/pages/includes/docdb/access-policy.mdx dbUserRole="documentdb-user-role"!)\n',
    );
    expect(source).toContain("(!docs/pages");
    expect(said(write("docs/pages/reference/aws.mdx", source))).toEqual([]);
  });

  test("of discovery; what is about servers is a listed deviation", () => {
    const page = readPage(writeDiscoveryPage());
    expect(page.policies).toHaveLength(10);
    expect(differences(page)).toEqual([]);
  });

  test.each(referencePolicyNames.filter((name) => !/^(trust|boundary|kms)/.test(name)))(
    "the part %s",
    (name) => {
      expect(said(write(`${name}.mdx`, part(name, "json")))).toEqual([]);
    },
  );

  test.each(Object.keys(HEADINGS))("the part of discovery about %s", (type) => {
    expect(said(write(`discovery/${type}.mdx`, discoveryPart(type)))).toEqual([]);
  });
});

describe("a part that differs", () => {
  const changed = (name: string, from: string, to: string): string[] => {
    const text = part(name, "json");
    expect(text).toContain(from);
    return said(write(`${name}/access-policy.mdx`, text.replaceAll(from, to)));
  };

  test("in a Sid", () => {
    expect(changed("rds", "RDSConnect", "RDSConnectWithIAM")).toEqual([
      "rds/access-policy.mdx  rds RDSConnect: the page calls it RDSConnectWithIAM",
    ]);
  });

  test("in its only Sid, told by the file's name", () => {
    const text = discoveryPart("redshift").replaceAll("RedshiftDiscovery", "RedshiftFind");
    expect(said(write("discovery/redshift.mdx", text))).toEqual([
      "discovery/redshift.mdx  redshift RedshiftDiscovery: the page calls it RedshiftFind",
    ]);
  });

  test("in an action that is dropped, and one that is new", () => {
    expect(changed("rds", "rds:ModifyDBCluster", "rds:RebootDBCluster")).toEqual([
      "rds/access-policy.mdx  rds RDSAutoEnableIAMAuth: actions that the page has no more: rds:ModifyDBCluster",
      "rds/access-policy.mdx  rds RDSAutoEnableIAMAuth: actions that the page has now: rds:RebootDBCluster",
    ]);
  });

  test("in its resources", () => {
    expect(changed("keyspace", "keyspaces-user-role", "another-role")).toEqual([
      "keyspace/access-policy.mdx  keyspace KeyspacesConnectAsIAMRole: resources: the page has arn:aws:iam::aws-account-id:role/another-role, the catalogue arn:aws:iam::{account}:role/keyspaces-user-role",
    ]);
  });

  test("in a purpose", () => {
    expect(changed("keyspace", "About Keyspaces", "Of Keyspaces")).toEqual([
      expect.stringMatching(
        /^keyspace\/access-policy.mdx {2}keyspace KeyspacesConnectAsIAMRole: purpose: the page has other words\. Read them, and record [0-9a-f]{64} in purpose-hashes\.json$/,
      ),
    ]);
  });

  test("in a purpose that is gone", () => {
    expect(changed("keyspace", "| About", "About")).toEqual([
      "keyspace/access-policy.mdx  keyspace KeyspacesConnectAsIAMRole: purpose: the page has none any more",
    ]);
  });

  test("in a statement that is gone, and one that is new", () => {
    const policy = referencePolicy("rds");
    const [, ...rest] = policy.Statement;
    const more = { Sid: "RDSReboot", Effect: "Allow", Action: "rds:RebootDBInstance" };
    const text = fence({ ...policy, Statement: [...rest, { ...more, Resource: "*" }] });
    expect(said(write("rds.mdx", `${text}\n${table(rest.map(({ Sid }) => Sid))}`))).toEqual([
      "rds.mdx  rds RDSReboot: a new statement, rds:RebootDBInstance",
      "rds RDSAutoEnableIAMAuth: the file has no such statement any more",
    ]);
  });

  test("in a KMS statement, which has no Sid", () => {
    expect(
      said(
        write(
          "elasticache.mdx",
          `${part("elasticache")}\n${part("kms").replace("kms:GenerateDataKey", "kms:Encrypt")}`,
        ),
      ),
    ).toEqual([
      "elasticache.mdx  elasticache ElastiCacheUseKMSKeys: actions that the page has no more: kms:GenerateDataKey",
      "elasticache.mdx  elasticache ElastiCacheUseKMSKeys: actions that the page has now: kms:Encrypt",
    ]);
  });

  test("in a block that is broken", () => {
    const text = part("rds", "json").replace('"Statement": [', '"Statement": ');
    expect(said(write("rds.mdx", text))).toEqual([
      expect.stringMatching(/^rds\.mdx {2}not JSON: /),
    ]);
  });

  test("in a fence without an end", () => {
    expect(said(write("rds.mdx", "```json\n{"))).toEqual(["rds.mdx  the fence has no end"]);
  });
});

describe("a page that differs", () => {
  test("in a new type", () => {
    const more = fence({
      Version: "2012-10-17",
      Statement: [
        { Sid: "TimestreamConnect", Effect: "Allow", Action: "timestream:Select", Resource: "*" },
      ],
    });
    expect(said(write("aws.md", `${referencePage()}\n## Timestream\n\n${more}`))).toEqual([
      "aws.md  a new section, Timestream: TimestreamConnect, timestream:Select",
    ]);
  });

  test("in a section that is gone", () => {
    const text = referencePage().replace(/## RDS Proxy\n[^]*?(?=## Redshift\n)/, "");
    expect(said(write("aws.md", text))).toEqual([
      "rdsproxy RDSProxyConnect: the page has no such statement any more",
      "rdsproxy RDSProxyFetchMetadata: the page has no such statement any more",
    ]);
  });

  test("in a type that can be discovered now", () => {
    const file = writeDiscoveryPage();
    const found = { Sid: "DynamoDBDiscovery", Effect: "Allow", Action: "dynamodb:ListTables" };
    write(
      "docs/pages/includes/discovery/reference/aws-iam/dynamodb.mdx",
      fence({ Version: "2012-10-17", Statement: [{ ...found, Resource: "*" }] }),
    );
    expect(said(file)).toEqual([
      "docs/pages/includes/discovery/reference/aws-iam/dynamodb.mdx  dynamodb DynamoDBDiscovery: a new statement, dynamodb:ListTables",
    ]);
  });

  test("in a part that is included and is not there", () => {
    const file = writeDiscoveryPage();
    const rds = "docs/pages/includes/discovery/reference/aws-iam/rds.mdx";
    fs.rmSync(path.join(folder, rds));
    expect(said(file)).toEqual([
      `docs/pages/enroll/aws-iam.mdx  ${rds} is included and is not there`,
      "rds RDSDiscovery: the page has no such statement any more",
    ]);
  });
});

describe("the command", () => {
  const run = (...files: readonly string[]) =>
    spawnSync("npm", ["run", "--silent", "sources", "--", ...files], {
      cwd: PROJECT,
      encoding: "utf8",
    });

  test("has status 0 where nothing differs, 1 where something does, 2 where it cannot read", () => {
    const same = write("same.mdx", part("memorydb-managed-users"));
    expect(run(same)).toMatchObject({ status: 0, stdout: "" });
    const other = write("other.mdx", part("memorydb-managed-users").replace("UpdateUser", "Other"));
    const { status, stdout } = run(same, other);
    expect(stdout).toContain("memorydb MemoryDBManageUsers: actions that the page has now");
    expect(status).toBe(1);
    expect(run(path.join(folder, "none.mdx")).status).toBe(2);
    expect(run().status).toBe(2);
  });

  test("takes a file without policies for no page", () => {
    const file = write("other.md", "# Something else\n");
    const { status, stdout } = run(file);
    expect(status).toBe(1);
    expect(stdout).toContain(`${file}  has no policies`);
  });
});
