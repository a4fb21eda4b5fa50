/** Random values that a module's variables take, at the edges of what AWS allows. */
import * as fc from "fast-check";
import { type Field, type FieldKind, fields } from "../../lib/catalog/fields";
import type { Inputs } from "../../lib/inputs/assignments";
import type { Variable } from "../../lib/inputs/variable";
import type { Json } from "../../lib/text/json";

/** The account of every value that names one of its own. */
export const ACCOUNT = "111122223333";
const OTHER_ACCOUNT = "444455556666";
const KEY = "01234567-89ab-cdef-0123-456789abcdef";

/** A name that begins with a letter, of the characters in `alphabet`, up to `longest` of them. */
function name(alphabet: string, longest: number): fc.Arbitrary<string> {
  const characters = fc.constantFrom(...Array.from(alphabet));
  const text = (length: number): fc.Arbitrary<string> =>
    fc
      .array(characters, { minLength: length - 1, maxLength: length - 1 })
      .map((rest) => `a${rest.join("")}`);
  return fc.oneof(
    fc.constant("a"),
    text(longest),
    fc.integer({ min: 2, max: longest }).chain(text),
    text(longest - 1).map((prefix) => `${prefix}*`),
  );
}

/** An identifier that AWS gives: a prefix, and 17 to 26 characters or the beginning of them. */
function assigned(prefix: string, alphabet: string): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...Array.from(alphabet)), { minLength: 17, maxLength: 26 })
    .chain((characters) =>
      fc.constantFrom(
        `${prefix}${characters.join("")}`,
        `${prefix}${characters.slice(0, 9).join("")}*`,
      ),
    );
}

const dashed = "abcxyz0189-";
const upperCase = "ABCXYZ0189";

/** Values at the edges of what AWS allows, by field: shortest, longest, odd characters, prefixes. */
const ofField: Readonly<Record<Exclude<FieldKind, "region">, fc.Arbitrary<string>>> = {
  rds_resource_id: fc.oneof(assigned("db-", upperCase), assigned("cluster-", upperCase)),
  rds_proxy_resource_id: assigned("prx-", "abcdef0189"),
  rds_proxy_endpoint_id: assigned("prx-endpoint-", "abcdef0189"),
  database_user: name("abcxyzABCXYZ0189_.@+=,#%-", 63),
  rds_instance_name: name(dashed, 63),
  rds_cluster_name: name(dashed, 63),
  docdb_cluster_name: name(dashed, 63),
  redshift_cluster_name: name(dashed, 63),
  redshift_database_name: name("abcxyz0189_$+.@-", 64),
  redshift_user: name("abcxyz0189_+.@-", 127),
  redshift_serverless_workgroup_id: fc.uuid(),
  redshift_serverless_endpoint_id: fc.uuid(),
  replication_group: name(dashed, 40),
  serverless_cache: name(dashed, 40),
  elasticache_user: name(dashed, 40),
  memorydb_cluster: name(dashed, 40),
  memorydb_user: name(dashed, 40),
  opensearch_domain: name(dashed, 28),
};

const REGIONS: Readonly<Record<string, readonly string[]>> = {
  aws: ["us-east-1", "ap-southeast-4", "il-central-1", "eu-*"],
  "aws-cn": ["cn-north-1", "cn-*"],
  "aws-us-gov": ["us-gov-west-1", "us-gov-*"],
};

/** An object of a narrowing, in a partition. */
export function narrowingObject(
  objectFields: Readonly<Record<string, Field>>,
  partition = "aws",
): fc.Arbitrary<Readonly<Record<string, string>>> {
  return fc.record(
    Object.fromEntries(
      Object.entries(objectFields).map(([field, definition]) => {
        const kind = Object.entries(fields).find(([, other]) => other === definition)?.[0];
        return [
          field,
          kind === undefined || kind === "region"
            ? fc.constantFrom(...(REGIONS[partition] ?? []))
            : ofField[kind as keyof typeof ofField],
        ];
      }),
    ),
  );
}

const ROLE_NAMES = ["reader", "team/db/writer", "A1_+=,.@-"];
const POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:Query","Resource":"*"}]}';

/** Values of text variables and items of lists and maps, by variable or the end of its name. */
function texts(partition: string): Readonly<Record<string, readonly string[]>> {
  const arn = (account: string, resource: string): string =>
    `arn:${partition}:iam::${account}:${resource}`;
  return {
    aws_account_id: [ACCOUNT],
    aws_partition: [partition],
    policy_name: ["DatabaseAccess", "A1_+=,.@-"],
    role_name: ["teleport", "A1_+=,.@-"],
    policy_path: ["/", "/team/db/"],
    role_path: ["/", "/team/db/"],
    tags: ["", "a b", "é"],
    attach_to_roles: ["teleport", "other"],
    services: ["database", "discovery"],
    secret_key_prefixes: ["teleport/", "team/db", "a_+=.@-b/"],
    kms_key_ids: [
      KEY,
      "mrk-0123456789abcdef0123456789abcdef",
      `arn:${partition}:kms:us-east-1:${OTHER_ACCOUNT}:key/${KEY}`,
    ],
    external_ids: ["ab", "a:b/=,.@-_"],
    trusted_principals: [
      arn(ACCOUNT, "role/teleport"),
      arn(OTHER_ACCOUNT, "role/team/teleport"),
      arn(OTHER_ACCOUNT, "root"),
    ],
    assume_role_arns: [arn(OTHER_ACCOUNT, "role/access"), arn(ACCOUNT, "role/team/access")],
    trust_teleport_oidc_provider_arn: [arn(ACCOUNT, "oidc-provider/example.teleport.sh")],
    permissions_boundary_arn: [arn(ACCOUNT, "policy/team/boundary")],
    _user_role_names: ROLE_NAMES,
    _user_role_arns: [arn(OTHER_ACCOUNT, "role/team/reader"), arn(ACCOUNT, "role/writer")],
    _user_role_policy_arns: [arn("aws", "policy/ReadOnlyAccess")],
  };
}

/** Conditions of every shape: several operators, keys and values, and one operator that others use. */
const conditions: fc.Arbitrary<Json> = fc
  .subarray([
    [
      "StringEquals",
      { "aws:PrincipalOrgID": ["o-a1b2c3d4e5"], "aws:PrincipalTag/team": ["a", "b"] },
    ],
    ["ArnLike", { "aws:PrincipalArn": ["arn:aws:iam::*:role/team/*"] }],
    ["IpAddress", { "aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"] }],
  ] as const)
  .map((entries) => Object.fromEntries<Json>(entries));

const statements = fc.subarray<Json>([
  {
    Sid: "Orders",
    Effect: "Allow",
    Action: ["dynamodb:GetItem"],
    Resource: ["*", "*"],
    Condition: { IpAddress: { "aws:SourceIp": ["192.0.2.0/24"] } },
  },
  { Sid: "Never", Effect: "Deny", Action: ["s3:*", "ec2:*"], Resource: ["*"], Condition: {} },
  { Sid: "Nothing", Effect: "Allow", Action: ["ec2:*"], Resource: [], Condition: {} },
]);

/** The workloads that the service's role can trust on EKS. */
function workloads(partition: string): Readonly<Record<string, fc.Arbitrary<Json>>> {
  const cluster = `arn:${partition}:eks:us-east-1:${ACCOUNT}:cluster/main`;
  const provider = "oidc.eks.us-east-1.amazonaws.com/id";
  return {
    trust_eks_pod_identity: fc.boolean().chain((session_tags) =>
      fc.record({
        cluster_arns: fc.subarray(session_tags ? [cluster, `${cluster}-2`] : []),
        namespaces: fc.subarray(session_tags ? ["teleport", "a-1"] : []),
        service_accounts: fc.subarray(session_tags ? ["agent", "a.b-1"] : []),
        session_tags: fc.constant(session_tags),
      }),
    ),
    trust_eks_service_accounts: fc.subarray(
      ["A", "B"].map((id) => ({
        oidc_provider_arn: `arn:${partition}:iam::${ACCOUNT}:oidc-provider/${provider}/${id}`,
        namespace: "teleport",
        service_account: `agent-${id.toLowerCase()}`,
      })),
    ),
  };
}

/**
 * A value of a variable; what null and an empty collection mean is tried as often as the others.
 *
 * @param partition the partition of ARNs and regions
 */
export function validValue(variable: Variable, partition = "aws"): fc.Arbitrary<Json> {
  const { name: own, type, default: preset } = variable;
  const [, pool = []] =
    Object.entries(texts(partition)).find(([key]) => own === key || own.endsWith(key)) ?? [];
  const item = (): fc.Arbitrary<string> => {
    if (pool.length === 0) throw new Error(`The tests know no value of ${own}.`);
    return fc.constantFrom(...pool);
  };
  const value = ((): fc.Arbitrary<Json> => {
    const workload = workloads(partition)[own];
    if (workload !== undefined) return workload;
    switch (type.kind) {
      case "bool":
        return fc.boolean();
      case "string":
        return item();
      case "list":
        return fc.uniqueArray(item(), { minLength: type.minItems ?? 0, maxLength: 3 });
      case "map":
      case "tags":
        return fc
          .uniqueArray(item(), { maxLength: 2 })
          .map((values) =>
            Object.fromEntries(values.map((text, index) => [`key${String(index)}`, text])),
          );
      case "maps":
        return item().map((text) => ({ reader: { key: text } }));
      case "policies":
        return fc.constant({ reader: POLICY });
      case "objects":
        return fc.array(narrowingObject(type.fields, partition), { maxLength: 2 });
      case "conditions":
        return type.bySid === true ? fc.constant({}) : conditions;
      case "statements":
        return statements;
      case "object":
        throw new Error(`The tests know no value of ${own}.`);
    }
  })();
  return preset === null
    ? fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: value })
    : value;
}

/** Values of some of `variables`. */
export function validInputs(
  variables: readonly Variable[],
  partition: string,
): fc.Arbitrary<Inputs> {
  const values = variables.map(({ name: key, ...variable }) => [
    key,
    validValue({ name: key, ...variable }, partition),
  ]);
  return fc.record(Object.fromEntries(values) as Record<string, fc.Arbitrary<Json>>, {
    requiredKeys: [],
  }) as fc.Arbitrary<Inputs>;
}
