import { databaseTypes } from "../lib/catalog";
import type { ModuleBlocks } from "../lib/files/module-blocks";
import { isObject, type Json, type JsonObject } from "../lib/text/json";

/** Calls that stand for what callers do: the documents and addresses of a module are compared in each. */
export interface Situation {
  /** As it goes on after "a call": "with the module's defaults". */
  readonly title: string;
  readonly values: Readonly<Record<string, Json>>;
}

/** The account of the databases in every situation. */
export const ACCOUNT = "123456789012";
const OTHER_ACCOUNT = "210987654321";
const SERVICE_ROLE = `arn:aws:iam::${OTHER_ACCOUNT}:role/teleport-db-service-role`;

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

/** Names of database-user roles, where the module has such roles. */
function roleNames({ variable }: ModuleBlocks): Record<string, Json> {
  const names = Object.keys(variable).filter((name) => name.endsWith("_user_role_names"));
  return Object.fromEntries(names.map((name) => [name, ["reader"]]));
}

/** Calls of the role modules. Each module ignores the variables of the other. */
const roleSituations: Situations = {
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
  "of an access role with an external ID and session tags": {
    external_ids: ["example"],
    session_tags: true,
  },
};

/** Whether a variable is there and can have a value: its type may be another in another version. */
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
 * The situations in which two versions of a module are compared. A value is given to both or, where one
 * of them does not have the variable, to neither: what is new is off until a caller asks for it.
 */
export function situations(before: ModuleBlocks, after: ModuleBlocks): readonly Situation[] {
  const isForBoth = ([name, value]: readonly [string, Json]): boolean =>
    [before, after].every(({ variable }) => suits(variable[name], value));
  // Given to each version that has them: without, there is no call, and nobody who is trusted.
  const required: Readonly<Record<string, Json>> = {
    aws_account_id: ACCOUNT,
    trusted_principals: [SERVICE_ROLE],
  };
  const named = { ...roleNames(before), ...roleNames(after) };
  const listed: Situations = {
    "with the module's defaults": {},
    "with every switch of its statements on": Object.fromEntries(
      switches(after).map((name) => [name, true]),
    ),
    "that also discovers databases": { services: ["database", "discovery"] },
    "that creates all roles": {
      ...named,
      create_service_role: true,
      create_user_roles: true,
      create_permissions_boundary: true,
    },
    "that creates user roles without naming them": { create_user_roles: true },
    "that attaches to roles, a policy for each type": {
      attach_to_roles: { service: "teleport-db-service-role" },
      split_policy_by_type: true,
    },
    "for a service on EKS Pod Identity": {
      create_service_role: true,
      service_role_trust: "eks-pod-identity",
    },
    "for the databases' account of two": {
      service_account_id: OTHER_ACCOUNT,
      external_id: "example",
      create_access_role: true,
    },
    "for the service's account of two": {
      assume_role_arns: [`arn:aws:iam::${OTHER_ACCOUNT}:role/teleport-db-access-role`],
    },
    ...roleSituations,
  };
  const cases = Object.entries(listed).map(([title, values]) => ({
    title,
    values: {
      ...required,
      ...Object.fromEntries(Object.entries(values).filter(isForBoth)),
    },
  }));
  // A call whose values neither has is that with the defaults.
  const texts = cases.map(({ values }) => JSON.stringify(values));
  return cases.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
}
