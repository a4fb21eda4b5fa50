/** README.md, followed by copying: its first root plans as it is, and its commands run. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { typeNames } from "../lib/catalog/select-types";
import { planOfResources, policyChange } from "./support/iam-plan";
import { Registry } from "./support/registry";
import { shellBlocks, withCommand } from "./support/shell-blocks";
import { PROGRAM } from "./support/terminal";
import { PROJECT, TerraformRoot } from "./support/terraform";
import { describeWithTerraform } from "./support/tools";

/** The README is also in the npm package, which has none of the files that it links to. */
const REPOSITORY = "https://github.com/teleport-db-iam/teleport-db-iam";

const readme = fs.readFileSync(path.join(PROJECT, "README.md"), "utf8");

test("has about 1,200 words", () => {
  expect(readme.split(/\s+/).length).toBeLessThan(1300);
});

test("every path that is linked to exists", () => {
  const paths = [...readme.matchAll(/\]\(([^)]+)\)/g)].flatMap(([, link = ""]) => {
    const [, ours] = new RegExp(`^${REPOSITORY}/(?:tree|blob)/main/(.+)$`).exec(link) ?? [];
    return ours ?? (link.startsWith("https:") ? [] : link);
  });
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((file) => !fs.existsSync(path.join(PROJECT, file)))).toEqual([]);
});

test("links to the module of every type", () => {
  const linked = [...readme.matchAll(/\[`([\w-]+)`\]\([^)]*\/modules\/([\w-]+)\)/g)];
  expect(linked.map(([, text]) => text)).toEqual([...typeNames]);
  expect(linked.map(([, , folder]) => folder)).toEqual([...typeNames]);
});

test("links to every page under docs/", () => {
  const pages = fs.readdirSync(path.join(PROJECT, "docs"));
  expect(pages.filter((page) => !readme.includes(`${REPOSITORY}/blob/main/docs/${page})`))).toEqual(
    [],
  );
});

test("shows the comment that review writes today", () => {
  const statement = (sid: string, ...Action: string[]) => ({
    Sid: sid,
    Effect: "Allow",
    Action,
    Resource: ["*"],
  });
  const metadata = statement(
    "RDSFetchMetadata",
    "rds:DescribeDBClusters",
    "rds:DescribeDBInstances",
  );
  const modify = statement("RDSAutoEnableIAMAuth", "rds:ModifyDBCluster", "rds:ModifyDBInstance");
  const plan = planOfResources([
    policyChange(
      { Version: "2012-10-17", Statement: [metadata] },
      { Version: "2012-10-17", Statement: [modify, metadata] },
      { module: "module.database_access", name: "database_access", index: 0 },
    ),
  ]);
  const [, pasted = ""] = /\n\n((?:>.*\n)+)/.exec(readme) ?? [];
  const { stdout } = spawnSync(process.execPath, [PROGRAM, "review"], {
    input: plan,
    encoding: "utf8",
  });
  expect(pasted.replace(/^> ?/gm, "").trim()).toBe(stdout.trim());
});

describeWithTerraform()("copied into an empty folder", () => {
  let registry: Registry;
  let root: TerraformRoot;

  beforeAll(async () => {
    registry = await Registry.start();
    const [, hcl = ""] = /```hcl\n([^]*?)```/.exec(readme) ?? [];
    root = new TerraformRoot({ "main.tf": hcl });
    registry.serve(root);
  });
  afterAll(() => {
    registry.stop();
  });

  /** Runs a block with the built command behind npx, as the package would be installed. */
  const run = (block: string) =>
    spawnSync("bash", ["-euo", "pipefail", "-c", `npx() { "$@"; }\n${block}`], {
      cwd: root.folder,
      env: withCommand(root.folder, { ...root.environment, TF_CLI_ARGS: "-no-color" }),
      encoding: "utf8",
    });
  const block = (start: string): string => {
    const found = shellBlocks(readme).find((text) => text.startsWith(start));
    if (found === undefined)
      throw new Error(`README.md has no shell block that starts with ${start}`);
    return found;
  };

  test("the first root plans without credentials", () => {
    const { status, stdout, stderr } = run(block("terraform init"));
    expect([status, stderr]).toEqual([0, ""]);
    const planned = [...stdout.matchAll(/^ {2}# (\S+) will be created$/gm)].map(([, name]) => name);
    expect(planned).toEqual([
      "aws_db_instance.orders",
      "module.database_access.aws_iam_policy.database_access[0]",
      'module.database_access.aws_iam_role_policy_attachment.database_access["service"]',
      "module.database_access.terraform_data.statements",
    ]);
  });

  test("the plan can be reviewed", () => {
    const { status, stdout } = run(block("terraform plan -out"));
    // The policy names a database that the plan creates, so its text is known only after apply.
    expect(stdout).toContain("IAM review");
    expect(status).toBe(1);
  });

  test("the command composes a module", () => {
    const { status } = run(block("npx teleport-db-iam compose"));
    expect(status).toBe(0);
    expect(fs.readdirSync(path.join(root.folder, "database-access"))).toContain("main.tf.json");
  });
});
