/** Values that a data source gives after apply, of which a plan does not even know whether they are null. */
import { compose } from "../../lib/answers/compose";
import {
  moduleCall,
  OFFLINE_PROVIDER,
  type Plan,
  plannedResources,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const account = { aws_account_id: '"123456789012"' };
const LATER = "jsondecode(data.aws_iam_policy_document.table.json)";

/** What decides which resources there are, or under which keys: Terraform has to know it. */
const deciding = [
  "attach_to_roles",
  "create_access_role",
  "create_permissions_boundary",
  "create_policy",
  "create_service_role",
  "create_teleport_oidc_provider",
  "create_user_roles",
  "policy_count",
  "split_policy_by_type",
];

/** A table, and a policy that names it: the usual way to say what a database-user role may do. */
const TABLE = `
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
data "aws_iam_policy_document" "table" {
  statement {
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.orders.arn]
  }
}
resource "aws_iam_policy" "table" {
  name   = "orders"
  policy = data.aws_iam_policy_document.table.json
}
`;

describeWithTerraform()("values of data sources that wait for a resource", () => {
  let root: TerraformRoot;
  let plan: Plan;
  const all = compose({ types: ["all"] });
  const { variable } = JSON.parse(all.get("variables.tf.json") ?? "") as {
    variable: Readonly<Record<string, unknown>>;
  };
  const inputs = Object.keys(variable).filter((name) => !deciding.includes(name));

  beforeAll(() => {
    root = new TerraformRoot({});
    const source = root.addModule("all", all);
    root.write({
      "main.tf": [
        OFFLINE_PROVIDER,
        TABLE,
        moduleCall("every", source, Object.fromEntries(inputs.map((name) => [name, LATER]))),
        moduleCall("roles", source, {
          ...account,
          create_user_roles: "true",
          dynamodb_user_role_names: '["reader", "writer"]',
          dynamodb_user_role_policies:
            "{ reader = data.aws_iam_policy_document.table.json }",
          dynamodb_user_role_policy_arns: "{ writer = { table = aws_iam_policy.table.arn } }",
        }),
      ].join("\n"),
    });
    root.init();
    plan = root.plan();
  });

  afterAll(() => {
    root.dispose();
  });

  test("can be every input that does not decide which resources there are", () => {
    expect(plannedResources(plan, "every", "aws_iam_policy.database_access")).toHaveLength(1);
    expect(inputs.length).toBeGreaterThan(60);
  });

  test("can be what database-user roles may do", () => {
    const policies = plannedResources(plan, "roles", "aws_iam_role_policy.user");
    expect(policies.map(([key]) => key)).toEqual(["dynamodb/reader"]);
    const attached = plannedResources(plan, "roles", "aws_iam_role_policy_attachment.user");
    expect(attached.map(([key]) => key)).toEqual(["dynamodb/writer/table"]);
  });
});
