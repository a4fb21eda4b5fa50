/**
 * The output of `terraform plan` for seven kinds of change, for a reader who has never seen the module, in a
 * root without outputs: the Sid, and the ARN, of what is granted or taken away. All are calls of one root.
 */
import { compose } from "../../lib/answers/compose";
import { fixtureRoot, rootFile } from "../support/fixture-root";
import { Moto } from "../support/moto";
import { ProviderProcess } from "../support/provider-process";
import { describeWithMoto } from "../support/tools";

/**
 * The call that changes; the text that the plan must show: the Sids, and the ARNs or who is trusted; and the
 * Sids that the change does not touch, which are not in the changed values of terraform_data.
 */
const changes: readonly (readonly [call: string, says: string[], silent: string[]])[] = [
  [
    "database-added",
    [
      "RDSConnect",
      "arn:aws:rds-db:us-east-1:210987654321:dbuser:db-NEWABCDEFGHIJKL012345678/reports",
    ],
    ["RDSAutoEnableIAMAuth", "RDSFetchMetadata"],
  ],
  [
    "unknown-database-added",
    ["RDSConnect", "(known after apply)"],
    ["RDSAutoEnableIAMAuth", "RDSFetchMetadata"],
  ],
  [
    "statement-narrowed",
    ["RDSFetchMetadata", "arn:aws:rds:us-east-1:210987654321:db:orders"],
    ["RDSConnect"],
  ],
  [
    "type-added",
    ["RDSProxyConnect", "RDSProxyFetchMetadata"],
    ["RDSConnect", "RDSAutoEnableIAMAuth", "RDSFetchMetadata"],
  ],
  ["role-added", ["DynamoDBConnectAsIAMRole", "/stock"], ["DynamoDBSessionTagging"]],
  ["trust-changed", ["ecs-tasks.amazonaws.com", "aws:SourceAccount"], []],
  ["external-id-changed", ["sts:ExternalId", "first-id", "second-id"], []],
];

describeWithMoto()("the plan of a change", () => {
  let plan: string;

  beforeAll(async () => {
    const moto = await Moto.start({ account: "210987654321" });
    const root = fixtureRoot("plan-output", {
      "provider.tf": moto.provider,
      "calls.tf": rootFile("plan-output", "before.tf"),
    });
    root.addModule("rds-rdsproxy", compose({ types: ["rds", "rdsproxy"] }));
    let provider: ProviderProcess | undefined;
    try {
      root.init();
      provider = await ProviderProcess.attach(root);
      root.succeed("apply", "-auto-approve");
      root.write({ "calls.tf": rootFile("plan-output", "after.tf") });
      root.init();
      plan = root.succeed("plan");
    } finally {
      provider?.stop();
      moto.stop();
    }
  });

  /** The parts of the plan about the resources of a call. */
  const resourcesOf = (call: string): string[] =>
    plan.split(/^(?= {2}# )/m).filter((part) => part.startsWith(`  # module.${call}.`));

  test("has no outputs to read it from", () => {
    expect(plan).not.toContain("Changes to Outputs");
  });

  describe.each(changes)("%s", (call, says, silent) => {
    test("says under its Sid what it grants or takes away", () => {
      const text = resourcesOf(call).join("\n");
      expect(says.filter((word) => !text.includes(word))).toEqual([]);
    });

    test("shows no statement that it does not touch", () => {
      const [text = ""] = resourcesOf(call).filter((resource) =>
        resource.includes("terraform_data.statements"),
      );
      expect(silent.length > 0 && text === "").toBe(false);
      expect(silent.filter((word) => text.includes(word))).toEqual([]);
    });
  });
});
