/** Right command lines of `compose`. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { compose } from "../../lib/answers/compose";
import { contentOf } from "../support/content-of";
import { runCommand } from "../support/command";

let folder: string;

beforeEach(() => {
  folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-cli-")), "output");
});

const all =
  "docdb dynamodb elasticache elasticache-serverless keyspace memorydb opensearch rds rdsproxy redshift redshift-serverless";

/** The words that name the types, and the types. */
const spellings: readonly (readonly [words: string, types: string])[] = [
  ["--types rds", "rds"],
  ["--types=rds", "rds"],
  ["--types rds,redshift", "rds redshift"],
  ["--types=redshift,rds", "rds redshift"],
  ["--types rds redshift", "rds redshift"],
  ["--types redshift rds", "rds redshift"],
  ["--types redshift --types rds", "rds redshift"],
  ["--types rds,,redshift,", "rds redshift"],
  ["--types rds,rds --types rds", "rds"],
  ["--types rds,redshift docdb --types keyspace", "docdb keyspace rds redshift"],
  ["--types all", all],
  ["--types all,rds", all],
  ["--types rds all", all],
  ["--types rds-proxy", "rdsproxy"],
  ["--types keyspaces,documentdb", "docdb keyspace"],
  ["--types docdb,documentdb", "docdb"],
];

test.each(spellings)("compose %s writes the module for %s", async (words, types) => {
  const { status, stdout, stderr } = await runCommand(
    "compose",
    ...words.split(" "),
    "--output",
    folder,
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr).toContain(`Wrote the module to ${folder}: `);
  expect(contentOf(folder)).toEqual(Object.fromEntries(compose({ types: types.split(" ") })));
});

test("a list of types in one word, apart by spaces and line ends, is read as well", async () => {
  await runCommand("compose", "--types", "rds, redshift\n docdb", "--output", folder);
  expect(contentOf(folder)).toEqual(
    Object.fromEntries(compose({ types: ["rds", "redshift", "docdb"] })),
  );
});

test("an alias is named together with what it was taken for", async () => {
  const { stderr } = await runCommand("compose", "--types", "documentdb", "--output", folder);
  expect(stderr).toContain("Using docdb for documentdb.\n");
});

test("a second run says that all is up to date", async () => {
  const words = ["compose", "--types", "rds", "--output", folder];
  await runCommand(...words);
  expect(await runCommand(...words)).toEqual({
    status: 0,
    stdout: "",
    stderr: `${folder} is up to date.\n`,
  });
});

test.each([
  ["service-role", "trust_ec2=true", "aws_iam_role.service"],
  [
    "access-role",
    'trusted_principals=["arn:aws:iam::210987654321:role/agent"]',
    "aws_iam_role.access",
  ],
] as const)(
  "compose --module %s writes it, with the values of --set",
  async (module, set, role) => {
    const words = ["compose", "--module", module, "--output", folder];
    const { status, stderr } = await runCommand(...words);
    expect(status).toBe(0);
    expect(contentOf(folder)).toEqual(Object.fromEntries(compose({ module })));
    expect(contentOf(folder)["README.md"]).toContain(role);
    expect(stderr).toContain(`module "${module.replace("-", "_")}" {`);
    expect(await runCommand(...words, "--check")).toMatchObject({ status: 0, stdout: "" });
    const changed = await runCommand(...words, "--check", "--set", set);
    expect(changed.status).toBe(1);
    expect(changed.stdout).toContain(`variable changed: ${set.split("=")[0] ?? ""} (default)\n`);
  },
);
