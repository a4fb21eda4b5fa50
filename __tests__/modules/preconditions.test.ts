/** What no single variable can see: preconditions, which terraform checks when it plans. */
import { compose } from "../../lib/commands/compose/compose";
import { moduleCall, OFFLINE_PROVIDER, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

/** A call that must not be planned: what it is about, its module's types, arguments and message. */
interface WrongCall {
  readonly about: string;
  readonly types: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly message: RegExp;
}

/** As long as IAM allows, so that more than one do not fit a policy that is planned for usual ones. */
const longRoles = (count: number): string =>
  `[for number in range(${String(count)}) : "\${join("/", [for part in range(7) : "${"x".repeat(63)}"])}/role-\${number}"]`;

const OTHER_ACCOUNT = '"210987654321"';
const ACCESS_ROLES = '["arn:aws:iam::210987654321:role/teleport-db-access-role"]';
const CROSS_ACCOUNT =
  /^The Database Service's role is in account 210987654321, the roles that it assumes are in 123456789012: set external_id, and the same external_id in Teleport's configuration\.$/;

const wrongCalls: readonly WrongCall[] = [
  {
    about: "roles to attach to, but no policy",
    types: ["rds"],
    values: { create_policy: "false", attach_to_roles: '{ service = "teleport" }' },
    message:
      /^attach_to_roles names roles, but create_policy is false, so there is no policy to attach\. Set create_policy = true, or leave attach_to_roles empty\.$/,
  },
  {
    about: "nothing left in the policy of one type",
    types: ["docdb"],
    values: { docdb_check_domain_url: "false", docdb_user_role_names: "[]" },
    message:
      /^The variables leave no statement in the policy, and IAM takes no empty one\. Allow something, or set create_policy = false\.$/,
  },
  {
    about: "nothing left in the policy of several types",
    types: ["opensearch", "keyspace"],
    values: {
      opensearch_check_domain_url: "false",
      opensearch_user_role_names: "[]",
      keyspace_user_role_names: "[]",
    },
    message: /^The variables leave no statement in the policy/,
  },
  {
    about: "one policy for several types that exceeds IAM's limit",
    types: ["redshift", "keyspace"],
    values: {
      keyspace_user_role_names: '[for number in range(200) : "role-${number}"]',
    },
    message:
      /^Policy merged is [0-9]{4,5} characters long; IAM allows 6144\. Set split_policy_by_type = true\. Name fewer resources, or use wildcards in their names\.$/,
  },
  {
    about: "the policy of one type with ARNs far longer than usual",
    types: ["keyspace"],
    values: { keyspace_user_role_names: longRoles(20) },
    message:
      /^Policy keyspace is [0-9]{4,5} characters long; IAM allows 6144\. Name fewer resources, or use wildcards in their names\.$/,
  },
  {
    about: "database-user roles in another account than the service's, without an external ID",
    types: ["dynamodb"],
    values: { service_account_id: OTHER_ACCOUNT, create_user_roles: "true" },
    message: CROSS_ACCOUNT,
  },
  {
    about: "the same where the trust policies are only put out",
    types: ["dynamodb", "rds"],
    values: { service_account_id: OTHER_ACCOUNT },
    message: CROSS_ACCOUNT,
  },
  {
    about: "an access role in another account than the service's, without an external ID",
    types: ["rds"],
    values: { service_account_id: OTHER_ACCOUNT, create_access_role: "true" },
    message: CROSS_ACCOUNT,
  },
  {
    about: "an external ID on the service's side of assume_role_arn",
    types: ["redshift"],
    values: { assume_role_arns: ACCESS_ROLES, external_id: '"example"' },
    message: /^external_id is set together with assume_role_arns, and the chain would break: .*leave it out\.$/,
  },
  {
    about: "both sides of assume_role_arn in one call",
    types: ["rds"],
    values: { assume_role_arns: ACCESS_ROLES, create_access_role: "true" },
    message: /^assume_role_arns and create_access_role are the two sides of one hop: call the module once per account/,
  },
  {
    about: "database-user roles on the service's side of assume_role_arn",
    types: ["redshift"],
    values: { assume_role_arns: ACCESS_ROLES, create_user_roles: "true" },
    message: /^create_user_roles belongs to the databases' account, assume_role_arns to the Database Service's\./,
  },
  {
    about: "the service's role and the access role in one call",
    types: ["rds"],
    values: { create_service_role: "true", create_access_role: "true" },
    message: /^create_service_role and create_access_role create roles for the two ends of one hop\./,
  },
  {
    about: "the service's role and database-user roles of another account in one call",
    types: ["keyspace"],
    values: {
      create_service_role: "true",
      create_user_roles: "true",
      service_account_id: OTHER_ACCOUNT,
      external_id: '"example"',
    },
    message: /^create_service_role and create_user_roles cannot work in one call: the roles belong to different accounts \(210987654321 and 123456789012\)\./,
  },
  {
    about: "an access role without a policy to carry",
    types: ["rds"],
    values: { create_access_role: "true", create_policy: "false" },
    message: /^create_access_role creates the role that carries this module's policy, but create_policy is false\./,
  },
  {
    about: "a service's role without a policy",
    types: ["rds"],
    values: { create_service_role: "true", create_policy: "false" },
    message: /^create_service_role creates a role for this module's policy, but create_policy is false\./,
  },
  {
    about: "a service account of Kubernetes that is not named",
    types: ["rds"],
    values: { create_service_role: "true", service_role_trust: '"eks-service-account"' },
    message: /^service_role_trust = "eks-service-account" needs eks_oidc_provider_arn and eks_service_account/,
  },
  {
    about: "one role name for two types",
    types: ["dynamodb", "keyspace"],
    values: {
      create_user_roles: "true",
      dynamodb_user_role_names: '["shared"]',
      keyspace_user_role_names: '["team/shared"]',
    },
    message: /^A role name stands more than once in the …_user_role_names variables/,
  },
  {
    about: "a role of another partition",
    types: ["redshift"],
    values: { redshift_user_role_arns: '["arn:aws-cn:iam::123456789012:role/analyst"]' },
    message: /^\["arn:aws-cn:iam::123456789012:role\/analyst"\]: these ARNs are of another partition than aws_partition \(aws\)\./,
  },
  {
    about: "a key of another partition",
    types: ["memorydb"],
    values: {
      aws_partition: '"aws-us-gov"',
      kms_key_ids: '["arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"]',
    },
    message: /these ARNs are of another partition than aws_partition \(aws-us-gov\)\./,
  },
  {
    about: "a trust policy that exceeds IAM's limit",
    types: ["dynamodb"],
    values: {
      create_user_roles: "true",
      external_id: `"${"x".repeat(1224)}"`,
      service_role_name: `"${`${"x".repeat(100)}/`.repeat(4)}teleport"`,
    },
    message: /^The trust policy is [0-9]{4} characters long; IAM allows 2048\. Use a shorter external_id or role name\.$/,
  },
  {
    about: "a boundary that exceeds IAM's limit",
    types: ["rds"],
    values: {
      create_permissions_boundary: "true",
      rds_database_users: '[for number in range(200) : { user_name = "user-${number}" }]',
    },
    message: /^The permissions boundary is [0-9]{4,5} characters long; IAM allows 6144\. A role has one boundary, which cannot be split/,
  },
  {
    about: "an inline policy of a role that exceeds IAM's limit",
    types: ["opensearch"],
    values: {
      create_user_roles: "true",
      opensearch_user_role_policy_json:
        'jsonencode({ Statement = [for number in range(500) : { Effect = "Allow", Action = "es:ESHttpGet", Resource = tostring(number) }] })',
    },
    message: /^The inline policy of role opensearch\/opensearch-user-role is [0-9]{5} characters long; IAM allows 10240\./,
  },
];

describeWithTerraform()("preconditions", () => {
  let root: TerraformRoot;
  let errors: readonly Diagnostic[];

  beforeAll(() => {
    root = new TerraformRoot({});
    const calls = wrongCalls.map(({ types, values }, index) =>
      moduleCall(
        `call-${String(index)}`,
        // A folder of its own for each, by which its messages are told.
        root.addModule(`module-${String(index)}`, compose({ types })),
        { aws_account_id: '"123456789012"', ...values },
      ),
    );
    root.write({ "main.tf": [OFFLINE_PROVIDER, ...calls].join("\n") });
    root.init();
    errors = root
      .run("plan", "-json")
      .stdout.split("\n")
      .flatMap((line) => (line === "" ? [] : ((JSON.parse(line) as Message).diagnostic ?? [])));
  });

  afterAll(() => {
    root.dispose();
  });

  test.each(wrongCalls.map((call, index) => [call.about, index, call.message] as const))(
    "%s: the plan fails and says what to do",
    (_, index, message) => {
      const folder = `module-${String(index)}/`;
      const found = errors.filter(({ range }) => range?.filename.startsWith(folder) === true);
      expect(found.map(({ detail, severity }) => [severity, firstParagraph(detail)])).toEqual([
        ["error", expect.stringMatching(message)],
      ]);
    },
  );

  test("terraform reports nothing else", () => {
    expect(errors).toHaveLength(wrongCalls.length);
  });
});

interface Diagnostic {
  readonly severity: string;
  readonly detail: string;
  readonly range?: { readonly filename: string };
}

interface Message {
  readonly diagnostic?: Diagnostic;
}

function firstParagraph(detail: string): string {
  return detail.split("\n\n")[0] ?? "";
}
