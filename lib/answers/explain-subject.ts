import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import { typesOfEngine } from "../catalog/engines";
import { refuseUnsupported, typeNamed } from "../catalog/select-types";
import { narrowingsOf } from "../catalog/statement";
import { defineModule, type RoleModuleName, roleModules } from "../inputs/module-definition";
import { typeVariables } from "../inputs/type-variables";
import { typeConstraint } from "../inputs/validation";
import type { Variable } from "../inputs/variable";
import { didYouMean } from "../text/nearest";
import { UserError } from "../text/user-error";
import type { ExplainedVariable, Explanation } from "./explanation";
import { type KnownStatement, known, namesOf } from "./known-statements";

/** The meaning of a word that `explain` got. */
export interface Subject extends Pick<Explanation, "variables"> {
  readonly about: Pick<Explanation, "title" | "purpose" | "source">;
  /** Null if the word is about no type in particular. */
  readonly type: DatabaseType | null;
  /** The types whose variables can have values; none for a module that makes a role. */
  readonly types: readonly DatabaseType[];
  readonly statements: readonly KnownStatement[];
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
  statements = known.filter((each) => each.type === type),
  variables: Subject["variables"] = [],
): Subject {
  return { about: type, type, types: [type], statements, variables };
}

function ofRole(role: RoleModuleName): Subject {
  const about = roleModules[role];
  const statements = known.filter(
    ({ type, statement }) => type === null && statement.carrier === role,
  );
  const variables = about.variables.map((variable) => explainedVariable(variable, role));
  return { about, type: null, types: [], statements, variables };
}

/** @throws UserError that lists what the word can mean */
function refuseAmbiguous(word: string, candidates: readonly string[]): never {
  const [first = ""] = candidates;
  throw new UserError(
    `${JSON.stringify(word)} is ambiguous: ${candidates.join(", ")}. Name one of them: teleport-db-iam explain ${first}`,
  );
}

function typeOfEngine(word: string): DatabaseType | undefined {
  const names = typesOfEngine.get(word) ?? [];
  if (names.length > 1) refuseAmbiguous(word, names);
  return names.map(typeNamed)[0];
}

/** The statements that have a Sid or an action; several only if they are of one type. */
function sidOrAction(word: string): Subject | undefined {
  const found = known.filter((each) => namesOf(each).includes(word));
  const owners = new Set(found.map(({ type, statement }) => type ?? statement));
  const [first] = found;
  if (first === undefined) return undefined;
  if (owners.size > 1) {
    refuseAmbiguous(
      word,
      found.map(({ statement }) => statement.sid),
    );
  }
  if (first.type !== null) return ofType(first.type, found);
  const { carrier, ...statement } = first.statement;
  const [title, types] =
    carrier === "policy" ? ["Every type", databaseTypes] : [roleModules[carrier].title, []];
  return { about: { ...statement, title }, type: null, types, statements: found, variables: [] };
}

/** True if a variable of its type, or of all, decides whether or for what a statement is granted. */
function isDecidedBy(name: string, { type, statement }: KnownStatement): boolean {
  if (type === null) return statement.variable === name;
  const { switch: toggle, separable, resources } = statement;
  return (
    [toggle?.variable, separable?.condition.variable].includes(name) ||
    narrowingsOf(statement).some(({ variable }) => variable === name) ||
    (resources.kind === "user-roles" && name.includes("_user_role_"))
  );
}

/** A variable of one type, or the variables of this name that modules have in common. */
function variable(word: string): Subject | undefined {
  const isNamed = ({ name }: Variable) => name === word;
  const type = databaseTypes.find((each) => typeVariables(each).some(isNamed)) ?? null;
  const modules =
    type === null
      ? { "database types": defineModule(databaseTypes), ...roleModules }
      : { [type.name]: defineModule([type]) };
  const variables = Object.entries(modules).flatMap(([module, definition]) =>
    definition.variables.filter(isNamed).map((found) => explainedVariable(found, module)),
  );
  const statements = known.filter((each) => each.type === type && isDecidedBy(word, each));
  if (type !== null) return ofType(type, statements, variables);
  const [first] = variables;
  if (first === undefined) return undefined;
  const about = {
    title: `A variable of ${variables.map(({ module }) => module).join(", ")}`,
    purpose: first.description,
    source: "https://goteleport.com/docs/enroll-resources/database-access/reference/aws/",
  };
  const types = first.module === "database types" ? databaseTypes : [];
  return { about, type, types, statements, variables };
}

function refuse(word: string): never {
  refuseUnsupported(word);
  const names = [...databaseTypes.map(({ name }) => name), ...Object.keys(roleModules)];
  const nearest = didYouMean(word, [
    ...names,
    ...known.flatMap(namesOf),
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
  const type = typeNamed(word) ?? typeOfEngine(word);
  if (type !== undefined) return ofType(type);
  if (word === "service-role" || word === "access-role") return ofRole(word);
  return sidOrAction(word) ?? variable(word) ?? refuse(word);
}
