/** Advice of messages: the flags and commands that a message names exist, and following it helps. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { commands } from "../../lib/commands/registry";
import { runCommand } from "../support/command";

const messages = fs.readFileSync(path.join(__dirname, "..", "messages.txt"), "utf8").split("\n");

test("every flag that a message names is a flag of a command", () => {
  const known = new Set(commands.flatMap(({ options }) => Object.keys(options)));
  const named = messages.flatMap((line) => [...line.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)]);
  expect(named.length).toBeGreaterThan(20);
  const unknown = named
    .map(([flag, name = ""]) => (known.has(name) ? "" : flag))
    .filter((flag) => flag !== "");
  expect(unknown).toEqual([]);
});

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-advice-"));
  const databases = "version: v3\ndb_service:\n  enabled: true\n";
  fs.writeFileSync(path.join(folder, "ssh.yaml"), "version: v3\nssh_service: { enabled: true }\n");
  fs.writeFileSync(
    path.join(folder, "selector.yaml"),
    `${databases}  resources:\n    - labels: { "*": "*" }\n`,
  );
  fs.writeFileSync(
    path.join(folder, "teleport.yaml"),
    `${databases}  databases:\n    - name: orders\n      protocol: postgres\n      uri: orders.abc123.us-east-1.rds.amazonaws.com:5432\n`,
  );
  fs.mkdirSync(path.join(folder, "mine"));
  fs.writeFileSync(path.join(folder, "mine", "own.tf"), "# mine\n");
});

const RDS = "compose --types rds";
const FROM = "compose --dry-run --from FOLDER";
const TRUST = "print-iam --types keyspace --trust --role";

/** A wrong command line, what the message says, and the line that follows it. */
test.each([
  [RDS, "--output ./database-access", `${RDS} --output FOLDER/database-access`],
  [
    "compose --output FOLDER/a",
    "--types rds,redshift",
    "compose --types rds,redshift --output FOLDER/a",
  ],
  [`${RDS} --output FOLDER/mine`, "use --force", `${RDS} --output FOLDER/mine --force`],
  [`${RDS} --output FOLDER/b --check`, "Run it without --check.", `${RDS} --output FOLDER/b`],
  [
    `${RDS} --output FOLDER/c --set foo`,
    "--set restrict_to_account=true",
    `${RDS} --output FOLDER/c --set restrict_to_account=true`,
  ],
  [
    `${RDS} --output FOLDER/d --set foo=1`,
    "rds_connect",
    `${RDS} --output FOLDER/d --set rds_connect=false`,
  ],
  [`${FROM}/ssh.yaml`, "(--from can be repeated)", `${FROM}/ssh.yaml --from FOLDER/teleport.yaml`],
  [
    `${FROM}/ssh.yaml`,
    "replace --from by the types: --types rds,redshift",
    "compose --types rds,redshift --dry-run",
  ],
  [`${FROM}/selector.yaml`, "--types rds,redshift", `${FROM}/selector.yaml --types rds,redshift`],
  [`${FROM}/teleport.yaml --types rds`, "Remove it.", `${FROM}/teleport.yaml`],
  [
    `${RDS} --root FOLDER/root`,
    "Add --from teleport.yaml",
    "compose --from FOLDER/teleport.yaml --root FOLDER/root",
  ],
  [`${TRUST} service`, "Add --account-id", `${TRUST} service --account-id 444455556666`],
  [
    `${TRUST} service`,
    "give the role's ARN: arn:aws:iam::",
    `${TRUST} arn:aws:iam::444455556666:role/service`,
  ],
  ["print-iam --types docdb,dynamodb --trust", "Name one type", "print-iam --types docdb --trust"],
  [
    "print-iam --types docdb,dynamodb --trust",
    "leave out --trust",
    "print-iam --types docdb,dynamodb",
  ],
  [
    "print-iam --types rds --trust",
    "Types with such roles: docdb, ",
    "print-iam --types docdb --trust",
  ],
  ["print-iam", "--types all", "print-iam --types all"],
  ["explain redis", "teleport-db-iam explain elasticache", "explain elasticache"],
  ["explain rds_x", '"teleport-db-iam list" shows the Sids', "list"],
  ["explain service-role --set x=1", "Remove --set", "explain service-role"],
])("%s: %s", async (wrong, advice, right) => {
  const inFolder = (line: string): string[] => line.replaceAll("FOLDER", folder).split(" ");
  const { status, stderr } = await runCommand(...inFolder(wrong));
  expect(status).not.toBe(0);
  expect(stderr).toContain(advice);
  expect(await runCommand(...inFolder(right))).toMatchObject({ status: 0 });
});
