import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { fields } from "../catalog/fields";
import { narrowingsOf, type Statement } from "../catalog/statement";
import type { PolicyStatement } from "../catalog/policy-document";
import { checkInputs, type Inputs } from "../inputs/assignments";
import { defineModule } from "../inputs/module-definition";
import { Values } from "../inputs/values";
import { dbUsersOf } from "../policies/db-users";
import { type Documents, documents } from "../policies/documents";
import { evaluate } from "../policies/evaluate";
import { arnTemplates } from "../policies/resources";
import { UserError } from "../text/user-error";
import type { ExplainedStatement, Explanation } from "./explanation";
import { subjectOf } from "./explain-subject";
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

/** The database users that a statement allows, with values of the variables. */
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

/** The statements that the documents grant for one of the catalogue: separated actions have their own Sid. */
function grantedOf(
  { policy, userRolePolicies }: Documents,
  type: DatabaseType,
  { sid, separable }: Statement,
): readonly PolicyStatement[] {
  return [policy, userRolePolicies[type.name]].flatMap((document) =>
    (document?.Statement ?? []).filter(({ Sid }) => Sid === sid || Sid === separable?.sid),
  );
}

/**
 * Explains what a word means: its statements and variables.
 *
 * @param word a type or another name of it, a Sid, an action, a variable or a module that makes a role
 * @param values values of the variables of the type's module, by name: each statement then has what
 *   they make of it
 * @throws UserError as subjectOf, and for values that the module would refuse
 */
export function explain(word: string, values?: Inputs): Explanation {
  const { type, types, sids, title, purpose, source, variables } = subjectOf(word);
  if (values !== undefined) {
    if (types.length === 0) {
      throw new UserError(
        `${JSON.stringify(word)} belongs to a module that makes a role, and --set works with database types only. Remove --set.`,
      );
    }
    checkInputs(defineModule(types), values);
  }
  const granting = values === undefined ? undefined : documents(types, values);
  const statements =
    type === null
      ? sharedStatements
          .filter(({ sid }) => sids.includes(sid))
          .map((statement) => ({ ...statement, ...sharedGrants(statement, granting) }))
      : [
          ...type.statements.map((statement) => [statement, "policy"] as const),
          ...(type.userRole?.statements ?? []).map((each) => [each, "user-role"] as const),
        ]
          .filter(([{ sid }]) => sids.includes(sid))
          .map(([statement, carrier]) => {
            const whole = explained(type, statement, carrier, values ?? {});
            if (granting === undefined) return whole;
            const granted = grantedOf(granting, type, statement);
            return { ...whole, granted, ...(granted.length === 0 ? { dbUsers: null } : {}) };
          });
  return { type: type?.name ?? null, title, purpose, source, statements, variables };
}

function sharedGrants(
  { sid }: ExplainedStatement,
  granting: Documents | undefined,
): Pick<ExplainedStatement, "granted"> {
  if (granting === undefined) return {};
  return { granted: granting.policy.Statement.filter(({ Sid }) => Sid === sid) };
}
