import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { fields } from "../catalog/fields";
import { narrowingsOf, type Statement } from "../catalog/statement";
import type { PolicyDocument } from "../catalog/policy-document";
import { checkInputs, type Inputs } from "../inputs/assignments";
import { defineModule } from "../inputs/module-definition";
import { allStatements } from "../inputs/type-variables";
import { Values } from "../inputs/values";
import { dbUsersOf } from "../policies/db-users";
import { documents } from "../policies/documents";
import { evaluate } from "../policies/evaluate";
import { arnTemplates } from "../policies/resources";
import { UserError } from "../text/user-error";
import type { ExplainedStatement, Explanation } from "./explanation";
import { subjectOf } from "./explain-subject";
import { sharedStatements } from "./shared-statements";

const fullArn = (template: string): string => `arn:{partition}:${template}`;

/** `Resource` of a statement with the defaults of all variables; variables and fields are in braces. */
function defaultResources(type: DatabaseType, { resources }: Statement): readonly string[] {
  const prefix = variablePrefix(type.name);
  switch (resources.kind) {
    case "secrets":
      return [fullArn(arnTemplates.secret.replace("{prefix}", "{secret_key_prefixes}"))];
    case "kms-keys":
      return [fullArn(arnTemplates.kmsKey.replace("{key}", "{kms_key_ids}"))];
    case "user-roles": {
      if (resources.unrestricted !== undefined) return ["*"];
      const role = arnTemplates.userRole.replace("{path}", "{user_role_path}");
      return [
        fullArn(role.replace("{name}", `{${prefix}_user_role_names}`)),
        `{${prefix}_user_role_arns}`,
      ];
    }
    case "databases":
      if (resources.unrestricted !== undefined) return ["*"];
      return [...new Set(resources.narrowings.flatMap(({ arns }) => arns))].map((template) =>
        fullArn(template).replace(/\{(?!account|partition)\w+\}/g, "*"),
      );
  }
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

/** A statement with what a document of given values grants for it: separated actions have their own Sid. */
function withGrants(
  statement: ExplainedStatement,
  document: PolicyDocument | undefined,
  sids: readonly (string | undefined)[],
): ExplainedStatement {
  if (document === undefined) return statement;
  const granted = document.Statement.filter(({ Sid }) => sids.includes(Sid));
  return { ...statement, granted, ...(granted.length === 0 ? { dbUsers: null } : {}) };
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
          .map((shared) => withGrants(shared, granting?.policy, [shared.sid]))
      : allStatements(type)
          .filter(({ sid }) => sids.includes(sid))
          .map((statement) => {
            const isOfPolicy = type.statements.includes(statement);
            return withGrants(
              explained(type, statement, isOfPolicy ? "policy" : "user-role", values ?? {}),
              isOfPolicy ? granting?.policy : granting?.userRolePolicies[type.name],
              [statement.sid, statement.separable?.sid],
            );
          });
  return { type: type?.name ?? null, title, purpose, source, statements, variables };
}
