import { databaseTypes } from "../catalog";
import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { fields } from "../catalog/fields";
import { refuseUnsupported, typeNamed } from "../catalog/select-types";
import { narrowingsOf, type Statement } from "../catalog/statement";
import type { PolicyStatement } from "../catalog/policy-document";
import { checkInputs, type Inputs } from "../inputs/assignments";
import { defineModule } from "../inputs/module-definition";
import { allStatements } from "../inputs/type-variables";
import { Values } from "../inputs/values";
import { didYouMean } from "../text/nearest";
import { dbUsersOf } from "../policies/db-users";
import { type Documents, documents } from "../policies/documents";
import { evaluate } from "../policies/evaluate";
import { arnTemplates } from "../policies/resources";
import { UserError } from "../text/user-error";
import type { ExplainedStatement, Explanation } from "./explanation";
import { sharedStatements } from "./shared-statements";

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
  const byName = typeNamed(name);
  if (byName !== undefined) return { type: byName };
  const shared = sharedStatements.find(({ sid }) => sid === name);
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
    `${JSON.stringify(name)} is neither a database type nor the Sid of a statement.${didYouMean(name, [...names, ...sids, ...sharedStatements.map(({ sid }) => sid)])} Types: ${names.join(", ")}. "teleport-db-iam list" shows the Sids.`,
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
