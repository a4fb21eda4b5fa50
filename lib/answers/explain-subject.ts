import { databaseTypes } from "../catalog";
import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { typesOfEngine } from "../catalog/engines";
import { refuseUnsupported, typeNamed } from "../catalog/select-types";
import { type SharedStatement, sharedStatements } from "../catalog/shared-statements";
import { narrowingsOf, type Statement } from "../catalog/statement";
import { defineModule, type RoleModuleName, roleModules } from "../inputs/module-definition";
import { allStatements, typeVariables } from "../inputs/type-variables";
import { typeConstraint } from "../inputs/validation";
import type { Variable } from "../inputs/variable";
import { didYouMean } from "../text/nearest";
import { UserError } from "../text/user-error";
import type { ExplainedVariable, Explanation } from "./explanation";

/** The meaning of a word that `explain` got. */
export interface Subject extends Pick<Explanation, "title" | "purpose" | "source" | "variables"> {
  /** The types whose variables can have values; none for a module that makes a role. */
  readonly types: readonly DatabaseType[];
  /** The statements of a type to explain; null if the word is about no type in particular. */
  readonly own: { readonly type: DatabaseType; readonly statements: readonly Statement[] } | null;
  /** The statements of no type to explain. */
  readonly shared: readonly SharedStatement[];
}

function explainedVariable(variable: Variable, module: string): ExplainedVariable {
  const { name, description, default: preset } = variable;
  return {
    name,
    module,
    type: typeConstraint(variable),
    description,
    default: preset === undefined ? null : JSON.stringify(preset),
  };
}

function ofType(
  type: DatabaseType,
  statements: readonly Statement[],
  variables: Subject["variables"] = [],
): Subject {
  const { title, purpose, source } = type;
  const own = { type, statements };
  return { types: [type], title, purpose, source, own, shared: [], variables };
}

function ofRole(role: RoleModuleName): Subject {
  const { title, purpose, source, variables } = roleModules[role];
  return {
    ...{ types: [], title, purpose, source, own: null },
    shared: sharedStatements.filter(({ carrier }) => carrier === role),
    variables: variables.map((variable) => explainedVariable(variable, role)),
  };
}

/** @throws UserError that lists what the word can mean */
function ambiguous(word: string, candidates: readonly [string, ...string[]]): UserError {
  return new UserError(
    `${JSON.stringify(word)} is ambiguous: ${candidates.join(", ")}. Name one of them: teleport-db-iam explain ${candidates[0]}`,
  );
}

function engine(word: string): Subject | undefined {
  const [first, ...others] = typesOfEngine.get(word) ?? [];
  if (first === undefined) return undefined;
  if (others.length > 0) throw ambiguous(word, [first, ...others]);
  const type = typeNamed(first);
  return type === undefined ? undefined : ofType(type, allStatements(type));
}

/** The Sids and actions of a statement. */
function namesOf({ sid, separable, actions, discovery }: Statement): readonly string[] {
  const separated = separable === undefined ? [] : [separable.sid];
  return [sid, ...separated, ...actions, ...(discovery?.actions ?? [])];
}

/** The statements that have a Sid or an action; several only if they are of one type. */
function sidOrAction(word: string): Subject | undefined {
  const ofTypes = databaseTypes.flatMap((type) => {
    const statements = allStatements(type).filter((each) => namesOf(each).includes(word));
    return statements.length === 0 ? [] : [ofType(type, statements)];
  });
  const ofNone = sharedStatements
    .filter(({ sid, actions, discovers }) => [sid, ...actions, ...discovers].includes(word))
    .map((statement): Subject => {
      const { carrier, purpose, source } = statement;
      const [title, types] =
        carrier === "policy" ? ["Every type", databaseTypes] : [roleModules[carrier].title, []];
      const shared = [statement];
      return { types, title, purpose, source, own: null, shared, variables: [] };
    });
  const [first, ...others] = [...ofTypes, ...ofNone];
  const [sid, ...sids] = [...ofTypes, ...ofNone].flatMap(({ own, shared }) =>
    [...(own?.statements ?? []), ...shared].map((each) => each.sid),
  );
  if (others.length > 0 && sid !== undefined) throw ambiguous(word, [sid, ...sids]);
  return first;
}

/** True if a variable decides whether or for what a statement is granted. */
function decides(name: string, type: DatabaseType, statement: Statement): boolean {
  const { switch: toggle, separable, resources } = statement;
  return (
    toggle?.variable === name ||
    separable?.condition.variable === name ||
    narrowingsOf(statement).some(({ variable }) => variable === name) ||
    (resources.kind === "user-roles" && name.startsWith(`${variablePrefix(type.name)}_user_role_`))
  );
}

/** A variable of one type, or the variables of this name that modules have in common. */
function variable(word: string): Subject | undefined {
  for (const type of databaseTypes) {
    const found = typeVariables(type).find(({ name }) => name === word);
    if (found === undefined) continue;
    const statements = allStatements(type).filter((each) => decides(word, type, each));
    return ofType(type, statements, [explainedVariable(found, type.name)]);
  }
  const modules = [
    ["database types", defineModule(databaseTypes)] as const,
    ...Object.entries(roleModules),
  ];
  const variables = modules.flatMap(([module, definition]) =>
    definition.variables
      .filter(({ name }) => name === word)
      .map((found) => explainedVariable(found, module)),
  );
  const [first] = variables;
  if (first === undefined) return undefined;
  return {
    types: first.module === "database types" ? databaseTypes : [],
    title: `A variable of ${variables.map(({ module }) => module).join(", ")}`,
    purpose: first.description,
    source: "https://goteleport.com/docs/enroll-resources/database-access/reference/aws/",
    own: null,
    shared: sharedStatements.filter((statement) => statement.variable === word),
    variables,
  };
}

/** @throws UserError for a word that means nothing */
function refuse(word: string): never {
  refuseUnsupported(word);
  const names = [...databaseTypes.map(({ name }) => name), ...Object.keys(roleModules)];
  const nearest = didYouMean(word, [
    ...names,
    ...databaseTypes.flatMap(allStatements).flatMap(namesOf),
    ...sharedStatements.map(({ sid }) => sid),
    ...defineModule(databaseTypes).variables.map(({ name }) => name),
  ]);
  throw new UserError(
    `${JSON.stringify(word)} is not a database type, Sid, action, variable or role module.${nearest} Types and role modules: ${names.join(", ")}. "teleport-db-iam list" shows the Sids.`,
  );
}

/**
 * The meaning of a word.
 *
 * @param word a type or another name of it, a Sid, an action, a variable or a module that makes a role
 * @throws UserError for a word that means nothing or is ambiguous, and for an unsupported database
 */
export function subjectOf(word: string): Subject {
  const type = typeNamed(word);
  if (type !== undefined) return ofType(type, allStatements(type));
  if (word === "service-role" || word === "access-role") return ofRole(word);
  return engine(word) ?? sidOrAction(word) ?? variable(word) ?? refuse(word);
}
