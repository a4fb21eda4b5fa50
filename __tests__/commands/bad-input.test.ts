/** Wrong command lines: each gets its message, exit status 2, nothing on stdout, and changes nothing. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { runCommand } from "../support/command";

let folder: string;
let output: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-bad-"));
  output = path.join(folder, "module");
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const direct = path.join(__dirname, "..", "fixtures", "teleport-yaml", "direct.yaml");
const rds = ["compose", "--types", "rds", "--output", "OUTPUT"];
const iam = ["print-iam", "--types", "docdb,dynamodb"];

/** The words of a command line, and what stderr says. */
const table: readonly (readonly [args: readonly string[], message: string])[] = [
  [["lst"], 'Unknown command "lst". Did you mean "list"?'],
  [["frobnicate"], 'Unknown command "frobnicate". Commands: compose, list'],
  [["list", "x"], "Unknown argument: x."],
  [["list", "--fromat", "json"], "Did you mean --format?"],
  [["list", "--format", "yaml"], '--format is "yaml". Choices: "text", "json".'],
  [["list", "--format", "json", "--format", "json"], "--format was given twice."],
  [["explain"], "explain needs an argument: teleport-db-iam explain <word>"],
  [["explain", "RDSConect"], 'Did you mean "RDSConnect"?'],
  [["explain", "rdsconnect"], 'Did you mean "RDSConnect"?'],
  [["explain", "redshfit"], 'Did you mean "redshift"?'],
  [["explain", ""], "is not a database type, Sid, action, variable or role module"],
  [["explain", "rds", "redshift"], "Unknown argument: redshift."],
  [["completion"], "completion needs an argument"],
  [["completion", "bsh"], 'Did you mean "bash"?'],
  [["schema", "list"], "Unknown argument: list."],
  [["print-iam"], "Name the database types"],
  [["print-iam", "--types", "rdss"], 'Unknown database type "rdss". Did you mean "rds"?'],
  [
    ["print-iam", "--types", "rds", "--trust"],
    "Users of these types do not connect as an IAM role",
  ],
  [
    ["print-iam", "--types", "rds", "--assumes-roles", "x"],
    "Users of rds do not connect as an IAM role",
  ],
  [[...iam, "--trust"], "The trust policies of docdb, dynamodb differ."],
  [[...iam, "--policy", "--trust"], "--policy and --trust exclude each other."],
  [[...iam, "--account-id", "12"], 'aws_account_id is "12": it must be the 12 digits'],
  [[...iam, "--account-id", "1", "--account-id", "2"], "--account-id was given twice."],
  [[...iam, "--account-id", ""], "--account-id is empty."],
  [[...iam, "--role", "arn:aws:iam::123456789012:user/x"], "each must be the ARN of a role"],
  [[...iam, "--role", "no role"], "--role no role is a name without an account. Add --account-id"],
  [[...iam, "--assumes-roles", "arn:aws:iam::1:role/x"], "docdb_user_role_arns has"],
  [
    [...iam, "--account-id", "210987654321", "--role", "a", "--set", "trusted_principals=[]"],
    "trusted_principals has two values.",
  ],
  [["compose"], "Name the database types"],
  [["compose", "--types", "", "--output", "OUTPUT"], "--types is empty."],
  [["compose", "--types", "rds"], "Name the folder to write the module to: --output"],
  [["compose", "--types", "rds", "--output", ""], "--output is empty."],
  [[...rds, "--output", "OUTPUT"], "--output was given twice."],
  [[...rds, "--outptu", "x"], "Did you mean --output?"],
  [[...rds, "--check", "--dry-run"], "--check and --dry-run exclude each other."],
  [[...rds, "--name", "a b"], 'policy_name is "a b": it must be 1 to 128 letters'],
  [[...rds, "--name", "x".repeat(129)], "it must be 1 to 128 letters"],
  [[...rds, "--name", ""], "--name is empty."],
  [[...rds, "--name", "a", "--set", "policy_name=b"], "policy_name has two values."],
  [[...rds, "--set", "x"], '"x" is not of the form name=value.'],
  [[...rds, "--set", "=x"], '"=x" is not of the form name=value.'],
  [[...rds, "--set", ""], "--set is empty."],
  [[...rds, "--set", "${var.x}=1"], "is not of the form name=value."],
  [[...rds, "--set", "aws_acount_id=123456789012"], 'Did you mean "aws_account_id"?'],
  [[...rds, "--set", "redshift_fetch_metadata=false"], 'has no variable "redshift_fetch_metadata"'],
  [[...rds, "--set", "__proto__=1"], 'has no variable "__proto__"'],
  [
    [...rds, "--set", "restrict_to_account=true", "--set", "restrict_to_account=false"],
    "restrict_to_account has two values.",
  ],
  [
    [...rds, "--set", "restrict_to_account=yes"],
    'restrict_to_account is "yes": it must be true or false.',
  ],
  [
    [...rds, "--set", "restrict_to_account="],
    'restrict_to_account is "": it must be true or false.',
  ],
  [[...rds, "--set", "aws_account_id=${var.x}"], "it must be the 12 digits"],
  [
    ["compose", "--types", "docdb", "--output", "OUTPUT", "--set", "external_ids=hush hush"],
    "external_ids has: each must be 2 to 1,224",
  ],
  [[...rds, "--set", "tags=x"], "tags must be a map"],
  [[...rds, "--set", 'tags={"aws:x":"y"}'], 'tags has keys ["aws:x"]'],
  [
    ["compose", "--module", "service-role", "--output", "OUTPUT", "--set", "assume_role_arns=role"],
    "assume_role_arns must be a map",
  ],
  [
    ["compose", "--module", "access-role", "--types", "rds", "--output", "OUTPUT"],
    "--module excludes --types, --from and --name.",
  ],
  [
    ["compose", "--module", "user-role", "--output", "OUTPUT"],
    'Choices: "service-role", "access-role".',
  ],
  [[...rds, "--set", "services=[1]"], "services has [1]"],
  [[...rds, "--set", "rds_database_users={}"], "must be a list: [{…}]"],
  [[...rds, "--set", "rds_database_users=[{"], "must be a list: [{…}]"],
  [[...rds, "--set", 'rds_database_users=[{"user":"x"}]'], 'has no field "user"'],
  [
    [...rds, "--set", 'rds_database_users=[{"resource_id":"orders"}]'],
    "must have the fields region, user_name, too",
  ],
  [
    [...rds, "--set", 'rds_database_users=[{"region":"*","resource_id":"orders","user_name":"*"}]'],
    "must be a resource ID",
  ],
  [
    ["compose", "--from", "/does/not/exist", "--output", "OUTPUT"],
    "/does/not/exist: no such file or directory (ENOENT). Name another path",
  ],
  [
    ["compose", "--from", "/", "--output", "OUTPUT"],
    "/ is a folder. Name a file, or - for the standard input.",
  ],
  [["compose", "--from", "/dev/null", "--output", "OUTPUT"], "The file is empty."],
  [
    ["compose", "--from", "/dev/zero", "--output", "OUTPUT"],
    "/dev/zero is larger than 64 MB, which is the limit.",
  ],
  [
    ["compose", "--from", "FIXTURE", "--types", "rds", "--output", "OUTPUT"],
    "--types has no effect",
  ],
  [["compose", "--from", "", "--output", "OUTPUT"], "--from is empty."],
];

test.each(table)("%j", async (args, message) => {
  const words = args.map((word) => word.replace("OUTPUT", output).replace("FIXTURE", direct));
  const { status, stdout, stderr } = await runCommand(...words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("all wrong values are reported together", async () => {
  const { stderr } = await runCommand(
    ...["compose", "--types", "rds", "--output", output],
    ...["--set", "aws_account_id=1", "--set", "aws_partition=x", "--set", "restrict_to_account=2"],
  );
  expect(stderr).toMatch(
    /aws_account_id is "1".*\n.*aws_partition is "x".*\n.*restrict_to_account is 2/,
  );
});

test("a confidential value is not repeated", async () => {
  const { stderr } = await runCommand(
    ...["compose", "--types", "docdb", "--output", output, "--set", "external_ids=hush hush"],
  );
  expect(stderr).toContain("external_ids");
  expect(stderr).not.toContain("hush");
});
