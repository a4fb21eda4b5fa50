import {
  type Access,
  type AccessComparison,
  type Answer,
  Budget,
  compareAccess,
} from "../review/compare";
import { byId, element } from "./dom";
import type { Result } from "./model";

/** The budget of a comparison while somebody types: tenths of a second. */
const STEPS = 1_000_000;

function requests(says: string, answer: Answer): HTMLElement[] {
  switch (answer.answer) {
    case "no":
      return [];
    case "undecided":
      return [element("li", {}, `Could not decide if anything is ${says}: ${answer.reason}.`)];
    case "yes":
      return answer.witnesses.map(({ action, resource = "*", context, statement }) =>
        element(
          "li",
          {},
          `${statement.sid} – ${says}: `,
          element("code", {}, action),
          " on ",
          element("code", {}, resource),
          ...Object.entries(context).flatMap(([key, value]) => [
            ", with ",
            element("code", {}, `${key} = ${[value].flat().join(", ")}`),
          ]),
        ),
      );
  }
}

function list({ gained, lost }: AccessComparison): Node {
  const items = [...requests("newly allowed", gained), ...requests("no longer allowed", lost)];
  return items.length === 0
    ? element("p", {}, "The policy allows the same as before.")
    : element("ul", {}, ...items);
}

const accessOf = ({ documents }: Result): Access => ({ policies: [documents.policy] });

/** Shows the access that a change adds to and removes from the policy: a request for each statement. */
export function showChange(before: Result | undefined, after: Result): void {
  byId("change").hidden = before === undefined;
  if (before === undefined) return;
  const compared = compareAccess(accessOf(before), accessOf(after), new Budget(STEPS));
  byId("change-list").replaceChildren(list(compared));
}
