import { moduleCall, OFFLINE_PROVIDER, TerraformRoot } from "../__tests__/support/terraform";
import { compose } from "../lib";
import { medianSeconds, report } from "./measure";

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

/** `terraform plan` of a root with a module, against one with a policy by hand. */
export function benchPlanTime(): void {
  const hand = new TerraformRoot({ "main.tf": OFFLINE_PROVIDER + HAND_WRITTEN }).init();
  const module = new TerraformRoot({});
  const source = module.addModule("rds", compose({ types: ["rds"] }));
  const call = moduleCall("database_access", source, { aws_account_id: '"210987654321"' });
  module.write({ "main.tf": OFFLINE_PROVIDER + call });
  module.init();
  report("terraform plan (medians)", {
    "a root with one aws_iam_policy by hand": medianSeconds(5, () => hand.succeed("plan")),
    "a root with the module of RDS": medianSeconds(5, () => module.succeed("plan")),
  });
  hand.dispose();
  module.dispose();
}
