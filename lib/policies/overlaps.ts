import type { DatabaseType } from "../catalog/database-type";
import { narrowingsOf, type Statement } from "../catalog/statement";
import { memo } from "../text/memo";
import { enabled, isHop, widestArns } from "./statements";
import {
  all,
  any,
  concat,
  contains,
  isNull,
  listIf,
  literal,
  local,
  not,
  type Term,
  variable,
} from "./term";

/** The narrowings of a statement's own resources. */
function ownNarrowings({ resources }: Statement): readonly string[] {
  return resources.kind === "databases" ? resources.narrowings.map((each) => each.variable) : [];
}

function shareAction(one: Statement, other: Statement): string | undefined {
  const actions = new Set([...other.actions, ...(other.discovery?.actions ?? [])]);
  return one.actions.find((action) => actions.has(action));
}

/** That `open` allows an action on everything while `narrowed` allows it on what is named. */
function opening(narrowed: Statement, open: Statement): Term | undefined {
  const action = shareAction(narrowed, open);
  const names = ownNarrowings(narrowed);
  if (action === undefined || narrowed.sid === open.sid || names.length === 0) return undefined;
  if (open.resources.kind !== "databases") return undefined;
  const inCommon = ownNarrowings(open).some((name) => names.includes(name));
  if (inCommon) return undefined;
  const wide = widestArns(open.resources);
  const disjoint =
    narrowed.resources.kind === "databases" &&
    [...widestArns(narrowed.resources)].every((arn) => !wide.has(arn));
  const message = `${names.join(" and ")} ${names.length === 1 ? "narrows" : "narrow"} ${narrowed.sid}, but ${open.sid} allows ${action} on everything`;
  return listIf(
    all(
      not(isHop),
      any(...names.map((name) => not(isNull(variable(name))))),
      ...ownNarrowings(open).map((name) => isNull(variable(name))),
      enabled(narrowed),
      enabled(open),
      ...(disjoint ? [not(variable("restrict_to_account"))] : []),
    ),
    literal(message),
  );
}

/** What {@link opening} says of the statements of a type. */
const openings = memo((narrowed: Statement) =>
  memo((type: DatabaseType): readonly Term[] =>
    type.statements.flatMap((open) => opening(narrowed, open) ?? []),
  ),
);

/** That a statement's narrowings mean nothing, since databases are discovered by it as well. */
const discovers = memo((statement: Statement): readonly Term[] => {
  const names = ownNarrowings(statement);
  if (statement.discovery === undefined || names.length === 0) return [];
  const message = `${names.join(" and ")} ${names.length === 1 ? "does" : "do"} not narrow ${statement.sid}, by which databases are discovered`;
  return [
    listIf(
      all(
        not(isHop),
        any(...names.map((name) => not(isNull(variable(name))))),
        contains(variable("services"), literal("discovery")),
      ),
      literal(message),
    ),
  ];
});

/**
 * Where one statement opens what another narrows, as sentences; undefined where no two statements of
 * `types` can. The statements of a policy add up: what one of them allows is allowed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function openedNarrowings(types: readonly DatabaseType[]): Term | undefined {
  const statements = types.flatMap((type) => type.statements);
  const pairs = statements.flatMap((narrowed) =>
    narrowingsOf(narrowed).length === 0
      ? []
      : [...discovers(narrowed), ...types.flatMap(openings(narrowed))],
  );
  return pairs.length === 0 ? undefined : local("opened_narrowings", concat(...pairs));
}
