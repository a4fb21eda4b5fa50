import type { DatabaseType } from "../catalog/database-type";
import type { Statement } from "../catalog/statement";
import { accountArns, type Databases } from "./resources";
import { isEnabled, servicesOf } from "./statements";
import {
  all,
  any,
  isNull,
  isSet,
  listIf,
  literal,
  local,
  list,
  not,
  type Term,
  variable,
} from "./term";

const variablesOf = ({ narrowings }: Databases): string[] =>
  narrowings.map(({ variable: name }) => name);

/**
 * A list with a sentence if `open` allows an action on everything that `narrowed` allows only on what is
 * named. Undefined if that cannot happen, or if no variable could say that it is on purpose.
 */
function opening(
  types: readonly DatabaseType[],
  narrowed: Statement,
  open: Statement,
): Term | undefined {
  const allowed = [...open.actions, ...(open.discovery?.actions ?? [])];
  const action = narrowed.actions.find((name) => allowed.includes(name));
  if (narrowed.resources.kind !== "databases" || open.resources.kind !== "databases") {
    return undefined;
  }
  const [names, openNames] = [variablesOf(narrowed.resources), variablesOf(open.resources)];
  if (action === undefined || names.length === 0 || openNames.length === 0) return undefined;
  if (openNames.some((name) => names.includes(name))) return undefined;
  const wide = accountArns(open.resources);
  const disjoint = [...accountArns(narrowed.resources).keys()].every((arn) => !wide.has(arn));
  const verb = names.length === 1 ? "narrows" : "narrow";
  return listIf(
    all(
      any(...names.map((name) => isSet(variable(name)))),
      ...openNames.map((name) => isNull(variable(name))),
      isEnabled(narrowed, servicesOf(types)),
      isEnabled(open, servicesOf(types)),
      ...(disjoint ? [not(variable("restrict_to_account"))] : []),
    ),
    literal(
      `${names.join(" and ")} ${verb} ${narrowed.sid}, but ${open.sid} allows ${action} on everything; set ${openNames.join(" and ")} too`,
    ),
  );
}

/**
 * Sentences about statements that open what another one narrows; undefined if no two statements of
 * `types` can. The statements of a policy add up: what one of them allows is allowed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function openedNarrowings(types: readonly DatabaseType[]): Term | undefined {
  const statements = types.flatMap((type) => type.statements);
  const pairs = statements.flatMap((narrowed) =>
    statements.flatMap((open) => opening(types, narrowed, open) ?? []),
  );
  return pairs.length === 0 ? undefined : local("opened_narrowings", list(...pairs));
}
