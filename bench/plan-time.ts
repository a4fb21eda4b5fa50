import { moduleCall, OFFLINE_PROVIDER, TerraformRoot } from "../__tests__/support/terraform";
import { compose } from "../lib";
import { measure, ratio, report, withSpread } from "./measure";

/** One policy by hand: what a root without this project's modules would have at least. */
const HAND_WRITTEN = `
resource "aws_iam_policy" "database_access" {
  name = "DatabaseAccess"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Sid = "RDSConnect", Effect = "Allow", Action = "rds-db:connect", Resource = "*" }]
  })
}
`;

/** `terraform plan` of a root with the module of all types, against one with a policy by hand. */
export function benchPlanTime(): void {
  const hand = new TerraformRoot({ "main.tf": OFFLINE_PROVIDER + HAND_WRITTEN }).init();
  const module = new TerraformRoot({});
  const source = module.addModule("all", compose({ types: ["all"] }));
  const call = moduleCall("database_access", source, { aws_account_id: '"123456789012"' });
  module.write({ "main.tf": OFFLINE_PROVIDER + call });
  module.init();
  const { byHand, ofModule } = measure(5, {
    byHand: () => hand.succeed("plan"),
    ofModule: () => module.succeed("plan"),
  });
  hand.dispose();
  module.dispose();
  report("terraform plan (medians)", [
    ["a root with one aws_iam_policy by hand", withSpread(byHand)],
    [
      "a root with the module of all types",
      withSpread(ofModule),
      `${ratio(ofModule, byHand)} by hand`,
    ],
  ]);
}
