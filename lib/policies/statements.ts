import { type DatabaseType, isDiscovered, variablePrefix } from "../catalog/database-type";
import { ANY_ROLE_SID, listRegions } from "../catalog/shared-statements";
import type { ActionName, Statement } from "../catalog/statement";
import { databases, resourcesOf, widestOf } from "./resources";
import {
  all,
  any,
  choose,
  concat,
  contains,
  distinct,
  each,
  equals,
  finished,
  isNotEmpty,
  isSet,
  item,
  list,
  listIf,
  literal,
  local,
  lookup,
  merge,
  mergeConditions,
  object,
  type Term,
  variable,
} from "./term";

/** The services that a module's policy can serve. */
interface Services {
  readonly forDatabase: Term;
  readonly forDiscovery: Term;
}

/** Database-user roles carry statements only if the module creates them. */
const IF_CREATED: Services = {
  forDatabase: variable("create_user_roles"),
  forDiscovery: literal(false),
};

/** The services that a module for `types` asks for: without discovery, it serves the Database Service. */
export function servicesOf(types: readonly DatabaseType[]): Services {
  if (!types.some(isDiscovered)) {
    return { forDatabase: literal(true), forDiscovery: literal(false) };
  }
  const serves = (service: string): Term =>
    local(`for_${service}_service`, contains(variable("services"), literal(service)));
  return { forDatabase: serves("database"), forDiscovery: serves("discovery") };
}

const actionList = (actions: readonly ActionName[]): Term => list(...actions.map(literal));

/** The actions to assume a role, with tags on the session if `tagged` holds. */
const assumeActions = (tagged: Term): Term =>
  choose(tagged, actionList(["sts:AssumeRole", "sts:TagSession"]), actionList(["sts:AssumeRole"]));

/** True if the Database Service needs a statement, as far as switches decide it. */
function forDatabase({ switch: toggle }: Statement, services: Services): Term {
  return all(services.forDatabase, ...(toggle === undefined ? [] : [variable(toggle.variable)]));
}

/** True if a statement is granted, as far as switches decide it. */
export function isEnabled(statement: Statement, services: Services): Term {
  if (statement.discovery === undefined) return forDatabase(statement, services);
  return statement.actions.length === 0
    ? services.forDiscovery
    : any(services.forDiscovery, forDatabase(statement, services));
}

/** True if some of a statement's actions go into a separate statement. */
function isSeparated({ narrowing, condition }: NonNullable<Statement["separable"]>): Term {
  return local(
    `${narrowing.variable}_are_separate`,
    any(variable(condition.variable), isSet(variable(narrowing.variable))),
  );
}

function actionsOf(statement: Statement, services: Services): Term {
  const { actions, discovery, separable, resources } = statement;
  if (separable !== undefined) {
    const rest = actions.filter((name) => !separable.actions.includes(name));
    return choose(isSeparated(separable), actionList(rest), actionList(actions));
  }
  if (discovery !== undefined) {
    const more = discovery.actions.filter((name) => !actions.includes(name));
    if (actions.length === 0) return actionList(discovery.actions);
    const shared = actions.filter((name) => discovery.actions.includes(name));
    const own = actions.filter((name) => !shared.includes(name));
    return concat(
      actionList(shared),
      listIf(forDatabase(statement, services), ...own.map(literal)),
      listIf(services.forDiscovery, ...more.map(literal)),
    );
  }
  if (resources.kind === "user-roles" && actions[0] === "sts:AssumeRole") {
    return assumeActions(variable("session_tags"));
  }
  return actionList(actions);
}

/** A statement as a module has it: its Resource is empty if it is not granted. */
function statementTerm(
  sid: string,
  action: Term,
  isGranted: Term,
  resource: Term,
  condition: Readonly<Record<string, Term>> = {},
): Term {
  return object({
    Sid: literal(sid),
    Effect: literal("Allow"),
    Action: action,
    Resource: choose(isGranted, resource, list()),
    ...condition,
  });
}

/** The terms of one statement of the catalogue: itself, and the statements separated from it. */
function statementTerms(type: DatabaseType, statement: Statement, services: Services): Term[] {
  const isGranted = isEnabled(statement, services);
  const own = statementTerm(
    statement.sid,
    actionsOf(statement, services),
    isGranted,
    resourcesOf(type, statement, services.forDiscovery),
  );
  const { separable, resources } = statement;
  if (separable === undefined || resources.kind !== "databases") return [own];
  const { condition, narrowing, sid, actions } = separable;
  const [operator, key, value] = condition.test;
  const test = local(
    `${narrowing.variable}_condition`,
    choose(
      variable(condition.variable),
      object({ [operator]: object({ [key]: list(literal(value)) }) }),
      object({}),
    ),
  );
  const separated = statementTerm(
    sid,
    actionList(actions),
    all(isGranted, isSeparated(separable)),
    databases({ ...resources, narrowings: [narrowing] }, narrowing.variable),
    { Condition: mergeConditions(lookup(variable("statement_conditions"), literal(sid)), test) },
  );
  return [own, separated];
}

/** The statement that lists the regions, if one of the types can be discovered. */
function regionStatements(types: readonly DatabaseType[], { forDiscovery }: Services): Term {
  const { sid, discovery, resources } = listRegions;
  const statement = statementTerm(
    sid,
    actionList(discovery.actions),
    all(forDiscovery, variable("discover_all_regions")),
    list(...resources.map(literal)),
  );
  return types.some(isDiscovered) ? local("region_statements", list(statement)) : list();
}

const statement = item("statement");

/**
 * All statements that the policy of a module for `types` can have, in the order of the reference page.
 * The Resource of a statement that is not granted is empty, so that a plan knows every Sid.
 */
export function moduleStatements(types: readonly DatabaseType[]): Term {
  const services = servicesOf(types);
  const listed = local(
    "all_statements",
    concat(
      ...types.map((type) => {
        const own = type.statements.flatMap((one) => statementTerms(type, one, services));
        return local(`${variablePrefix(type.name)}_statements`, list(...own));
      }),
      regionStatements(types, services),
    ),
  );
  const given = lookup(variable("statement_conditions"), item("statement", "Sid"));
  // What is a tuple at plan must be one at apply, too; of a list that is unknown, "? : []" is a tuple and then a list.
  const resources = each("arn", item("statement", "Resource"), item("arn"));
  // A statement that has a condition of its own has added the caller's already.
  return local(
    "statements",
    each(
      "statement",
      listed,
      merge(object({ Condition: given }), statement, object({ Resource: resources })),
    ),
  );
}

/** The granted ones of `statements`, as IAM accepts them. */
export function granted(statements: Term): Term {
  const unique = merge(statement, object({ Resource: distinct(item("statement", "Resource")) }));
  return each("statement", statements, finished(unique), isNotEmpty(item("statement", "Resource")));
}

/** The statements of the policy of a module for `types`, the caller's own among them. */
export function policyStatements(types: readonly DatabaseType[]): Term {
  return local(
    "policy_statements",
    granted(concat(moduleStatements(types), variable("additional_statements"))),
  );
}

/** All statements that the database-user roles of a type carry themselves, if the reference page says so. */
export function userRoleStatements(type: DatabaseType): Term {
  return local(
    `${variablePrefix(type.name)}_user_role_statements`,
    list(
      ...(type.userRole?.statements ?? []).flatMap((one) => statementTerms(type, one, IF_CREATED)),
    ),
  );
}

/**
 * The statements of a permissions boundary for roles that carry the policy: its actions as far as
 * switches decide them, and assuming any role, which a boundary must allow even if the role's trust
 * policy names the service.
 *
 * It names no resource that a caller narrows. A boundary grants nothing, and one that named databases
 * would make every role wait for them.
 */
export function boundaryStatements(types: readonly DatabaseType[]): Term {
  const services = servicesOf(types);
  const ofTypes = types.flatMap((type) =>
    type.statements.flatMap((one): Term[] => {
      if (one.resources.kind === "user-roles") return [];
      const action =
        one.separable === undefined ? actionsOf(one, services) : actionList(one.actions);
      const resource = widestOf(type, one, services.forDiscovery);
      return [statementTerm(one.sid, action, isEnabled(one, services), resource)];
    }),
  );
  const tags = types.flatMap(({ userRole }) => userRole?.sessionTags ?? []);
  const hasUserRoles = types.some(({ userRole }) => userRole !== undefined);
  const tagged = any(...[...tags, ...(hasUserRoles ? ["session_tags"] : [])].map(variable));
  const everything = list(literal("*"));
  const assumeAnyRole = statementTerm(
    ANY_ROLE_SID,
    assumeActions(tagged),
    literal(true),
    everything,
  );
  const listed = local("boundary_statements", list(...ofTypes, assumeAnyRole));
  const own = each(
    "statement",
    variable("additional_statements"),
    merge(statement, object({ Resource: everything, Condition: object({}) })),
    equals(item("statement", "Effect"), literal("Allow")),
  );
  return granted(concat(listed, regionStatements(types, services), own));
}
