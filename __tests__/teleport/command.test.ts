/** `compose --from`: the head of what is written, --check, and --root, in this process. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { composeCommand } from "../../lib/commands/compose/command";
import { runCommand } from "../support/command";

const CONFIGURATION =
  "db_service:\n  databases:\n  - { name: orders, protocol: postgres, uri: orders.x.us-east-1.rds.amazonaws.com, aws: { account_id: '111111111111' } }\n";

let folder: string;
let file: string;
let output: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-from-"));
  file = path.join(folder, "teleport.yaml");
  output = path.join(folder, "module");
  fs.writeFileSync(file, CONFIGURATION);
});

const FLAGS = {
  types: undefined,
  output: undefined,
  root: undefined,
  "from-format": undefined,
  name: undefined,
  set: [],
  check: false,
  force: false,
  "dry-run": false,
};

/** Runs the command as yargs calls it. */
async function run(flags: object) {
  let stdout = "";
  let stderr = "";
  const io = {
    isInteractive: false,
    stdout: (text: string) => (stdout += text),
    stderr: (text: string) => (stderr += text),
  };
  const values = { ...FLAGS, from: [file], ...flags };
  const status = await composeCommand.run(values, io as never);
  return { status, stdout, stderr };
}

test("a database that was added is a difference to --check", async () => {
  await run({ output });
  expect(await run({ output, check: true })).toMatchObject({ status: 0 });
  fs.appendFileSync(
    file,
    "  - { name: events, protocol: postgres, uri: events.x.us-east-1.rds.amazonaws.com }\n",
  );
  expect(await run({ output, check: true })).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("variables.tf.json") as unknown,
  });
});

test("--check reads the files of its own command line, whatever the head of the folder says", async () => {
  await run({ output });
  const other = path.join(folder, "other.yaml");
  fs.renameSync(file, other);
  expect(await run({ from: [other], output, check: true })).toMatchObject({
    status: 1,
  });
});

test("the calls are printed, with what is missing", async () => {
  const { stderr } = await run({ output });
  expect(stderr).toContain("  Missing (set these yourself):");
  expect(stderr).toContain('module "service_role" {\n  source = "./service-role"');
  expect(stderr).toContain("  attach_to_roles = { service = module.service_role.role_name }");
});

test("--root writes the root and its modules, once", async () => {
  const root = path.join(folder, "infra");
  expect((await run({ root })).stderr).toContain(
    "main.tf, outputs.tf, providers.tf, and modules/service-role, modules/database-access.",
  );
  expect(fs.readdirSync(root).sort()).toEqual(["main.tf", "modules", "outputs.tf", "providers.tf"]);
  expect(fs.readFileSync(path.join(root, "main.tf"), "utf8")).toContain(
    `# Created by: teleport-db-iam compose --from ${file} --root ${root}`,
  );
  expect((await run({ root })).stderr).toContain("is up to date");
  fs.appendFileSync(path.join(root, "main.tf"), "# mine\n");
  await expect(run({ root })).rejects.toThrow("already has main.tf, with other content");
});

test("--root needs --from", async () => {
  await expect(run({ from: undefined, root: "x" })).rejects.toThrow("need --from");
});

test.each([["--output", "y"], ["--name", "y"], ["--set", "tags={}"], ["--check"], ["--force"]])(
  "--root excludes %s",
  async (...words) => {
    const { status, stderr } = await runCommand("compose", "--from", file, "--root", "x", ...words);
    expect([status, stderr]).toEqual([2, expect.stringContaining("exclude each other") as unknown]);
  },
);
