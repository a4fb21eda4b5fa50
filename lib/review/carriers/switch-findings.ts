import { type Finding, findingOf } from "../finding";
import type { ResourceDifference, Side } from "../plan/difference";
import { switches, type Switch } from "./data/switches";
import { shown } from "../plan/value";
import type { Targets } from "./targets";
import { isConfigured, textAt, valuesAt } from "./values";

/** The level of openness: -1 if it is closed; undefined if the plan does not show it. */
function levelAt(
  resource: ResourceDifference,
  side: Side,
  { argument, open }: Switch,
): number | undefined {
  const values = valuesAt(resource, side, argument);
  if (values.some(({ kind }) => kind === "unknown" || kind === "sensitive")) return undefined;
  return values.reduce((most, value) => Math.max(most, open.indexOf(shown(value))), -1);
}

/** True if the plan creates or deletes the bucket that a resource guards. */
function isOfTarget(
  resource: ResourceDifference,
  action: "create" | "delete",
  targets: Targets,
): boolean {
  const bucket = textAt(resource, action === "create" ? "after" : "before", "bucket");
  return bucket === undefined || targets.has(action, "bucket", bucket);
}

interface Levels {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** The levels of openness before and after. */
function levelsOf(resource: ResourceDifference, own: Switch, targets: Targets): Levels {
  const { action } = resource;
  const most = own.open.length - 1;
  if (action === "create") {
    const after = levelAt(resource, "after", own);
    if (own.isNewAsBefore === true) return { before: after, after };
    // What was before it is not known: it opens if it is open, and closes if it is closed.
    const isOfOld = own.guards === true && !isOfTarget(resource, "create", targets);
    return { before: isOfOld && after === -1 ? most : -1, after };
  }
  if (action === "delete") {
    const before = levelAt(resource, "before", own);
    const isOpen = own.guards === true && !isOfTarget(resource, "delete", targets);
    return { before, after: isOpen ? most : -1 };
  }
  return { before: levelAt(resource, "before", own), after: levelAt(resource, "after", own) };
}

function switchFinding(
  resource: ResourceDifference,
  own: Switch,
  targets: Targets,
): Finding | undefined {
  const { argument } = own;
  const { before, after } = levelsOf(resource, own, targets);
  if (before === after && before !== undefined) return undefined;
  if (after === undefined && !isConfigured(resource, argument)) return undefined;
  const isOpen = before === undefined || after === undefined;
  const opens = !isOpen && after > before;
  const closes = !isOpen && after < before;
  if (isOpen && resource.isSame(argument.split(".")[0] ?? "")) return undefined;
  const value = textAt(resource, "after", argument);
  const publicFrom = own.publicFrom === undefined ? Infinity : own.open.indexOf(own.publicFrom);
  const isPublic = opens && after >= publicFrom;
  const access = {
    who: isPublic ? "anyone" : resource.address,
    what: `${argument}${value === undefined ? "" : ` ${value}`}`,
  };
  const says = opens ? `It now ${own.says}.` : `It no longer ${own.says}.`;
  const reasons = [isOpen ? `${argument} is not known.` : says];
  return findingOf(
    resource,
    { kind: "public access", reasons },
    {
      impact: { broadens: opens, narrows: closes, unknown: isOpen },
      isPublic,
      gained: opens ? [access] : [],
      lost: closes ? [access] : [],
    },
  );
}

/**
 * Returns findings about arguments that open or close access, such as an ACL or a block of public
 * access.
 */
export function switchFindings(
  resources: readonly ResourceDifference[],
  targets: Targets,
): Finding[] {
  return resources.flatMap((resource) =>
    resource.action === "none"
      ? []
      : (switches.get(resource.type) ?? []).flatMap(
          (own) => switchFinding(resource, own, targets) ?? [],
        ),
  );
}
