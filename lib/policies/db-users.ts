import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { narrowingsOf, type Statement } from "../catalog/statement";
import { memo } from "../text/memo";
import { enabled, isHop, userRoleNames } from "./statements";
import {
  all,
  choose,
  concat,
  distinct,
  each,
  isNull,
  item,
  list,
  listIf,
  literal,
  local,
  not,
  replace,
  type Term,
  text,
  variable,
} from "./term";

/**
 * Whom a statement lets users connect as, as `db_users` of a Teleport role has them; undefined for a
 * statement that is not about connecting.
 *
 * - A database user by its name. `*` is any. A prefix (`app-*`) stays as it is and matches nobody:
 *   Teleport knows no other wildcard than `*`, and that would allow more than IAM does.
 * - An IAM role by its name with its path, as Teleport completes it to an ARN in the database's
 *   account; a role of whatever account by its ARN.
 *
 * @see https://goteleport.com/docs/enroll-resources/database-access/rbac/
 * @see https://github.com/gravitational/teleport/blob/master/lib/services/role.go MatchDatabaseUser
 * @see https://github.com/gravitational/teleport/blob/master/lib/utils/aws/aws.go BuildRoleARN
 */
export function dbUsersOf(type: DatabaseType, statement: Statement): Term | undefined {
  if (statement.resources.kind === "user-roles" && statement.actions.includes("sts:AssumeRole")) {
    const path = replace(text(variable("user_role_path"), item("name")), "^/", "");
    return concat(
      each("name", userRoleNames(type), text(type.userRole?.dbUserPrefix ?? "", path)),
      variable(`${variablePrefix(type.name)}_user_role_arns`),
    );
  }
  if (statement.connects === undefined) return undefined;
  return concat(
    ...narrowingsOf(statement).flatMap(({ variable: name }) => {
      const given = variable(name);
      return [
        listIf(isNull(given), literal("*")),
        each("item", choose(isNull(given), list(), given), item("item", "user_name")),
      ];
    }),
  );
}

/**
 * Whom the policy lets users of a type connect as. With access roles in between, the policies of
 * those decide.
 */
export const dbUsers = memo((type: DatabaseType): Term => {
  const ofStatements = type.statements.flatMap((statement) => {
    const users = dbUsersOf(type, statement);
    return users === undefined
      ? []
      : [each("user", users, item("user"), all(not(isHop), enabled(statement)))];
  });
  // Terraform joins no lists where there is none.
  const users = ofStatements.length === 0 ? list() : concat(...ofStatements);
  return distinct(local(`${variablePrefix(type.name)}_db_users`, users));
});
