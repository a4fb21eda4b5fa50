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

const rds = ["compose", "--types", "rds", "--output", "OUTPUT"];
const iam = ["print-iam", "--types", "docdb,dynamodb"];

/** The words of a command line, and what stderr says. */
const table: readonly (readonly [args: readonly string[], message: string])[] = [
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
    ["compose", "--module", "service-role", "--output", "OUTPUT", "--set", "assume_role_arns=role"],
    "assume_role_arns must be a map",
  ],
  [
    ["compose", "--module", "access-role", "--types", "rds", "--output", "OUTPUT"],
    "--module and --types exclude each other.",
  ],
  [
    ["compose", "--module", "user-role", "--output", "OUTPUT"],
    'Choices: "service-role", "access-role".',
  ],
  [[...rds, "--set", "rds_database_users=[{"], "must be a list: [{…}]"],
  [
    [...rds, "--from-format", "resources"],
    "--root and --from-format need --from. Add --from teleport.yaml.",
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
  [["compose", "--from", "", "--output", "OUTPUT"], "--from is empty."],
];

test.each(table)("%j", async (args, message) => {
  const words = args.map((word) => word.replace("OUTPUT", output));
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
