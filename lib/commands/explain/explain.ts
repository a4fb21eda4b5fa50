import { databaseTypes } from "../../catalog";
import { type DatabaseType, variablePrefix } from "../../catalog/database-type";
import { fields } from "../../catalog/fields";
import { refuseUnsupported } from "../../catalog/select-types";
import { narrowingsOf, type Statement } from "../../catalog/statement";
import type { PolicyStatement } from "../../iam/policy-document";
import { checkInputs, type Inputs } from "../../inputs/assignments";
import { defineModule } from "../../inputs/module-definition";
import { discoverAllRegions } from "../../inputs/shared-variables";
import { selfAssumption } from "../../inputs/trust-variables";
import { allStatements } from "../../inputs/type-variables";
import { Values } from "../../inputs/values";
import { didYouMean } from "../../nearest";
import { dbUsersOf } from "../../policies/db-users";
import {
  accessRoleHop,
  type Documents,
  documents,
  listRegions,
  ownRole,
} from "../../policies/documents";
import { evaluate } from "../../policies/evaluate";
import {
  ACCESS_ROLE_SID,
  arnTemplates,
  LIST_REGIONS_SID,
  OWN_ROLE_SID,
} from "../../policies/statements";
import { UserError } from "../../user-error";

/** A list variable that names what a statement applies to. */
interface ExplainedNarrowing {
  readonly variable: string;
  readonly description: string;
  /** What each field of an object takes, by the field's name. */
  readonly fields: Readonly<Record<string, string>>;
  /** The ARNs that an object gives, with the fields in braces. */
  readonly arns: readonly string[];
}

/** A statement, and all that there is to know about it. */
export interface ExplainedStatement {
  readonly sid: string;
  /** What carries it: the Database Service's policy, or the role that a user connects as. */
  readonly carrier: "policy" | "user-role";
  readonly purpose: string;
  /** What the Database Service needs; empty where only discovery needs the statement. */
  readonly actions: readonly string[];
  /** What it has for who discovers databases (`services` with `discovery`). */
  readonly discovers: readonly string[];
  /** `Resource` with the variables' defaults, with placeholders in braces. */
  readonly resources: readonly string[];
  /** The variables that name resources instead. */
  readonly narrowings: readonly ExplainedNarrowing[];
  /** For the `db_users` of a Teleport role: whom it lets users connect as; null where it lets nobody. */
  readonly dbUsers: {
    /** With the given values, or else the variables' defaults. */
    readonly users: readonly string[];
    /** What the variables give instead, with placeholders in braces. */
    readonly named: readonly string[];
  } | null;
  /** When it can be left out, in a sentence; null where it is always needed. */
  readonly omittable: string | null;
  /** The boolean variable that puts it in or leaves it out; null where there is none. */
  readonly switch: {
    readonly variable: string;
    readonly default: boolean;
    readonly description: string;
  } | null;
  /** The page that documents it. */
  readonly source: string;
  /** What the given values make of it, empty where they leave it out; absent where none were given. */
  readonly granted?: readonly PolicyStatement[];
}

/** A database type with all of its statements, or with the one that was asked for. */
export interface Explanation {
  /** Null where the statement serves every type. */
  readonly type: string | null;
  readonly title: string;
  readonly purpose: string;
  readonly source: string;
  readonly statements: readonly ExplainedStatement[];
}

const fullArn = (template: string): string => `arn:{partition}:${template}`;

/** The variables that name what a statement applies to beside databases, and the ARNs they give. */
function namedByLists(type: DatabaseType, kind: "user-roles" | "secrets" | "kms-keys"): string[] {
  switch (kind) {
    case "user-roles":
      return [
        fullArn(
          arnTemplates.userRole
            .replace("{path}", "{user_role_path}")
            .replace("{name}", `{${variablePrefix(type.name)}_user_role_names}`),
        ),
        `{${variablePrefix(type.name)}_user_role_arns}`,
      ];
    case "secrets":
      return [fullArn(arnTemplates.secret.replace("{prefix}", "{secret_key_prefixes}"))];
    case "kms-keys":
      return [fullArn(arnTemplates.kmsKey.replace("{key}", "{kms_key_ids}"))];
  }
}

function defaultResources(type: DatabaseType, { resources }: Statement): readonly string[] {
  if (resources.kind === "secrets" || resources.kind === "kms-keys") {
    return namedByLists(type, resources.kind);
  }
  if (resources.unrestricted !== undefined) return ["*"];
  if (resources.kind === "user-roles") return namedByLists(type, resources.kind);
  return [...new Set(resources.narrowings.flatMap(({ arns }) => arns))].map((template) =>
    fullArn(template).replace(/\{(?!account|partition)\w+\}/g, "*"),
  );
}

/** Whom a statement lets users connect as, with values of the variables. */
function explainedDbUsers(
  type: DatabaseType,
  statement: Statement,
  values: Inputs,
): ExplainedStatement["dbUsers"] {
  const users = dbUsersOf(type, statement);
  if (users === undefined) return null;
  const prefix = variablePrefix(type.name);
  return {
    users: evaluate(users, new Values(defineModule([type]).variables, values)) as readonly string[],
    named:
      statement.resources.kind === "user-roles"
        ? [
            `${type.userRole?.dbUserPrefix ?? ""}{${prefix}_user_role_names}`,
            `{${prefix}_user_role_arns}`,
          ]
        : narrowingsOf(statement).map(({ variable }) => `{${variable}.user_name}`),
  };
}

function explained(
  type: DatabaseType,
  statement: Statement,
  carrier: ExplainedStatement["carrier"],
  values: Inputs,
): ExplainedStatement {
  return {
    sid: statement.sid,
    carrier,
    purpose: statement.purpose,
    actions: statement.actions,
    discovers: statement.discovery?.actions ?? [],
    resources: defaultResources(type, statement),
    narrowings: narrowingsOf(statement).map((narrowing) => ({
      variable: narrowing.variable,
      description: narrowing.description,
      fields: Object.fromEntries(
        Object.entries(narrowing.fields).map(([name, kind]) => [name, fields[kind].allowed]),
      ),
      arns: narrowing.arns.map(fullArn),
    })),
    dbUsers: explainedDbUsers(type, statement, values),
    omittable: statement.omittable ?? null,
    switch: statement.switch ?? null,
    source: statement.source,
  };
}

/** The statements that serve every type. */
const ofEveryType: readonly ExplainedStatement[] = [
  {
    sid: ACCESS_ROLE_SID,
    carrier: "policy",
    purpose: accessRoleHop.purpose,
    actions: ["sts:AssumeRole", "sts:TagSession"],
    discovers: [],
    resources: ["{assume_role_arns}"],
    narrowings: [],
    dbUsers: null,
    omittable:
      "In the place of every other statement where assume_role_arns names access roles. sts:TagSession is in where the service runs in an EKS pod with an identity (service_role_trust).",
    switch: null,
    source: accessRoleHop.source,
  },
  {
    sid: LIST_REGIONS_SID,
    carrier: "policy",
    purpose: listRegions.purpose,
    actions: [],
    discovers: ["account:ListRegions"],
    resources: ["*"],
    narrowings: [],
    dbUsers: null,
    omittable: listRegions.omittable,
    switch: {
      variable: listRegions.variable,
      default: false,
      description: discoverAllRegions.description,
    },
    source: listRegions.source,
  },
  {
    sid: OWN_ROLE_SID,
    carrier: "policy",
    purpose: ownRole.purpose,
    actions: ["sts:AssumeRole", "sts:TagSession"],
    discovers: [],
    resources: [fullArn("iam::{service_account_id}:role/{service_role_name}")],
    narrowings: [],
    dbUsers: null,
    omittable: `${ownRole.omittable} sts:TagSession is in where sessions carry tags.`,
    switch: {
      variable: ownRole.variable,
      default: false,
      description: selfAssumption.description,
    },
    source: ownRole.source,
  },
];

/** What the documents grant of a statement: what is separated from it is granted under its own Sid. */
function grantedOf(
  { policy, userRolePolicies }: Documents,
  type: DatabaseType,
  { sid, separable }: Statement,
): readonly PolicyStatement[] {
  return [policy, userRolePolicies[type.name]].flatMap((document) =>
    (document?.Statement ?? []).filter(({ Sid }) => Sid === sid || Sid === separable?.sid),
  );
}

/** A type with all of its statements or with one of them, or a statement that serves every type. */
type Subject =
  | { readonly type: DatabaseType; readonly sid?: string }
  | { readonly type: null; readonly statement: ExplainedStatement };

/** The database types that a name is about: all of them for a statement that serves every type. */
export function typesOf({ type }: Subject): readonly DatabaseType[] {
  return type === null ? databaseTypes : [type];
}

/**
 * What a name stands for.
 *
 * @param name the name of a type, an alias of one, or a Sid
 * @throws UserError where it is none of these, and where it is a database that Teleport does not support
 */
export function subjectOf(name: string): Subject {
  const byName = databaseTypes.find(
    (type) => type.name === name || type.aliases?.includes(name) === true,
  );
  if (byName !== undefined) return { type: byName };
  const shared = ofEveryType.find(({ sid }) => sid === name);
  if (shared !== undefined) return { type: null, statement: shared };
  for (const type of databaseTypes) {
    const found = allStatements(type).find(
      ({ sid, separable }) => sid === name || separable?.sid === name,
    );
    if (found !== undefined) return { type, sid: found.sid };
  }
  refuseUnsupported(name);
  const names = databaseTypes.map((each) => each.name);
  const sids = databaseTypes.flatMap(allStatements).map(({ sid }) => sid);
  throw new UserError(
    `${JSON.stringify(name)} is neither a database type nor the Sid of a statement.${didYouMean(name, [...names, ...sids, ...ofEveryType.map(({ sid }) => sid)])} Types: ${names.join(", ")}. "teleport-db-iam list" shows the Sids.`,
  );
}

function sharedExplanation(
  statement: ExplainedStatement,
  granting: Documents | undefined,
): Explanation {
  const granted = granting?.policy.Statement.filter(({ Sid }) => Sid === statement.sid);
  return {
    type: null,
    title: "Every type",
    purpose: statement.purpose,
    source: statement.source,
    statements: [{ ...statement, ...(granted === undefined ? {} : { granted }) }],
  };
}

/**
 * What a database type needs and why, or what one statement is for.
 *
 * @param name the name of a type, an alias of one, or a Sid
 * @param values values of the variables of the type's module, by name: each statement then says what
 *   they make of it
 * @throws UserError as subjectOf, and for values that the module would refuse
 */
export function explain(name: string, values?: Inputs): Explanation {
  const subject = subjectOf(name);
  const types = typesOf(subject);
  if (values !== undefined) checkInputs(defineModule(types), values);
  const granting = values === undefined ? undefined : documents(types, values);
  if (subject.type === null) return sharedExplanation(subject.statement, granting);
  const { type, sid } = subject;
  const carried = [
    ...type.statements.map((statement) => [statement, "policy"] as const),
    ...(type.userRole?.statements ?? []).map((statement) => [statement, "user-role"] as const),
  ];
  return {
    type: type.name,
    title: type.title,
    purpose: type.purpose,
    source: type.source,
    statements: carried
      .filter(([statement]) => sid === undefined || statement.sid === sid)
      .map(([statement, carrier]) => {
        const whole = explained(type, statement, carrier, values ?? {});
        if (granting === undefined) return whole;
        const granted = grantedOf(granting, type, statement);
        return { ...whole, granted, ...(granted.length === 0 ? { dbUsers: null } : {}) };
      }),
  };
}
