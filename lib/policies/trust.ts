import type { DatabaseType } from "../catalog/database-type";
import {
  any,
  choose,
  concat,
  each,
  finished,
  isNotEmpty,
  item,
  list,
  listIf,
  literal,
  local,
  mergeConditions,
  object,
  type Term,
  variable,
} from "./term";

/*
 * Who may assume the roles of the databases' account: the access role, and the database-user roles.
 */

const externalIdConditions = local(
  "external_id_conditions",
  choose(
    isNotEmpty(variable("external_ids")),
    object({ StringEquals: object({ "sts:ExternalId": variable("external_ids") }) }),
    object({}),
  ),
);

function allow(action: string, Condition: Term): Term {
  return object({
    Effect: literal("Allow"),
    Principal: object({ AWS: variable("trusted_principals") }),
    Action: list(literal(action)),
    Condition,
  });
}

const assumeRole = local(
  "trust_assume_role",
  allow("sts:AssumeRole", mergeConditions(variable("trust_conditions"), externalIdConditions)),
);

/** Tagging a session presents no external ID, so it is a statement of its own. */
const tagSession = local("trust_tag_session", allow("sts:TagSession", object({})));

/** The statements of a trust policy for the trusted principals, who may tag sessions if `tags` holds. */
function trustOfPrincipals(tags: Term): Term {
  const statements = concat(list(assumeRole), listIf(tags, tagSession));
  return each("statement", statements, finished(item("statement")));
}

/** The statements of the trust policy of the access role, which the Database Service assumes. */
export const accessRoleTrust: Term = trustOfPrincipals(variable("session_tags"));

/** The statements of the trust policy of a type's database-user roles. */
export function userRoleTrust({ userRole }: DatabaseType): Term {
  const own = userRole?.sessionTags;
  return trustOfPrincipals(
    any(...(own === undefined ? [] : [variable(own)]), variable("session_tags")),
  );
}
