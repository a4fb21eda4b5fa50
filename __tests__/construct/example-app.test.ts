/** examples/cdktf-app, as its reader has it: compiled, synthesised, planned by real terraform. */
import * as path from "node:path";
import { compose } from "../../lib";
import { CDKTF, synthesisedExample } from "../support/cdktf-app";
import type { TemporaryFolder } from "../support/project-copy";
import {
  OFFLINE_PROVIDER,
  type Plan,
  readFolder,
  readyModule,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

/** The example's calls of modules in HCL, in place of the constructs. */
const HCL_CALL = `
module "db" {
  source             = "./composed"
  aws_account_id     = "111122223333"
  attach_to_roles    = { access = module.access-role.role_name }
  create_user_roles  = true
  trusted_principals = [module.access-role.role_arn]
  rds_database_users = [
    { region = "eu-central-1", resource_id = aws_db_instance.orders.resource_id, user_name = "reader" },
  ]
  redshift_user_role_names = ["analyst"]
}
module "access-role" {
  source             = "./access-role"
  aws_account_id     = "111122223333"
  trusted_principals = ["arn:aws:iam::444455556666:root"]
  external_ids       = ["example-external-id"]
}
`;

type Stack = Record<string, Record<string, unknown> | undefined>;

let app: TemporaryFolder;

beforeAll(() => {
  app = synthesisedExample(CDKTF);
});

test("no path of the machine is in what it synthesises, but for CDKTF's own of its states", () => {
  for (const stack of ["databases", "teleport"]) {
    const text = app.read(`cdktf.out/stacks/${stack}/cdk.tf.json`);
    expect(text.replaceAll(`"path": "${app.folder}/terraform.`, "")).not.toContain(app.folder);
  }
});

describeWithTerraform()("the plan", () => {
  function planOf(files: Readonly<Record<string, string>>): Plan {
    const root = new TerraformRoot(files);
    for (const [name, content] of compose({ types: ["rds", "redshift"] })) {
      root.write({ [path.join("composed", name)]: content });
    }
    root.addModule("access-role", new Map(Object.entries(readFolder(readyModule("access-role")))));
    root.succeed("init");
    return root.plan();
  }

  /** Everything that a plan says of the module's resources. */
  const changes = ({ resource_changes }: Plan): unknown[] =>
    (resource_changes ?? []).filter(({ address }) => address.startsWith("module."));

  test("is that of the composed module's call in HCL", () => {
    const folder = "cdktf.out/stacks/databases/";
    const stack = JSON.parse(app.read(`${folder}cdk.tf.json`)) as Stack;
    const assets = Object.values(stack.module ?? {}).map((call) => {
      const asset = path.join((call as { source: string }).source, "main.tf.json");
      return [asset, app.read(folder + asset)];
    });
    const construct = planOf({
      "cdk.tf.json": JSON.stringify(stack),
      ...(Object.fromEntries(assets) as Readonly<Record<string, string>>),
      "offline_override.tf": OFFLINE_PROVIDER,
    });
    const hcl = planOf({
      "cdk.tf.json": JSON.stringify({ ...stack, module: undefined }),
      "main.tf": HCL_CALL,
      "offline_override.tf": OFFLINE_PROVIDER,
    });
    expect(changes(construct).length).toBeGreaterThan(1);
    expect(changes(construct)).toEqual(changes(hcl));
    expect(construct.planned_values.outputs).toEqual(hcl.planned_values.outputs);
  });
});
