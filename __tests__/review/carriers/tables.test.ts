/** The tables of arguments that bear on access, held against the schema of the installed provider. */
import * as fs from "node:fs";
import * as path from "node:path";
import { computedArguments } from "../../../lib/review/carriers/data/computed-arguments";
import {
  filledIn,
  grants,
  limits,
  principalLists,
  silent,
} from "../../../lib/review/carriers/data/grants";
import { isIrrelevant } from "../../../lib/review/carriers/data/irrelevant-types";
import { ends, nothingWhenNew, otherArguments } from "../../../lib/review/carriers/data/others";
import {
  identityPolicies,
  policyNames,
  resourcePolicies,
  statementGrants,
  targetNames,
} from "../../../lib/review/carriers/data/policies";
import { roleArguments } from "../../../lib/review/carriers/role-arguments";
import { switches } from "../../../lib/review/carriers/data/switches";
import { isListed } from "../../../lib/review/carriers/tables";
import { sign } from "../../../lib/review/carriers/unlisted-types";
import { TerraformRoot } from "../../support/terraform";
import { describeWithTerraform } from "../../support/tools";
import { words } from "../../support/words";

interface Attribute {
  readonly type?: unknown;
  readonly nested_type?: Block;
  readonly optional?: boolean;
  readonly required?: boolean;
  readonly computed?: boolean;
}

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

/** The paths within a type of Terraform: `["list", ["object", { … }]]`. */
function pathsWithin(type: unknown, at: string): string[] {
  if (!Array.isArray(type)) return [];
  const [kind, inner] = type as readonly unknown[];
  return kind === "object"
    ? Object.entries(inner as object).flatMap(([name, of]) => [
        `${at}.${name}`,
        ...pathsWithin(of, `${at}.${name}`),
      ])
    : pathsWithin(inner, at);
}

/** The paths of all arguments that can be set. */
function pathsOf({ attributes = {}, block_types: blocks = {} }: Block, at = ""): string[] {
  return [
    ...Object.entries(attributes).flatMap(([name, attribute]) => {
      const { type, nested_type: nested = {}, optional, required } = attribute;
      if (optional !== true && required !== true) return [];
      const path = at + name;
      return [path, ...pathsWithin(type, path), ...pathsOf(nested, `${path}.`)];
    }),
    ...Object.entries(blocks).flatMap(([name, { block }]) => [
      at + name,
      ...pathsOf(block, `${at}${name}.`),
    ]),
  ];
}

const last = (path: string): string => path.split(".").at(-1) ?? "";

/** Types that speak of access and are in no table. */
const forgotten = (types: Readonly<Record<string, Block>>): string[] =>
  Object.entries(types)
    .filter(
      ([type, block]) => !isListed(type) && sign(type, pathsOf(block).map(last)) !== undefined,
    )
    .map(([type]) => type);

/**
 * The arguments of the provider 5.100 whose names speak of a role, with what each hands on by its documentation:
 * a role, a profile, a task definition or none.
 */
const handed = new Map<string, string>();
let what = "";
for (const line of fs
  .readFileSync(path.join(__dirname, "../../fixtures/aws-provider/role-arguments.txt"), "utf8")
  .trim()
  .split("\n")) {
  if (line.startsWith(" ")) handed.set(line.trim(), what);
  else what = line;
}

/** Types of the providers 5.100 and 6.25 that speak of access and do not decide about it, by their documentation. */
const irrelevant = fs
  .readFileSync(path.join(__dirname, "../../fixtures/aws-provider/irrelevant-types.txt"), "utf8")
  .trim()
  .split("\n");

/** The arguments of a resource that hand on a role, if nothing of it is known. */
const argumentsOf = (type: string, ...paths: string[]): ReturnType<typeof roleArguments> =>
  roleArguments({ type, paths, value: () => ({ kind: "unknown" }) });

const speaksOfRole = (name: string): boolean =>
  /role|instance_profile|task_definition|credentials(_arn)?$/.test(last(name));

type Paths = readonly (readonly [type: string, paths: readonly string[]])[];

/** The paths of arguments that are unknown if nobody sets them and the provider fills them in. */
const judged: Paths = [
  ...principalLists,
  ...[...otherArguments].map(([type, { arguments: paths = [] }]) => [type, paths] as const),
  ...[...switches].map(([type, list]) => [type, list.map(({ argument }) => argument)] as const),
];

/** Every path of every table. */
const all: Paths = [
  ...judged,
  ...[...grants, ...limits].map((type) => [type, []] as const),
  ...[...identityPolicies].map(([type, { argument }]) => [type, [argument]] as const),
  ...[...resourcePolicies, ...statementGrants].map(
    ([type, { target }]) => [type, target === undefined ? [] : [target]] as const,
  ),
];

/** Types that a newer provider than 5.100 has. */
const NEWER = new Set([
  ...words("aws_appsync_api aws_appsync_channel_namespace aws_bedrockagentcore_agent_runtime"),
  ...words("aws_bedrockagentcore_gateway aws_controltower_baseline aws_eks_capability"),
  ...words("aws_fsx_s3_access_point_attachment aws_lakeformation_identity_center_configuration"),
  ...words("aws_lakeformation_lf_tag_expression aws_prometheus_resource_policy"),
  ...words("aws_quicksight_custom_permissions aws_quicksight_role_custom_permission"),
  ...words("aws_quicksight_user_custom_permission aws_s3_bucket_abac"),
  ...words("aws_s3vectors_vector_bucket_policy"),
]);

describe("the tables", () => {
  test("find what is new by its service, its name or an argument", () => {
    const argument = (name: string): Block => ({ attributes: { [name]: { optional: true } } });
    expect(
      forgotten({
        aws_iam_new: {},
        aws_new_permission: {},
        aws_new_argument: argument("resource_policy"),
        aws_new_block: { block_types: { new: { block: argument("principals") } } },
        aws_new_instance: argument("name"),
      }),
    ).toEqual(["aws_iam_new", "aws_new_permission", "aws_new_argument", "aws_new_block"]);
  });

  test("judge no type both as irrelevant and as one that bears on access", () => {
    const listed = new Set(all.map(([type]) => type));
    expect([...listed].filter(isIrrelevant)).toEqual([]);
  });

  test("judge as irrelevant what its documentation shows to be", () => {
    expect(irrelevant.filter((type) => !isIrrelevant(type))).toEqual([]);
  });

  test.each(["role", "profile", "task definition", "none"])(
    "say of each argument what it hands on: %s",
    (kind) => {
      const names = [...handed].filter(([, own]) => own === kind).map(([name]) => name);
      const found = names.filter((name) => {
        const [type = "", own = ""] = name.split(" ");
        const hands = argumentsOf(type, own).find(([, one]) => one === own);
        return (hands?.[0] ?? "none") === kind;
      });
      expect(found).toEqual(names);
    },
  );

  test("find a role in a block of which nothing is known", () => {
    const blocks = [...handed].flatMap(([name, kind]) => {
      const [type = "", own = ""] = name.split(" ");
      const [block = "", ...rest] = own.split(".");
      return kind === "none" || rest.length === 0 ? [] : [[type, block] as const];
    });
    expect(blocks.length).toBeGreaterThan(100);
    expect(blocks.filter(([type, block]) => argumentsOf(type, block).length === 0)).toEqual([]);
  });

  test("find a role in a block of a type that is new", () => {
    const paths = ["name", "run", "run.execution_role_arn", "run.iam_instance_profile"];
    expect(argumentsOf("aws_new_runner", ...paths)).toEqual([
      ["role", "run.execution_role_arn"],
      ["profile", "run.iam_instance_profile"],
    ]);
  });

  test("say of no other type what becomes of it when it is created or deleted", () => {
    const types = [...nothingWhenNew, ...ends];
    expect(types.filter((type) => !otherArguments.has(type))).toEqual([]);
  });

  describeWithTerraform()("and the installed provider", () => {
    const root = new TerraformRoot({
      "main.tf":
        'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n',
    });
    let types: Readonly<Record<string, Block>> = {};

    beforeAll(() => {
      const { provider_schemas: schemas } = JSON.parse(
        root.init().succeed("providers", "schema", "-json"),
      ) as {
        provider_schemas: Record<
          string,
          { resource_schemas: Record<string, { readonly block: Block }> }
        >;
      };
      types = Object.fromEntries(
        Object.values(schemas).flatMap((schema) =>
          Object.entries(schema.resource_schemas).map(([type, { block }]) => [type, block]),
        ),
      );
    });

    test("leave out no type that speaks of access, and no role", () => {
      expect(Object.keys(types).length).toBeGreaterThan(1000);
      expect(forgotten(types)).toEqual([]);
      const arguments_ = Object.entries(types).flatMap(([type, block]) =>
        pathsOf(block)
          .filter(speaksOfRole)
          .map((own) => `${type} ${own}`),
      );
      expect(arguments_.filter((name) => !handed.has(name))).toEqual([]);
    });

    test("judge no other type that speaks of access as irrelevant", () => {
      const speaking = Object.keys(types).filter(
        (type) => sign(type, pathsOf(types[type] ?? {}).map(last)) !== undefined,
      );
      expect(speaking.filter(isIrrelevant).filter((type) => !irrelevant.includes(type))).toEqual(
        [],
      );
    });

    test("name types and arguments that are there", () => {
      const missing = all.flatMap(([type, paths]) => {
        const block = types[type];
        if (block === undefined) return NEWER.has(type) ? [] : [type];
        const known = new Set(pathsOf(block));
        return paths.filter((own) => !known.has(own)).map((own) => `${type} ${own}`);
      });
      expect(missing).toEqual([]);
      const names = [...targetNames].filter(([type, own]) =>
        own.some((name) => types[type]?.attributes?.[name] === undefined),
      );
      expect(names).toEqual([]);
    });

    test("find one policy of each thing, by the name of its argument", () => {
      const found = [...resourcePolicies].map(([type, { target = "" }]) => {
        const block = target.slice(0, target.lastIndexOf(".") + 1);
        const paths = pathsOf(types[type] ?? {});
        return [type, policyNames.filter((name) => paths.includes(block + name)).length];
      });
      expect(found.filter(([, count]) => count !== 1)).toEqual([]);
    });

    test("leave out no argument of a grant but labels and orders", () => {
      const given = [...grants, ...limits].flatMap((type) =>
        Object.entries(types[type]?.attributes ?? {}),
      );
      const isSilent = (name: string): boolean => silent.some((pattern) => pattern.test(name));
      const settable = given.filter(([, { optional, required }]) => optional ?? required);
      const labels = new Set(settable.map(([name]) => name).filter(isSilent));
      expect([...labels].sort()).toEqual([
        ...words("accept_language comment description force_delete id name notes skip_destroy"),
        ...words("subscriber_description subscriber_name tags tags_all wait_for_acceptance"),
      ]);
      const filled = given
        .filter(([, { optional, computed }]) => optional === true && computed === true)
        .map(([name]) => name)
        .filter((name) => !isSilent(name) && !filledIn.some((pattern) => pattern.test(name)));
      expect([...new Set(filled)].sort()).toEqual([
        ...words("aws_account_id password_reset_required statement_id statement_id_prefix status"),
      ]);
    });

    test("know which arguments the provider fills in by itself", () => {
      const roles = [...handed]
        .filter(([name, kind]) => kind !== "none" && name.includes("."))
        .map(([name]) => name.split(" "))
        .map(([type = "", own = ""]) => [type, [own]] as const);
      const names = [...judged, ...roles].flatMap(([type, paths]) =>
        paths.map((own) => [type, own.split(".")[0] ?? ""] as const),
      );
      const known = (type: string, name: string): boolean =>
        computedArguments.some((pattern) => pattern.test(`${type} ${name}`));
      const missing = names.filter(([type, name]) => {
        const { optional, computed } = types[type]?.attributes?.[name] ?? {};
        return optional === true && computed === true && !known(type, name);
      });
      expect(missing).toEqual([]);
      // A plan's configuration lacks dynamic blocks, so an unknown one must not be taken for one that is not set.
      const blocks = names
        .filter(([type, name]) => types[type]?.block_types?.[name] !== undefined)
        .filter(([type, name]) => known(type, name));
      expect([...new Set(blocks.map((name) => name.join(" ")))].sort()).toEqual([
        "aws_elasticsearch_domain advanced_security_options",
        "aws_opensearch_domain advanced_security_options",
        "aws_s3_bucket grant",
        "aws_s3_bucket replication_configuration",
        "aws_s3_bucket_acl access_control_policy",
      ]);
    });
  });
});
