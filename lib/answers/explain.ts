import { type DatabaseType, namingVariables } from "../catalog/database-type";
import { fields } from "../catalog/fields";
import { narrowingsOf, type Statement } from "../catalog/statement";
import { checkInputs, type Inputs } from "../inputs/assignments";
import { defineModule } from "../inputs/module-definition";
import { discoveryVariables } from "../inputs/policy-variables";
import { serviceRoleVariables } from "../inputs/role-variables";
import { valuesOf } from "../inputs/values";
import { dbUsersOf } from "../policies/db-users";
import { documents } from "../policies/documents";
import { evaluate } from "../policies/evaluate";
import { resourcesOf } from "../policies/resources";
import { literal, type Term } from "../policies/term";
import { UserError } from "../text/user-error";
import type { ExplainedStatement, Explanation } from "./explanation";
import { subjectOf } from "./explain-subject";
import { type KnownStatement, namesOf } from "./known-statements";

/** The texts of a rule about a type for given values of its variables. */
function textsOf(rule: Term, type: DatabaseType, values: Inputs): readonly string[] {
  return evaluate(rule, valuesOf(defineModule([type]).variables, values)) as string[];
}

/** The lists of roles, prefixes and keys that name what a statement applies to, as their names in braces. */
function listsInBraces(type: DatabaseType, statement: Statement): Inputs {
  if (statement.resources.kind === "databases") return {};
  const names = namingVariables(type, statement);
  return Object.fromEntries(names.map((name) => [name, [`{${name}}`]]));
}

/** `Resource` of a statement with the defaults of all variables; variables and fields are in braces. */
function defaultResources(type: DatabaseType, statement: Statement): readonly string[] {
  return textsOf(resourcesOf(type, statement, literal(false)), type, {
    aws_partition: "{partition}",
    aws_account_id: "{account}",
    user_role_path: "{user_role_path}",
    ...listsInBraces(type, statement),
  });
}

function explainedDbUsers(
  type: DatabaseType,
  statement: Statement,
  values: Inputs,
): ExplainedStatement["dbUsers"] {
  const users = dbUsersOf(type, statement);
  if (users === undefined) return null;
  const narrowed = narrowingsOf(statement).map(
    ({ variable }) => [variable, [{ user_name: `{${variable}.user_name}` }]] as const,
  );
  return {
    users: textsOf(users, type, values),
    named: textsOf(users, type, {
      ...Object.fromEntries(narrowed),
      ...listsInBraces(type, statement),
    }),
  };
}

function explained(
  { type, statement }: KnownStatement,
  values: Inputs,
): Omit<ExplainedStatement, "granted"> {
  const { sid, purpose, actions, discovery, omittable, source } = statement;
  const common = { sid, purpose, actions, discovers: discovery?.actions ?? [], source };
  if (type === null) {
    const { carrier, resources, decided, variable } = statement;
    const toggle = [...discoveryVariables, ...serviceRoleVariables].find(
      ({ name, type: { kind } }) => name === variable && kind === "bool",
    );
    return {
      ...{ ...common, carrier, resources, narrowings: [], dbUsers: null },
      omittable: [omittable, decided].filter((sentence) => sentence !== undefined).join(" "),
      switch: toggle ? { variable, default: false, description: toggle.description } : null,
    };
  }
  return {
    ...common,
    carrier: type.statements.includes(statement) ? "policy" : "user-role",
    resources: defaultResources(type, statement),
    narrowings: narrowingsOf(statement).map((narrowing) => ({
      variable: narrowing.variable,
      description: narrowing.description,
      fields: Object.fromEntries(
        Object.entries(narrowing.fields).map(([name, kind]) => [name, fields[kind].allowed]),
      ),
      arns: narrowing.arns.map((template) => `arn:{partition}:${template}`),
    })),
    dbUsers: explainedDbUsers(type, statement, values),
    omittable: omittable ?? null,
    switch: statement.switch ?? null,
  };
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
  const { about, type, types, statements, variables } = subjectOf(word);
  const { title, purpose, source } = about;
  const facts = { type: type?.name ?? null, title, purpose, source };
  if (values === undefined) {
    return { ...facts, statements: statements.map((one) => explained(one, {})), variables };
  }
  if (types.length === 0) {
    throw new UserError(
      `${JSON.stringify(word)} belongs to a module that makes a role, and --set works with database types only. Remove --set.`,
    );
  }
  checkInputs(defineModule(types), values);
  const { policy, userRolePolicies } = documents(types, values);
  const withGrants = statements.map((one) => {
    const statement = explained(one, values);
    const carrier = statement.carrier === "user-role" ? userRolePolicies[type?.name ?? ""] : policy;
    const sids = namesOf(one);
    const granted = (carrier?.Statement ?? []).filter(({ Sid = "" }) => sids.includes(Sid));
    return { ...statement, granted, ...(granted.length === 0 ? { dbUsers: null } : {}) };
  });
  return { ...facts, statements: withGrants, variables };
}
