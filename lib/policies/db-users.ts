import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { narrowingsOf, type Statement } from "../catalog/statement";
import { userRoleNames } from "./resources";
import { isEnabled, servicesOf } from "./statements";
import {
  choose,
  concat,
  distinct,
  each,
  flatten,
  isNull,
  item,
  list,
  literal,
  local,
  type Term,
  text,
  variable,
  withoutFirstSlash,
} from "./term";

/**
 * The database users that a statement lets people connect as, in the form of `db_users` of a Teleport
 * role; undefined for a statement that is not about connecting.
 *
 * - A database user is given by name. `*` is any. A prefix (`app-*`) stays as it is and matches nobody:
 *   Teleport has no other wildcard than `*`, and that would allow more than IAM does.
 * - An IAM role is given by its name with its path, which Teleport completes to an ARN in the
 *   database's account, or by its ARN.
 *
 * @see https://goteleport.com/docs/enroll-resources/database-access/rbac/
 * @see https://github.com/gravitational/teleport/blob/master/lib/services/role.go MatchDatabaseUser
 * @see https://github.com/gravitational/teleport/blob/master/lib/utils/aws/aws.go BuildRoleARN
 */
export function dbUsersOf(type: DatabaseType, statement: Statement): Term | undefined {
  if (statement.resources.kind === "user-roles" && statement.actions.includes("sts:AssumeRole")) {
    const path = withoutFirstSlash(text(variable("user_role_path"), item("name")));
    return concat(
      each("name", userRoleNames(type), text(type.userRole?.dbUserPrefix ?? "", path)),
      variable(`${variablePrefix(type.name)}_user_role_arns`),
    );
  }
  if (statement.connects === undefined) return undefined;
  const names = narrowingsOf(statement).map(({ variable: name }) =>
    choose(
      isNull(variable(name)),
      list(literal("*")),
      each("item", variable(name), item("item", "user_name")),
    ),
  );
  return concat(...names);
}

/** The database users of a type that the policy lets people connect as. */
export function dbUsers(types: readonly DatabaseType[], type: DatabaseType): Term {
  const services = servicesOf(types);
  const ofStatements = type.statements.flatMap((statement) => {
    const users = dbUsersOf(type, statement);
    return users === undefined ? [] : [choose(isEnabled(statement, services), users, list())];
  });
  return distinct(flatten(local(`${variablePrefix(type.name)}_db_users`, list(...ofStatements))));
}
