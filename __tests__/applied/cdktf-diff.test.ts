/** The module as a stack of somebody's CDKTF app, under cdktf-cli's own commands. */
import * as fs from "node:fs";
import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Moto } from "../support/moto";
import { TemporaryFolder } from "../support/project-copy";
import { PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const CDKTF = path.join(PROJECT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf.js");

const APP = `
const { App } = require("cdktf");
const { defineModule, selectTypes } = require("teleport-db-iam");
const { DatabaseAccessModule } = require("teleport-db-iam/cdktf");
const app = new App();
const { types } = selectTypes(["rds"]);
new DatabaseAccessModule(app, "access", "Made by a test.", defineModule(types));
app.synth();
`;

describeWithMoto()("cdktf diff", () => {
  let moto: Moto;
  let app: TemporaryFolder;
  let terraform: TerraformRoot;

  beforeAll(async () => {
    moto = await Moto.start();
    terraform = new TerraformRoot({});
    app = new TemporaryFolder();
    for (const name of ["cdktf", "constructs", "@cdktf/provider-aws"]) app.link(name);
    const installed = app.path("node_modules", "teleport-db-iam");
    for (const part of ["package.json", "dist"]) {
      fs.cpSync(path.join(PROJECT, part), path.join(installed, part), { recursive: true });
    }
    app.write({
      "main.js": APP,
      "cdktf.json": JSON.stringify({ language: "typescript", app: "node main.js" }),
    });
  });

  afterAll(() => {
    moto.stop();
    terraform.dispose();
    app.dispose();
  });

  test("shows what the module's stack would create", () => {
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
      // The lock asks the provider's registry for its checksums.
      ...[process.execPath, CDKTF, "diff", "--skip-provider-lock"],
      ...["--var", "aws_account_id=123456789012"],
    );
    expect(stripVTControlCharacters(stdout + stderr)).toMatch(
      /Plan: [1-9]\d* to add, 0 to change, 0 to destroy\./,
    );
    expect(status).toBe(0);
  });
});
