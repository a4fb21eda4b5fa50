/** Rules that span variables: real terraform plans all calls in one root, and says what is wrong with each. */
import { compose } from "../../lib/answers/compose";
import { moduleCall, OFFLINE_PROVIDER, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const ACCOUNT = "111122223333";
const OTHER = "444455556666";
const role = (account: string, name = "teleport"): string => `arn:aws:iam::${account}:role/${name}`;
const json = (value: unknown): string => JSON.stringify(value);
const own = (Sid: string, Resource = ["*"]): object => ({
  Sid,
  Effect: "Allow",
  Action: ["rds:DescribeDBInstances"],
  Resource,
  Condition: {},
});
const condition = (operator: string, key: string, ...values: string[]): string =>
  json({ [operator]: { [key]: values } });

/** A call: what it is about, its module or its types, arguments, and the message that it gets, if any. */
type Case = readonly [
  about: string,
  module: "service-role" | "access-role" | readonly string[],
  values: Readonly<Record<string, string>>,
  message?: RegExp,
];

const foreign = { trusted_principals: json([role(OTHER)]) };
const trusted = { trusted_principals: json([role(ACCOUNT)]) };
const roles = { create_user_roles: "true", ...trusted };
const FOREIGN = /: trusted_principals has a principal of another account, but external_ids is empty\. Add an external ID, .*; or the condition trust_conditions = .* with the ID of your organisation\.$/;
const NO_EFFECT = /: external_ids, trust_conditions and user_role_permissions_boundary_arn have no effect while create_user_roles is false\./;
const ORGANISATION = "o-a1b2c3d4e5";
const OIDC = (account: string): string =>
  `arn:aws:iam::${account}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC`;
const pods = (fields: object): string =>
  json({ cluster_arns: [], namespaces: [], service_accounts: [], session_tags: true, ...fields });

/** Conditions that do not hold a foreign principal to an organisation: with each of them the plan fails. */
const open: readonly (readonly [about: string, conditions: string])[] = [
  ["a negated operator", condition("StringNotEquals", "aws:PrincipalOrgID", ORGANISATION)],
  ["an operator that passes without the key", condition("StringEqualsIfExists", "aws:PrincipalOrgID", ORGANISATION)],
  ["an operator for all values, which passes without any", condition("ForAllValues:StringLike", "aws:PrincipalOrgPaths", `${ORGANISATION}/*`)],
  ["a wildcard for the organisation", condition("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "*")],
  ["the beginning of an organisation's ID", condition("ForAnyValue:StringLike", "aws:PrincipalOrgID", "o-*")],
  ["a wildcard beside the organisation", condition("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", `${ORGANISATION}/*`, "o-*/*")],
  ["a wildcard in the organisation's ID", condition("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5*/r-1")],
  ["no organisation", condition("StringEquals", "aws:PrincipalOrgID")],
  ["the organisation of the resource", condition("StringEquals", "aws:ResourceOrgID", ORGANISATION)],
  ["a condition on something else", condition("IpAddress", "aws:SourceIp", "192.0.2.0/24")],
];

/** Conditions that do. */
const closed: readonly (readonly [about: string, conditions: string])[] = [
  ["the organisation's ID", condition("StringEquals", "aws:PrincipalOrgID", ORGANISATION)],
  ["the key in lower case", condition("StringEquals", "aws:principalorgid", ORGANISATION)],
  ["the key in upper case", condition("StringEquals", "AWS:PRINCIPALORGID", ORGANISATION)],
  ["paths in the organisation", condition("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", `${ORGANISATION}/r-1/*`)],
];

const cases: readonly Case[] = [
  // The policy.
  ["no statement: every list is empty", ["docdb"], { docdb_clusters: "[]", docdb_user_role_names: "[]" }, /: it would have no statement, which IAM rejects: .* Name a database, or remove this call of the module\.$/],
  ["no statement: every switch is off", ["rds"], { rds_connect: "false", rds_fetch_metadata: "false", rds_auto_enable_iam_auth: "false" }, /: it would have no statement/],
  ["no statement, where only the document is wanted", ["rds"], { rds_connect: "false", rds_instances: "[]", create_policy: "false" }, /: it would have no statement/],
  ["a statement of the caller's alone", ["rds"], { rds_connect: "false", rds_instances: "[]", additional_statements: json([own("Own")]) }],
  ["a policy longer than IAM allows", ["rds"], { rds_database_users: '[for number in range(120) : { region = "us-east-1", resource_id = "db-ABCDEFGHIJKL", user_name = "user${number}" }]' }, /: it would have \d{4,5} characters; IAM allows 6,144\. Write "\*" in place of several names, or call the module twice \(by type, region or team\), each with its own policy_name\.$/],
  ["all types for both services, restricted", ["all"], { services: '["database", "discovery"]', restrict_to_account: "true" }, /: it would have 6\d{3} characters/],
  ["all types for both services", ["all"], { services: '["database", "discovery"]' }],
  ["a condition of a misspelt Sid", ["rds"], { statement_conditions: json({ RDSConect: { StringEquals: { "aws:PrincipalTag/a": ["b"] } } }) }, /: statement_conditions has a Sid that the policy does not contain\. Its Sids: RDSAutoEnableIAMAuth, RDSConnect, RDSFetchMetadata\.$/],
  ["a condition of a statement that is not granted", ["rds"], { rds_connect: "false", statement_conditions: json({ RDSConnect: { StringEquals: { "aws:PrincipalTag/a": ["b"] } } }) }, /: statement_conditions has a Sid that the policy does not contain\. Its Sids: RDSAutoEnableIAMAuth, RDSFetchMetadata\.$/],
  ["a condition of a statement that a list removed, in a document", ["rds"], { create_policy: "false", rds_database_users: "[]", statement_conditions: json({ RDSConnect: { StringEquals: { "aws:PrincipalTag/a": ["b"] } } }) }, /: statement_conditions has a Sid/],
  ["a Sid of the module for an own statement", ["rds"], { additional_statements: json([own("RDSConnect")]) }, /: additional_statements has a Sid of the module's own statements\. Choose another Sid\.$/],
  ["a Sid of a statement that is not granted", ["rds"], { additional_statements: json([own("RDSDiscovery")]) }, /: additional_statements has a Sid of the module's/],
  ["a Sid of a database-user role's statement", ["redshift"], { additional_statements: json([own("RedshiftConnectWithIAM")]) }, /: additional_statements has a Sid of the module's/],
  ["the Sid of the boundary's statement", ["rds"], { additional_statements: json([own("AssumeAnyRole")]) }, /: additional_statements has a Sid of the module's/],
  ["roles to attach to, but no policy", ["rds"], { create_policy: "false", attach_to_roles: '{ a = "b" }' }, /: attach_to_roles has roles, but create_policy is false\. Set create_policy = true, or attach_to_roles = \{\}\.$/],
  ["keys without managed users", ["memorydb", "elasticache"], { kms_key_ids: '["01234567-89ab-cdef-0123-456789abcdef"]' }, /: kms_key_ids has no effect without managed users\. Set elasticache_managed_users or memorydb_managed_users to true, or kms_key_ids = \[\]\.$/],
  // What limits access and has no effect.
  ["external IDs without roles", ["dynamodb"], { external_ids: '["example"]' }, NO_EFFECT],
  ["trust conditions without roles", ["keyspace"], { trust_conditions: condition("StringEquals", "aws:PrincipalOrgID", ORGANISATION) }, NO_EFFECT],
  ["a boundary of user roles without roles", ["redshift"], { user_role_permissions_boundary_arn: `"arn:aws:iam::${ACCOUNT}:policy/boundary"` }, NO_EFFECT],
  // Database-user roles.
  ["no role to create", ["dynamodb", "redshift"], { ...roles, dynamodb_user_role_names: "[]", redshift_user_role_names: "[]" }, /: create_user_roles is true, but dynamodb_user_role_names, redshift_user_role_names are empty\. Name a role, or set create_user_roles = false\.$/],
  ["nobody may assume the roles", ["redshift"], { create_user_roles: "true" }, /: trusted_principals is empty, so nobody could assume the database-user roles\./],
  ["one name for roles of two types", ["redshift", "redshift-serverless"], { ...roles, redshift_user_role_names: '["shared"]', redshift_serverless_user_role_names: '["team/Shared"]' }, /: two types have a database-user role named [sS]hared\. IAM names are unique in an account, whatever their path and case: choose another name\.$/],
  ["policies for a role that is not created", ["dynamodb"], { ...roles, dynamodb_user_role_policies: '{ raeder = jsonencode({ Statement = [{}] }) }' }, /: \["dynamodb\/raeder"\]: the module does not create these roles \(type\/name\), so it cannot give them policies\./],
  ["policy ARNs for roles that are not created", ["dynamodb"], { dynamodb_user_role_policy_arns: '{ reader = { key = "arn:aws:iam::aws:policy/x" } }' }, /: \["dynamodb\/reader"\]: the module does not create these roles/],
  ["an inline policy without a statement", ["redshift"], { ...roles, redshift_databases: "[]" }, /: the policy of the role redshift\/redshift-user-role would have no statement, which IAM rejects\./],
  ["an external ID in trust_conditions", ["redshift"], { ...roles, trust_conditions: condition("StringEquals", "STS:ExternalId", "x") }, /: trust_conditions has sts:ExternalId\. Set external_ids instead\.$/],
  ["a trust policy longer than IAM allows", ["redshift"], { ...roles, external_ids: `["${"x".repeat(1200)}", "${"y".repeat(1200)}"]` }, /: the trust policy is longer than 2,048 characters, the default limit of IAM\./],
  ["a foreign principal", ["redshift"], { ...roles, ...foreign }, FOREIGN],
  ["a foreign account", ["redshift"], { ...roles, trusted_principals: `["arn:aws:iam::${OTHER}:root"]` }, FOREIGN],
  ["a foreign principal beside an own one", ["redshift"], { ...roles, trusted_principals: json([role(ACCOUNT), role(OTHER)]) }, FOREIGN],
  ["a foreign principal with an external ID", ["redshift"], { ...roles, ...foreign, external_ids: '["example"]' }],
  // The access role.
  ["access role: a foreign principal", "access-role", foreign, FOREIGN],
  ["access role: an external ID in trust_conditions", "access-role", { ...trusted, trust_conditions: condition("StringLike", "sts:externalid", "*") }, /: trust_conditions has sts:ExternalId\./],
  ["access role: a long trust policy", "access-role", { trusted_principals: `[for number in range(30) : "${role(ACCOUNT, "a".repeat(50))}\${number}"]` }, /: the trust policy is longer than 2,048/],
  ["access role: an own principal", "access-role", trusted],
  ...open.map(([about, trust_conditions]): Case => [`access role, open: ${about}`, "access-role", { ...foreign, trust_conditions }, FOREIGN]),
  ...closed.map(([about, trust_conditions]): Case => [`access role, closed: ${about}`, "access-role", { ...foreign, trust_conditions }]),
  ["user roles, closed: the organisation's ID", ["redshift"], { ...roles, ...foreign, trust_conditions: closed[0]?.[1] ?? "" }],
  // The service's role.
  ["service role: trusted by nobody", "service-role", {}, /: no trust_… variable is set, so nobody could assume the role\. Set trust_ec2, .*\.$/],
  ["service role: trusted by itself alone", "service-role", { assume_itself: "true" }, /: no trust_… variable is set/],
  ["service role: pods narrowed without tags", "service-role", { trust_eks_pod_identity: pods({ namespaces: ["teleport"], session_tags: false }) }, /: trust_eks_pod_identity names clusters, namespaces or service accounts, but session_tags is false\./],
  ["service role: pods without tags", "service-role", { trust_eks_pod_identity: pods({ session_tags: false }) }],
  ["service role: an OIDC provider of another account", "service-role", { trust_eks_service_accounts: json([{ oidc_provider_arn: OIDC(OTHER), namespace: "a", service_account: "b" }]) }, /: an OIDC provider belongs to another account than aws_account_id/],
  ["service role: Teleport's provider of another account", "service-role", { trust_ec2: "true", trust_teleport_oidc_provider_arn: `"arn:aws:iam::${OTHER}:oidc-provider/example.teleport.sh"` }, /: an OIDC provider belongs to another account/],
  ["service role: a long trust policy", "service-role", { trust_ecs: "true", trust_conditions: `{ StringEquals = { "aws:PrincipalTag/a" = [for number in range(300) : "value\${number}"] } }` }, /: the trust policy is longer than 2,048/],
  // Values that a plan does not know yet: nothing is refused before they are known.
  ["an unknown account", ["rds", "redshift"], { ...roles, ...foreign, external_ids: '["example"]', aws_account_id: "terraform_data.later.output" }],
  ["access role: unknown principals and an unknown account", "access-role", { trusted_principals: "[terraform_data.later.output]", aws_account_id: "terraform_data.later.output" }],
  ["an unknown condition", ["rds"], { statement_conditions: '{ RDSConnect = { StringEquals = { "aws:PrincipalTag/a" = [terraform_data.later.output] } } }' }],
];

/** Calls with a narrowing that another statement opens: a warning, and how it is silenced. */
const one = { region: "us-east-1", resource_id: "db-ABCDEFGHIJKL01234", user_name: "alice" };
const everything = (...fields: string[]): string =>
  json([Object.fromEntries(["region", ...fields].map((field) => [field, "*"]))]);
const users = { rds_database_users: json([one]) };
const clusters = { docdb_clusters: '[{ region = "*", cluster_name = "papers" }]' };
const caches = { elasticache_connections: '[{ region = "*", replication_group = "a", user_name = "b" }]' };
const warned: readonly Case[] = [
  ["rds narrowed, rdsproxy not", ["rds", "rdsproxy"], users, /: rds_database_users narrows RDSConnect, but RDSProxyConnect allows rds-db:connect on everything; set rdsproxy_database_users too\. To allow everything on purpose, give each one object whose fields are all "\*"\.$/],
  ["rds narrowed, rdsproxy open on purpose", ["rds", "rdsproxy"], { ...users, rdsproxy_database_users: everything("resource_id", "user_name") }],
  ["rds narrowed, nothing of rdsproxy", ["rds", "rdsproxy"], { ...users, rdsproxy_database_users: "[]" }],
  ["rds narrowed, the rest restricted to the account", ["rds", "rdsproxy"], { ...users, restrict_to_account: "true" }],
  ["rds alone", ["rds"], users],
  ["docdb narrowed, rds not, restricted to the account", ["docdb", "rds"], { ...clusters, restrict_to_account: "true" }, /: docdb_clusters narrows DocumentDBCheckDomainURL, but RDSFetchMetadata allows rds:DescribeDBClusters on everything; set rds_clusters and rds_instances too\./],
  ["docdb narrowed, rds open on purpose", ["docdb", "rds"], { ...clusters, rds_clusters: everything("cluster_name") }],
  ["docdb narrowed, rds without its statement", ["docdb", "rds"], { ...clusters, rds_fetch_metadata: "false" }],
  ["caches narrowed, serverless ones not", ["elasticache", "elasticache-serverless"], caches, /: elasticache_connections narrows ElastiCacheDescribeUsers, .*; elasticache_connections narrows ElastiCacheConnect, but ElastiCacheServerlessConnect allows elasticache:Connect on everything; set elasticache_serverless_connections too\./],
  ["caches narrowed, serverless ones open on purpose", ["elasticache", "elasticache-serverless"], { ...caches, elasticache_serverless_connections: everything("cache_name", "user_name") }],
  ["redshift narrowed, and discovered", ["redshift"], { redshift_clusters: '[{ region = "*", cluster_name = "a" }]', services: '["database", "discovery"]' }],
];

/** The beginning of each message. */
const LABELS = { policy: `Policy DatabaseAccess in account ${ACCOUNT}`, "service-role": `Role teleport-db-service-role in account ${ACCOUNT}`, "access-role": `Role teleport-db-access-role in account ${ACCOUNT}` };

interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly range?: { readonly filename: string };
}

describeWithTerraform()("what spans variables", () => {
  const calls = [...cases, ...warned];
  let diagnostics: readonly Diagnostic[];

  beforeAll(() => {
    const root = new TerraformRoot({});
      const blocks = calls.map(([, module, values], index) =>
        moduleCall(
          `call-${String(index)}`,
          // A folder of its own for each, by which its messages are told.
          root.addModule(
            folderOf(index),
            typeof module === "string" ? compose({ module }) : compose({ types: module }),
          ),
          { aws_account_id: `"${ACCOUNT}"`, ...values },
        ),
      );
      const later = `resource "terraform_data" "later" {\n  input = "${ACCOUNT}"\n}\n`;
      root.write({ "main.tf": [OFFLINE_PROVIDER, later, ...blocks].join("\n") });
      root.init();
      diagnostics = root
        .run("plan", "-json")
        .stdout.split("\n")
        .flatMap((line) =>
          line === "" ? [] : ((JSON.parse(line) as { diagnostic?: Diagnostic }).diagnostic ?? []),
        );
  });

  test.each(cases.map(([about, , , message], index) => [about, index, message] as const))(
    "%s",
    (_, index, message) => {
      // One mistake gives one message, which begins with the call.
      expect(ofCall(index)).toEqual(
        message === undefined ? [] : [["error", expect.stringMatching(beginning(index, message))]],
      );
    },
  );

  test.each(warned.map(([about, , , message], index) => [about, cases.length + index, message] as const))(
    "%s",
    (_, index, message) => {
      expect(ofCall(index)).toEqual(
        message === undefined ? [] : [["warning", expect.stringMatching(beginning(index, message))]],
      );
    },
  );

  test("no other message, and none that fails itself", () => {
    const folders = new Set(calls.map((_, index) => folderOf(index)));
    const others = diagnostics.filter(({ range }) => !folders.has(range?.filename.split("/")[0] ?? ""));
    expect(others).toEqual([]);
  });

  function beginning(index: number, message: RegExp): RegExp {
    const module = calls[index]?.[1] ?? [];
    const label = typeof module === "string" ? LABELS[module] : LABELS.policy;
    return new RegExp(`^${label}${message.source}`, "s");
  }

  /** The severity and the text of each message about a call. */
  function ofCall(index: number): [severity: string, text: string][] {
    return diagnostics
      .filter(({ range }) => range?.filename.startsWith(`${folderOf(index)}/`) === true)
      .map(({ severity, detail }) => [
        severity,
        detail.replace(/\n\nThis was checked by .*$/s, "").replaceAll("\n", " "),
      ]);
  }
});

function folderOf(index: number): string {
  return `module-${String(index).padStart(3, "0")}`;
}
