import { databaseTypes } from "../lib/catalog";
import type { ModuleBlocks } from "../lib/files/module-blocks";
import { isObject, type Json, type JsonObject } from "../lib/text/json";

/** A call of a module. The documents and addresses of two versions are compared in each. */
export interface Situation {
  /** A phrase that follows "a call": "with the module's defaults". */
  readonly title: string;
  readonly values: Readonly<Record<string, Json>>;
}

/** The account of the databases in every situation. */
export const ACCOUNT = "111122223333";
const OTHER_ACCOUNT = "444455556666";
/** Trusted in every situation. Its account is the databases', so that no version asks for an external ID. */
const SERVICE_ROLE = `arn:aws:iam::${ACCOUNT}:role/teleport-db-service-role`;

/** Values by variable, by the title of the call. */
type Situations = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** The switches of statements that a module has. */
function switches({ variable }: ModuleBlocks): readonly string[] {
  const statements = databaseTypes.flatMap(({ statements: own, userRole }) => [
    ...own,
    ...(userRole?.statements ?? []),
  ]);
  const names = new Set(statements.map((statement) => statement.switch?.variable));
  return Object.keys(variable).filter((name) => names.has(name));
}

/** Names of database-user roles, if the module has such roles. */
function roleNames({ variable }: ModuleBlocks): Record<string, Json> {
  const names = Object.keys(variable).filter((name) => name.endsWith("_user_role_names"));
  return Object.fromEntries(names.map((name) => [name, ["reader"]]));
}

/** Calls of the module `service-role`. */
const serviceRoleSituations: Situations = {
  "of a role for EC2 and ECS that assumes access roles": {
    trust_ec2: true,
    trust_ecs: true,
    assume_role_arns: { other: `arn:aws:iam::${OTHER_ACCOUNT}:role/teleport-db-access-role` },
  },
  "of a role for EKS Pod Identity that assumes itself": {
    trust_eks_pod_identity: {
      cluster_arns: [`arn:aws:eks:us-east-1:${ACCOUNT}:cluster/example`],
      namespaces: ["teleport"],
      service_accounts: ["teleport"],
      session_tags: true,
    },
    assume_itself: true,
  },
};

/** True if the module has the variable and its type accepts the value. */
function suits(block: JsonObject | undefined, value: Json): boolean {
  if (block === undefined) return false;
  const kinds = Array.isArray(value)
    ? ["list", "set"]
    : isObject(value)
      ? ["map", "object"]
      : [typeof value === "boolean" ? "bool" : typeof value];
  return kinds.includes(String(block.type).split("(")[0] ?? "");
}

/**
 * The situations in which two versions of a module are compared. A value is given to both versions, or to
 * neither if one of them does not have the variable: what is new is off until a caller asks for it.
 */
export function situations(before: ModuleBlocks, after: ModuleBlocks): readonly Situation[] {
  const isForBoth = ([name, value]: readonly [string, Json]): boolean =>
    [before, after].every(({ variable }) => suits(variable[name], value));
  // Given to each version that has them.
  const required: Readonly<Record<string, Json>> = {
    aws_account_id: ACCOUNT,
    trusted_principals: [SERVICE_ROLE],
  };
  const listed: Situations = {
    "with the module's defaults": {},
    "with every switch of its statements on": Object.fromEntries(
      switches(after).map((name) => [name, true]),
    ),
    "that also discovers databases": { services: ["database", "discovery"] },
    "that attaches to a role": { attach_to_roles: { service: "teleport-db-service-role" } },
    "that creates roles with an external ID and session tags": {
      ...roleNames(before),
      ...roleNames(after),
      create_user_roles: true,
      external_ids: ["example"],
      session_tags: true,
    },
    "that is restricted to its account": { restrict_to_account: true },
    ...serviceRoleSituations,
  };
  const cases = Object.entries(listed).map(([title, values]) => ({
    title,
    values: {
      ...required,
      ...Object.fromEntries(Object.entries(values).filter(isForBoth)),
    },
  }));
  // Without values that both have, a call is the one with the defaults.
  const texts = cases.map(({ values }) => JSON.stringify(values));
  return cases.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
}
