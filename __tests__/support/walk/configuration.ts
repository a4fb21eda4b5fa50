/** Calls of modules in a root, and the changes that a walk makes of them. */
import { selectTypes } from "../../../lib/catalog/select-types";
import { defineModule } from "../../../lib/inputs/module-definition";
import { narrowingCases } from "../narrowing-cases";

/** The parts of a call of a type or composed module, with a service role of its own. */
export interface Configuration {
  /** The database types of the module. */
  readonly types: readonly string[];
  /** True if the module is the ready one of its only type, and not a composed one. */
  readonly ready: boolean;
  /** Expressions by variable; `{name}` stands for the call's own name. */
  readonly values: Values;
  /** Roles that the policy is attached to: expressions by key. */
  readonly roles: Readonly<Record<string, string>>;
  /** Keys of `roles` that were renamed, with a `moved` block for each: the old and the new key. */
  readonly moved: readonly (readonly [from: string, to: string])[];
  /** Expressions by variable of the module `service-role`; undefined: no such call. */
  readonly serviceRole: Values | undefined;
}

/** Expressions by variable; undefined is the variable's default. */
export type Values = Readonly<Record<string, string | undefined>>;

/** One change, of a kind by which the outcome of a walk is counted. */
export interface Change {
  readonly kind: string;
  readonly to: Configuration;
}

/** The account of everything in a walk. */
export const ACCOUNT = "210987654321";

/** Roles that are there before a call is applied, and after it is destroyed. */
export const EXISTING_ROLES = [
  "{name}-agent-a",
  "{name}-agent-b",
  "{name}-agent-c",
  "{name}-agent-d",
] as const;

/** Policies that are there before. */
export const EXISTING_POLICIES = ["{name}-limits", "{name}-read", "{name}-write"] as const;

/** The key and the expression of the role that the call `service-role` makes. */
export const SERVICE_ROLE = { service: "module.{name}-service.role_name" } as const;

/** Types whose databases are connected to as IAM roles of the users. */
const USER_ROLE_TYPES = [
  "docdb",
  "dynamodb",
  "keyspace",
  "opensearch",
  "redshift",
  "redshift_serverless",
];

/** A variable or several that go together, and what a walk gives them. */
export interface Choice {
  readonly kind: string;
  readonly alternatives: readonly Values[];
}

/** Each variable that `values` has, on its own. */
function each(values: Readonly<Record<string, readonly (string | undefined)[]>>): Choice[] {
  return Object.entries(values).map(([variable, expressions]) => ({
    kind: variable,
    alternatives: expressions.map((expression) => ({ [variable]: expression })),
  }));
}

function together(kind: string, alternatives: readonly Values[]): Choice[] {
  return [{ kind, alternatives }];
}

/** For each of these types, the variables that `choices` gives. */
function ofTypes(types: readonly string[], choices: (type: string) => Choice[]): Choice[] {
  return types.flatMap(choices);
}

const off = [undefined, "false"];
const on = [undefined, "true"];
const role = (name: string): string => `"arn:aws:iam::${ACCOUNT}:role/{name}-${name}"`;
const policy = (name: string): string => `"arn:aws:iam::${ACCOUNT}:policy/{name}-${name}"`;

const noUserRoles = {
  trusted_principals: undefined,
  external_ids: undefined,
  trust_conditions: undefined,
  user_role_permissions_boundary_arn: undefined,
};
const userRoles = { ...noUserRoles, create_user_roles: "true" };

/** A narrowing: of everything, one thing, two, another, nothing. */
function narrowing(one: string, other: string): (string | undefined)[] {
  return [undefined, `[${one}]`, `[${one}, ${other}]`, `[${other}]`, "[]"];
}

const hclObject = (fields: readonly (readonly [field: string, value: string])[]): string =>
  JSON.stringify(Object.fromEntries(fields));

/** Changes of a walk to a type or composed module, in groups that it takes with the same chance. */
export const choices: Readonly<Record<string, readonly Choice[]>> = {
  policyName: each({ policy_name: ['"{name}-access"', '"{name}-databases"'] }),
  policyPath: each({ policy_path: [undefined, '"/team/"', '"/team/db/"'] }),
  tags: each({ tags: [undefined, '{ team = "data" }', '{ team = "db", "cost/center" = "7" }'] }),
  statements: each({
    additional_statements: [
      undefined,
      '[{ Sid = "Own", Effect = "Allow", Action = ["s3:GetObject"], Resource = ["*"], Condition = {} }]',
    ],
  }),
  services: each({
    services: [undefined, '["database", "discovery"]', '["discovery"]'],
    discover_all_regions: on,
  }),
  restriction: each({ restrict_to_account: on }),
  userRoles: [
    ...together("create_user_roles", [
      { create_user_roles: undefined, ...noUserRoles },
      { ...userRoles, trusted_principals: `[${role("agent-c")}]` },
      { ...userRoles, trusted_principals: `[${role("agent-c")}, ${role("agent-a")}]` },
      {
        ...userRoles,
        trusted_principals: '["arn:aws:iam::333333333333:root"]',
        external_ids: '["first", "second"]',
      },
      {
        ...userRoles,
        trusted_principals: `["arn:aws:iam::${ACCOUNT}:root"]`,
        trust_conditions: '{ StringEquals = { "aws:PrincipalOrgID" = ["o-a1b2c3d4e5"] } }',
      },
      {
        ...userRoles,
        trusted_principals: `[${role("agent-c")}]`,
        user_role_permissions_boundary_arn: policy("limits"),
      },
    ]),
    ...each({ user_role_path: [undefined, '"/team/"', '"/team/db/"'], session_tags: on }),
  ],
  userRoleNames: ofTypes(USER_ROLE_TYPES, (type) =>
    each({
      [`${type}_user_role_names`]: [
        `["{name}-${type}"]`,
        `["team/{name}-${type}"]`,
        `["{name}-${type}", "{name}-${type}-writer"]`,
        `["{name}-${type}-writer"]`,
      ],
      [`${type}_user_role_arns`]: [undefined, '["arn:aws:iam::555555555555:role/reader"]'],
    }),
  ),
  userRolePolicies: ofTypes(USER_ROLE_TYPES, (type) => {
    const ofRole = (expression: string): string => `{ "{name}-${type}" = ${expression} }`;
    return each({
      [`${type}_user_role_policy_arns`]: [
        undefined,
        ofRole(`{ read = ${policy("read")} }`),
        ofRole(`{ write = ${policy("write")}, read = ${policy("read")} }`),
        ofRole(`{ write = ${policy("write")} }`),
      ],
      [`${type}_user_role_policies`]: [
        undefined,
        ...["dynamodb:GetItem", "dynamodb:PutItem"].map((action) =>
          ofRole(
            `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }] })`,
          ),
        ),
      ],
    });
  }),
  switches: each({
    docdb_check_domain_url: off,
    dynamodb_session_tags: off,
    elasticache_serverless_describe_users: off,
    rds_connect: off,
    elasticache_fetch_metadata: off,
    elasticache_serverless_fetch_metadata: off,
    memorydb_fetch_metadata: off,
    opensearch_check_domain_url: off,
    rds_auto_enable_iam_auth: off,
    rds_fetch_metadata: off,
    rdsproxy_fetch_metadata: off,
    redshift_connect_as_database_user: off,
    redshift_fetch_metadata: off,
    redshift_serverless_fetch_metadata: off,
  }),
  managedUsers: each({
    elasticache_managed_users: on,
    memorydb_managed_users: on,
    elasticache_rotate_tagged_users_only: on,
    restrict_secrets_to_type: on,
    secret_key_prefixes: [undefined, '["teleport/", "team/"]', '["team/"]'],
    kms_key_ids: [undefined, '["12345678-1234-1234-1234-123456789012"]'],
  }),
  narrowings: each(
    Object.fromEntries(
      narrowingCases.map(({ variable, value, others }) => {
        const other = (text: string): string => others[text] ?? text;
        const one = Object.entries(value);
        const another = one.map(([field, text]) => [field, other(text)] as const);
        return [variable, narrowing(hclObject(one), hclObject([...another, ["region", "*"]]))];
      }),
    ),
  ),
};

/** Changes of a walk to the call `service-role`. */
export const serviceRoleChoices: readonly Choice[] = [
  ...each({ trust_ec2: on, assume_itself: on, tags: [undefined, '{ team = "data" }'] }),
  ...together("role_name", [
    { role_name: '"{name}-service"', role_path: undefined },
    { role_name: '"{name}-service"', role_path: '"/team/"' },
    { role_name: '"{name}-service-2"', role_path: undefined },
  ]),
  ...each({
    assume_role_arns: [
      undefined,
      '{ one = "arn:aws:iam::333333333333:role/entry" }',
      '{ uno = "arn:aws:iam::333333333333:role/entry", two = "arn:aws:iam::444444444444:role/entry" }',
    ],
    permissions_boundary_arn: [undefined, policy("limits")],
  }),
];

/** The expressions that a key of `roles` can have. */
export const ROLES = EXISTING_ROLES.map((name) => `"${name}"`);

/** The start of a walk: of each variable that calls must not share, the first choice. */
export function start(
  types: readonly string[],
  values: Values = {},
  { roles = {}, serviceRole }: Partial<Pick<Configuration, "roles" | "serviceRole">> = {},
): Configuration {
  const own = Object.values(choices)
    .flat()
    .map(({ alternatives: [first = {}] }) => first);
  return {
    types,
    ready: false,
    values: Object.assign({}, ...own, values) as Values,
    roles: serviceRole === undefined ? roles : { ...SERVICE_ROLE, ...roles },
    moved: [],
    serviceRole: serviceRole === undefined ? undefined : { ...SERVICE_ROLE_START, ...serviceRole },
  };
}

/** A service role before it is changed. */
export const SERVICE_ROLE_START: Values = { role_name: '"{name}-service"', trust_ecs: "true" };

/** The variables of the configuration's module. */
export function variablesOf({ types }: Configuration): ReadonlySet<string> {
  return new Set(defineModule(selectTypes(types).types).variables.map(({ name }) => name));
}
