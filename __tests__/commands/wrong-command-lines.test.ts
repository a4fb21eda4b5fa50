/** Wrong command lines: each gets its message and exit status 2, and changes nothing. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { contentOf } from "../support/content-of";
import { runCommand } from "../support/command";

const TYPES =
  "docdb, dynamodb, elasticache, elasticache-serverless, keyspace, memorydb, opensearch, rds, rdsproxy, redshift, redshift-serverless";
const unknownType = (given: string, nearest?: string): string =>
  `Unknown database type ${given}.${nearest === undefined ? "" : ` Did you mean "${nearest}"?`} Valid types: ${TYPES}, or all.`;
const typesMissing =
  'Name the database types: --types rds,redshift, or --types all. "teleport-db-iam list" shows them.';
const outputMissing = "Name the folder to write the module to: --output ./database-access";
const unknownArgument = (given: string, nearest?: string, command = "compose"): string =>
  `Unknown argument: ${given}.${nearest === undefined ? "" : ` Did you mean --${nearest}?`}\nSee: teleport-db-iam ${command} --help\n`;
const unknownCommand = (given: string, nearest?: string): string =>
  `Unknown command "${given}".${nearest === undefined ? "" : ` Did you mean "${nearest}"?`}`;
const noSwitchValue = (flag: string): string =>
  `--${flag} takes no value. Give it alone, or leave it out.`;
const empty = (flag: string): string => `--${flag} is empty. Give it a value, or leave it out.`;
const twice = (flag: string): string => `--${flag} was given twice. Give it once.`;
const notAFolder = " is not a folder. Name a folder, or one that does not exist yet.";

const rds = ["compose", "--types", "rds", "--output", "new"];
const iam = ["print-iam", "--types", "docdb,dynamodb"];
const compose = (...words: readonly string[]): readonly string[] => [
  "compose",
  ...words,
  "--output",
  "new",
];

/** The words of the command line, and what the message says. */
const commandLines: readonly (readonly [words: readonly string[], message: string])[] = [
  // No command, or none that exists.
  [["--hlep"], "Name a command."],
  [[""], unknownCommand("")],
  [["composee"], unknownCommand("composee", "compose")],
  [["rds"], unknownCommand("rds")],
  [["help", "composee"], unknownCommand("composee", "compose")],
  [["hlep"], unknownCommand("hlep", "help")],
  [["compose", "--version"], unknownArgument("version")],
  // Types.
  [compose(), typesMissing],
  [compose("--types"), empty("types")],
  [compose("--types="), empty("types")],
  [compose("--types", ","), empty("types")],
  [compose("--types", "RDS"), unknownType('"RDS"', "rds")],
  [compose("--types", "rds,redshfit"), unknownType('"redshfit"', "redshift")],
  [compose("--types", "rds", "dynamo-db"), unknownType('"dynamo-db"', "dynamodb")],
  [compose("--types", "postgres"), unknownType('"postgres"')],
  [compose("--types", "rds;redshift"), unknownType('"rds;redshift"', "redshift")],
  [compose("--types", "__proto__"), unknownType('"__proto__"')],
  [compose("--no-types"), unknownArgument("no-types")],
  [["compose", "rds", "--output", "new"], unknownArgument("rds", "types rds")],
  [["print-iam", "redshift"], unknownArgument("redshift", "types redshift", "print-iam")],
  // Output.
  [["compose", "--types", "rds"], outputMissing],
  [["compose", "--types", "rds", "--output"], empty("output")],
  [["compose", "--types", "rds", "--no-output"], unknownArgument("no-output", "output")],
  [["compose", "--types", "rds", "--output", "new", "--output", "b"], twice("output")],
  [
    ["compose", "--types", "rds", "--output", "mine"],
    "mine has files that teleport-db-iam did not write: notes.txt.",
  ],
  [
    ["compose", "--types", "rds", "--output", "."],
    ". has files that teleport-db-iam did not write: file, mine/.",
  ],
  [["compose", "--types", "rds", "--output", "file"], `file${notAFolder}`],
  [
    ["compose", "--types", "rds", "--output", "file/below"],
    "file/below: not a directory (ENOTDIR)",
  ],
  [
    ["compose", "--types", "rds", "--output", "x".repeat(256)],
    `${"x".repeat(256)}: name too long (ENAMETOOLONG). Name another path, or correct its permissions.`,
  ],
  // Flags.
  [compose("--types", "rds", "--foo"), unknownArgument("foo", "from")],
  [compose("--types", "rds", "-x"), unknownArgument("x")],
  [compose("--types", "rds", "--outptu", "a"), unknownArgument("outptu", "output")],
  [compose("--types", "rds", "--output.x", "a"), unknownArgument("output.x", "output")],
  [compose("--types", "rds", "--__proto__", "a"), "Unknown argument: "],
  [compose("--types", "rds", "--force=maybe"), noSwitchValue("force")],
  [compose("--types", "rds", "--no-force"), unknownArgument("no-force")],
  [
    compose("--types", "rds", "--check", "--dry-run"),
    "--check and --dry-run exclude each other. Give one.",
  ],
  [compose("--types", "rds", "--", "redshift"), unknownArgument("redshift", "types redshift")],
  // Flags without a value: odd-values.test.ts tries every flag.
  [compose("--types", "rds", "--name"), empty("name")],
  [["explore", "--output", "--force"], empty("output")],
  [["review", "plan.json", "--never", ""], empty("never")],
  [
    ["review", "plan.json", "--never", "iam"],
    '--never: "iam" is not an action. Write service:action',
  ],
  [["review", "plan.json", "--never", "imm:*"], '--never: AWS has no service "imm".'],
  [
    ["review", "plan.json", "--never", "kms:PutKeyPolcy"],
    '--never: AWS has no action "kms:PutKeyPolcy". Did you mean "kms:PutKeyPolicy"? If it is newer than this version, write it with a wildcard: "kms:PutKeyPolcy*".',
  ],
  [["review", "plan.json", "--never", "iam:Frobnicate"], 'AWS has no action "iam:Frobnicate".'],
  // Defaults of variables.
  [compose("--types", "rds", "--set"), empty("set")],
  [compose("--types", "rds", "--set", "--force"), empty("set")],
  [
    compose("--types", "rds", "--set", "tags"),
    '"tags" is not of the form name=value. Example: --set restrict_to_account=true',
  ],
  [compose("--types", "rds", "--set", "=x"), ""],
  [compose("--types", "rds", "--set", "nope=x"), 'The module rds has no variable "nope".'],
  [
    compose("--types", "rds", "--set", "redshift_clusters=[]"),
    'The module rds has no variable "redshift_clusters".',
  ],
  [
    compose("--types", "rds", "--set", "aws_account_id=1"),
    'aws_account_id is "1": it must be the 12 digits of an AWS account ID',
  ],
  [compose("--types", "rds", "--set", "tags={"), 'tags must be a map: {"key": "…"}.'],
  [compose("--types", "rds", "--set", "create_policy=maybe"), "create_policy"],
  [
    compose("--types", "rds", "--set", 'rds_clusters=[{"region":"EU","cluster_name":"*"}]'),
    'rds_clusters has region ["EU"]: each must be an AWS region such as us-east-1',
  ],
  [compose("--types", "rds", "--set", 'rds_clusters=[{"name":"x"}]'), "rds_clusters"],
  [
    compose("--types", "rds", "--name", "a b"),
    'policy_name is "a b": it must be 1 to 128 letters, digits and _+=,.@',
  ],
  [
    compose("--types", "rds", "--name", "a", "--set", "policy_name=b"),
    "policy_name has two values.",
  ],
  [
    compose("--types", "rds", "--set", "policy_name=a", "--set", "policy_name=b"),
    "policy_name has two values.",
  ],
  // The other commands.
  [["explain"], "explain needs an argument: teleport-db-iam explain <word>."],
  [["explain", "nope"], '"nope" is not a database type, Sid, action, variable or role module.'],
  [["explain", "rds", "redshift"], unknownArgument("redshift", undefined, "explain")],
  [["print-iam"], typesMissing],
  [
    ["list", "--format", "xml"],
    'Invalid value:\n  --format is "xml". Choices: "text", "json".\nSee: teleport-db-iam list --help\n',
  ],
  [["list", "rds"], unknownArgument("rds", undefined, "list")],
  [["completion"], "completion needs an arg"],
  // Words and values that are almost right.
  [["explain", "RDSConect"], 'Did you mean "RDSConnect"?'],
  [["explain", ""], "is not a database type, Sid, action, variable or role module"],
  [["completion", "bsh"], 'Did you mean "bash"?'],
  [
    ["print-iam", "--types", "rds", "--assumes-roles", "x"],
    "Users of rds do not connect as an IAM role",
  ],
  [[...iam, "--policy", "--trust"], "--policy and --trust exclude each other."],
  [[...iam, "--account-id", "12"], 'aws_account_id is "12": it must be the 12 digits'],
  [[...iam, "--role", "arn:aws:iam::123456789012:user/x"], "each must be the ARN of a role"],
  [[...iam, "--assumes-roles", "arn:aws:iam::1:role/x"], "docdb_user_role_arns has"],
  [
    [...iam, "--account-id", "210987654321", "--role", "a", "--set", "trusted_principals=[]"],
    "trusted_principals has two values.",
  ],
  [[...rds, "--set", "aws_acount_id=123456789012"], 'Did you mean "aws_account_id"?'],
  [
    [...rds, "--set", "restrict_to_account=yes"],
    'restrict_to_account is "yes": it must be true or false.',
  ],
  [
    ["compose", "--module", "service-role", "--output", "new", "--set", "assume_role_arns=role"],
    "assume_role_arns must be a map",
  ],
  [
    ["compose", "--module", "access-role", "--types", "rds", "--output", "new"],
    "--module and --types exclude each other.",
  ],
  [
    ["compose", "--module", "user-role", "--output", "new"],
    'Choices: "service-role", "access-role".',
  ],
  [[...rds, "--set", "rds_database_users=[{"], "must be a list: [{…}]"],
  [
    [...rds, "--from-format", "resources"],
    "--root and --from-format need --from. Add --from teleport.yaml.",
  ],
  [
    ["compose", "--from", "/does/not/exist", "--output", "new"],
    "/does/not/exist: no such file or directory (ENOENT). Name another path",
  ],
  [
    ["compose", "--from", "/", "--output", "new"],
    "/ is a folder. Name a file, or - for the standard input.",
  ],
  [["compose", "--from", "/dev/null", "--output", "new"], "The file is empty."],
];

let folder: string;
let workingFolder: string;

beforeAll(() => {
  workingFolder = process.cwd();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-cli-"));
  fs.mkdirSync(path.join(folder, "mine"));
  fs.writeFileSync(path.join(folder, "mine", "notes.txt"), "mine");
  fs.writeFileSync(path.join(folder, "file"), "mine");
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(workingFolder);
});

test.each(commandLines.map(([words, message]) => [readable(words), words, message] as const))(
  "teleport-db-iam %s",
  async (_, words, message) => {
    const before = contentOf(folder);
    const { status, stdout, stderr } = await runCommand(...words);
    expect(stderr).toContain(message);
    // The message is more than its first word, and no trace of the program's inside.
    expect(stderr).toMatch(/^Error: .{10,}/s);
    expect(stderr).not.toMatch(/\n\s+at |undefined|\[object|TypeError|NaN/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(contentOf(folder)).toEqual(before);
  },
);

test("all wrong values are reported together", async () => {
  const { stderr } = await runCommand(
    ...["compose", "--types", "rds", "--output", "new"],
    ...["--set", "aws_account_id=1", "--set", "aws_partition=x", "--set", "restrict_to_account=2"],
  );
  expect(stderr).toMatch(
    /aws_account_id is "1".*\n.*aws_partition is "x".*\n.*restrict_to_account is 2/,
  );
});

test("a confidential value is not repeated", async () => {
  const { stderr } = await runCommand(
    ...["compose", "--types", "docdb", "--output", "new", "--set", "external_ids=hush hush"],
  );
  expect(stderr).toContain("external_ids");
  expect(stderr).not.toContain("hush");
});

function readable(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w./=-]+$/.test(word) ? word.slice(0, 40) : JSON.stringify(word)))
    .join(" ");
}
