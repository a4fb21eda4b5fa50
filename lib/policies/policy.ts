import type { DatabaseType } from "../catalog/database-type";
import { sendsSessionTags } from "./session-tags";
import { boundaryEntries, finishedStatement, policyEntries } from "./statements";
import {
  any,
  chooseEither,
  concat,
  each,
  list,
  literal,
  object,
  type Term,
  variable,
} from "./term";

/** The Sid of the boundary's statement about roles. It is ours, not the page's. */
export const ANY_ROLE_SID = "AssumeAnyRole";

/** A policy document around `statements`. */
export function document(statements: Term): Term {
  return object({ Version: literal("2012-10-17"), Statement: statements });
}

/** The statements of granted entries. */
export function statementsOf(entries: Term): Term {
  return each("entry", entries, finishedStatement);
}

/** The Database Service's policy. */
export function policy(types: readonly DatabaseType[]): Term {
  return document(statementsOf(policyEntries(types)));
}

/**
 * The permissions boundary: the actions of the policy, as far as switches decide them, and assuming
 * any role, which a boundary must allow even where the role's trust policy names the service.
 *
 * It names no resource that a caller narrows: a boundary grants nothing, and one that named databases
 * would make every role wait for them.
 */
export function permissionsBoundary(types: readonly DatabaseType[]): Term {
  const tags = types.flatMap(({ userRole }) => userRole?.sessionTags ?? []);
  const anyRole = object({
    Sid: literal(ANY_ROLE_SID),
    Effect: literal("Allow"),
    Action: chooseEither(
      any(...tags.map(variable), sendsSessionTags),
      list(literal("sts:AssumeRole"), literal("sts:TagSession")),
      literal("sts:AssumeRole"),
    ),
    Resource: literal("*"),
  });
  return document(concat(statementsOf(boundaryEntries(types)), list(anyRole)));
}
