import { isObject, type Json } from "../lib/text/json";
import type { ModuleBlocks } from "../lib/files/module-blocks";

/** Calls that stand for what callers do: the documents and addresses of a module are compared in each. */
export interface Situation {
  /** As it goes on after "a call": "with the module's defaults". */
  readonly title: string;
  readonly values: Readonly<Record<string, Json>>;
}

/** The account of the databases in every situation. */
export const ACCOUNT = "123456789012";
const OTHER_ACCOUNT = "210987654321";

/** The switches that statements ask for, of the variables of a module. */
function switches({ locals, variable }: ModuleBlocks): readonly string[] {
  const entries = Object.values(locals).flatMap((local) =>
    Array.isArray(local) ? (local as readonly Json[]) : [],
  );
  const conditions = entries.flatMap((entry) =>
    isObject(entry) && typeof entry.enabled === "string" ? [entry.enabled] : [],
  );
  return Object.keys(variable).filter(
    (name) =>
      variable[name]?.type === "bool" &&
      conditions.some((condition) => new RegExp(`\\bvar\\.${name}\\b`).test(condition)),
  );
}

/** Names of database-user roles, where the module has such roles. */
function roleNames({ variable }: ModuleBlocks): Record<string, Json> {
  const names = Object.keys(variable).filter((name) => name.endsWith("_user_role_names"));
  return Object.fromEntries(names.map((name) => [name, ["reader"]]));
}

/**
 * The situations in which two versions of a module are compared. A value is given to both or, where one
 * of them does not have the variable, to neither: what is new is off until a caller asks for it.
 */
export function situations(before: ModuleBlocks, after: ModuleBlocks): readonly Situation[] {
  const isInBoth = ([name]: readonly [string, Json]): boolean =>
    before.variable[name] !== undefined && after.variable[name] !== undefined;
  const named = { ...roleNames(before), ...roleNames(after) };
  const listed: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
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
  };
  return Object.entries(listed).map(([title, values]) => ({
    title,
    values: {
      aws_account_id: ACCOUNT,
      ...Object.fromEntries(Object.entries(values).filter(isInBoth)),
    },
  }));
}
