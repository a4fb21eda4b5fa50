/** Real terraform plans every ready module, and composed ones, and the policies are the page's. */
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
import {
  ACCOUNT,
  filledPolicy,
  meaning,
  type PolicyStatement,
  referencePolicyNames,
} from "../support/reference-page";
import {
  moduleCall,
  OFFLINE_PROVIDER,
  type Plan,
  plannedResources,
  readyModule,
  TerraformRoot,
} from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const names = databaseTypes.map(({ name }) => name);
/** Types with managed users, by the page. */
const managedTypes = names.filter((name) => referencePolicyNames.includes(`${name}-managed-users`));
const KMS_KEY = "12345678-1234-1234-1234-123456789012";
const account = { aws_account_id: JSON.stringify(ACCOUNT) };
const SOURCE_IP = { IpAddress: { "aws:SourceIp": ["192.0.2.0/24"] } };

const statement = (Sid: string, Effect: string, Condition: object = {}): object => ({
  Sid,
  Effect,
  Action: ["dynamodb:GetItem", "dynamodb:Query"],
  Resource: [`arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`],
  Condition,
});

describeWithTerraform()("modules in a root configuration", () => {
  let root: TerraformRoot;
  let plan: Plan;
  let output: string;

  beforeAll(() => {
    root = new TerraformRoot({});
    const two = root.addModule("two", compose({ types: ["redshift", "rds"] }));
    const all = root.addModule("all", compose({ types: ["all"] }));
    root.write({
      "main.tf": [
        OFFLINE_PROVIDER,
        'resource "terraform_data" "pending" {\n  input = "value"\n}\n',
        ...names.map((name) => moduleCall(name, readyModule(name), account)),
        ...managedTypes.map((name) =>
          moduleCall(`${name}-managed`, readyModule(name), {
            ...account,
            [`${name}_managed_users`]: "true",
            kms_key_ids: JSON.stringify([KMS_KEY]),
          }),
        ),
        moduleCall("two", two, {
          ...account,
          attach_to_roles: '{ service = "teleport-db-service-role", "a/b" = "access" }',
        }),
        moduleCall("all-pending", all, { ...account, depends_on: "[terraform_data.pending]" }),
        moduleCall("document", readyModule("rds"), { ...account, create_policy: "false" }),
        moduleCall("own", readyModule("rds"), {
          ...account,
          rds_connect: "false",
          additional_statements: JSON.stringify([
            statement("Orders", "Allow", SOURCE_IP),
            statement("Never", "Deny"),
          ]),
          statement_conditions: JSON.stringify({ RDSFetchMetadata: SOURCE_IP }),
        }),
        'output "arn" {\n  value = { document = module.document.policy_arn }\n}\n',
        ...["document", "own"].map(
          (name) =>
            `output "${name}" {\n  value = { policy = module.${name}.policy_json, boundary = module.${name}.permissions_boundary_json, statements = module.${name}.statements }\n}\n`,
        ),
      ].join("\n"),
    });
    root.init();
    root.succeed("validate");
    output = root.succeed("plan", "-out=tfplan");
    plan = JSON.parse(root.succeed("show", "-json", "tfplan")) as Plan;
  });

  test.each(names)(
    "%s creates one policy with its default name and nothing else in AWS",
    (name) => {
      expect(created(name)).toEqual([
        "aws_iam_policy.database_access[0]",
        "terraform_data.statements",
      ]);
      expect(plannedResources(plan, name, "aws_iam_policy.database_access")[0]?.[1]).toMatchObject({
        name: `DatabaseAccess-${name}`,
        path: "/",
      });
    },
  );

  test.each(managedTypes)("%s with managed users plans the page's policy and add-ons", (name) => {
    const [kms] = meaning(filledPolicy("kms", { "your-kms-id": KMS_KEY }));
    const statements = policyOf(`${name}-managed`);
    expect(statements.slice(0, -1)).toEqual(union([name, `${name}-managed-users`]));
    // The page gives this statement no Sid: ours is the one difference.
    const sid = `${name === "elasticache" ? "ElastiCache" : "MemoryDB"}UseKMSKeys`;
    expect(statements.at(-1)).toEqual({ Sid: sid, ...kms });
  });

  test("two composed types have one policy in the page's order, attached under the caller's keys", () => {
    expect(policyOf("two")).toEqual(union(["rds", "redshift"]));
    expect(created("two")).toEqual([
      "aws_iam_policy.database_access[0]",
      'aws_iam_role_policy_attachment.database_access["a/b"]',
      'aws_iam_role_policy_attachment.database_access["service"]',
      "terraform_data.statements",
    ]);
  });

  test("a depends_on changes nothing", () => {
    expect(policyOf("all-pending")).toEqual(union(names));
  });

  test("without create_policy, the documents are outputs and nothing is created in AWS", () => {
    expect(created("document")).toEqual(["terraform_data.statements"]);
    expect(meaning(outputs("document").policy)).toEqual(union(["rds"]));
    expect(plan.planned_values.outputs?.arn?.value).toEqual({ document: null });
  });

  test("terraform has no warning", () => {
    expect(output).not.toContain("Warning");
  });

  describe("statements and conditions of the caller", () => {
    const sids = (document: string): (string | undefined)[] =>
      meaning(document).map(({ Sid }) => Sid);

    test("are in the policy as given, after the module's", () => {
      const metadata = union(["rds"]).find(({ Sid }) => Sid === "RDSFetchMetadata");
      expect(policyOf("own").slice(1)).toEqual([
        { ...metadata, Condition: SOURCE_IP },
        statement("Orders", "Allow", SOURCE_IP),
        // An empty Condition is none.
        { ...statement("Never", "Deny"), Condition: undefined },
      ]);
    });

    test("are shown under their Sids, and a statement that is not granted with no Resource", () => {
      const { statements } = outputs("own");
      expect(Object.keys(statements).sort()).toEqual([
        "DiscoveryListRegions",
        "Never",
        "Orders",
        "RDSAutoEnableIAMAuth",
        "RDSConnect",
        "RDSDiscovery",
        "RDSFetchMetadata",
      ]);
      expect(statements.RDSConnect).toEqual({
        Effect: "Allow",
        Action: ["rds-db:connect"],
        Resource: [],
        Condition: {},
      });
      expect(statements.RDSFetchMetadata?.Condition).toEqual(SOURCE_IP);
      const data = plannedResources(plan, "own", "terraform_data.statements");
      expect(data).toEqual([
        [undefined, expect.objectContaining({ triggers_replace: statements })],
      ]);
    });

    test("widen the boundary by what they allow, on everything and without a condition", () => {
      expect(sids(outputs("own").boundary)).toEqual([
        "RDSAutoEnableIAMAuth",
        "RDSFetchMetadata",
        "AssumeAnyRole",
        "Orders",
      ]);
      expect(meaning(outputs("own").boundary).at(-1)).toEqual({
        Sid: "Orders",
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:Query"],
        Resource: ["*"],
      });
    });
  });

  interface Outputs {
    readonly policy: string;
    readonly boundary: string;
    readonly statements: Readonly<Record<string, PolicyStatement>>;
  }

  function outputs(call: string): Outputs {
    return plan.planned_values.outputs?.[call]?.value as Outputs;
  }

  function policyOf(call: string): PolicyStatement[] {
    const [[, policy] = []] = plannedResources(plan, call, "aws_iam_policy.database_access");
    return meaning(policy?.policy as string | undefined);
  }

  /** The addresses of what a call creates, in the module. */
  function created(call: string): string[] {
    return (plan.resource_changes ?? [])
      .filter(({ module_address }) => module_address === `module.${call}`)
      .map(({ address }) => address.slice(`module.${call}.`.length))
      .sort();
  }
});

/** The statements of several policies of the page. */
function union(policies: readonly string[]): PolicyStatement[] {
  return policies.flatMap((name) => meaning(filledPolicy(name)));
}
