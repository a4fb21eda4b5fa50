/** The module's stack, and the construct in stacks of somebody's app, under cdktf-cli's own commands. */
import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { CDKTF, exampleApp, installPackage } from "../support/cdktf-app";
import { Moto } from "../support/moto";
import { TemporaryFolder } from "../support/project-copy";
import { type Outcome, PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const COMMAND = path.join(PROJECT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf.js");

const APP = `
const { App } = require("cdktf");
const { defineModule, selectTypes } = require("teleport-db-iam");
const { DatabaseAccessStack } = require("teleport-db-iam/cdktf");
const app = new App();
const { types } = selectTypes(["rds"]);
new DatabaseAccessStack(app, "access", "Made by a test.", defineModule(types));
app.synth();
`;

describeWithMoto()("cdktf", () => {
  let moto: Moto;
  let terraform: TerraformRoot;

  beforeAll(async () => {
    moto = await Moto.start();
    terraform = new TerraformRoot({});
  });

  afterAll(() => {
    moto.stop();
  });

  /** The app with this package, ready to run. */
  function ready(app: TemporaryFolder): TemporaryFolder {
    installPackage(app);
    app.write({ "cdktf.json": JSON.stringify({ language: "typescript", app: "node main.js" }) });
    return app;
  }

  function cdktf(app: TemporaryFolder, ...args: readonly string[]): Outcome {
    const environment = {
      TF_CLI_CONFIG_FILE: terraform.environment.TF_CLI_CONFIG_FILE ?? "",
      CHECKPOINT_DISABLE: "1",
      AWS_ENDPOINT_URL: moto.url,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
    const { status, stdout, stderr } = app.run(
      "env",
      ...Object.entries(environment).map((pair) => pair.join("=")),
      ...[process.execPath, COMMAND, ...args],
      // The lock asks the provider's registry for its checksums.
      "--skip-provider-lock",
    );
    return {
      status,
      stdout: stripVTControlCharacters(stdout),
      stderr: stripVTControlCharacters(stderr),
    };
  }

  test("diff shows what the module's stack would create", () => {
    const app = ready(new TemporaryFolder());
    for (const name of ["cdktf", "constructs", "@cdktf/provider-aws"]) app.link(name);
    app.write({ "main.js": APP });
    const { status, stdout, stderr } = cdktf(app, "diff", "--var", "aws_account_id=123456789012");
    expect(stdout + stderr).toMatch(/Plan: [1-9]\d* to add, 0 to change, 0 to destroy\./);
    expect(status).toBe(0);
  });

  test("deploy and diff work on the example, in all its stacks", () => {
    const app = ready(exampleApp(CDKTF));
    // One API is one account.
    for (const account of ["444455556666", "111122223333"]) {
      app.replace("main.ts", account, "123456789012");
    }
    const esbuild = path.join(PROJECT, "node_modules", "esbuild", "bin", "esbuild");
    app.succeed(esbuild, "main.ts", "--format=cjs", "--log-level=warning", "--outfile=main.js");

    const deployed = cdktf(app, "deploy", "--auto-approve", "databases", "teleport");
    // cdktf writes to its standard output what terraform said.
    expect([
      deployed.status,
      deployed.stderr,
      deployed.status === 0 ? "" : deployed.stdout,
    ]).toEqual([0, "", ""]);
    expect(deployed.stdout).toContain("module.db.aws_iam_policy.database_access");

    const state = JSON.parse(app.read("terraform.teleport.tfstate")) as {
      outputs: { "database-settings": { value: unknown } };
    };
    expect(state.outputs["database-settings"].value).toEqual({
      account_id: "123456789012",
      assume_role_arn: "arn:aws:iam::123456789012:role/teleport-db-access-role",
      external_id: "example-external-id",
    });

    const again = cdktf(app, "diff", "databases");
    expect(again.stdout).toContain("No changes.");
  }, 300_000);
});
