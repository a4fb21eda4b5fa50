import { type Finding, findingOf } from "../finding";
import { type ResourceDifference, type Side, SIDES } from "../plan/difference";
import { switches, type Switch } from "./data/switches";
import { shown, textOf } from "../plan/value";
import type { Targets } from "./targets";
import { isConfigured, isOpen, textAt, valuesAt } from "./values";

/** The level of openness: -1 if it is closed; undefined if the plan does not show it. */
function levelAt(
  resource: ResourceDifference,
  side: Side,
  { argument, open }: Switch,
): number | undefined {
  const values = valuesAt(resource, side, argument);
  if (values.some(isOpen)) return undefined;
  return values.reduce((most, value) => Math.max(most, open.indexOf(shown(value))), -1);
}

/** True if a guard comes to or goes from a bucket that the plan neither creates nor deletes, or from an account. */
function guardsOther(resource: ResourceDifference, own: Switch, targets: Targets): boolean {
  const { action } = resource;
  if (own.guards !== true || (action !== "create" && action !== "delete")) return false;
  const bucket = resource.value(action === "create" ? "after" : "before", "bucket");
  const name = textOf(bucket);
  return name === undefined ? bucket.kind === "absent" : !targets.has(action, "bucket", name);
}

function switchFinding(
  resource: ResourceDifference,
  own: Switch,
  targets: Targets,
): Finding | undefined {
  const { argument } = own;
  const { action } = resource;
  const [had, has] = SIDES.map((side) => levelAt(resource, side, own));
  const isGuard = guardsOther(resource, own, targets);
  const most = own.open.length - 1;
  const isKept = action === "create" && own.isNewAsBefore === true;
  // Without its guard a thing may be open.
  const before = isKept ? has : isGuard && action === "create" && has === -1 ? most : had;
  const after = isGuard && action === "delete" ? most : has;
  if (before === after && before !== undefined) return undefined;
  if (after === undefined && !isConfigured(resource, argument)) return undefined;
  const isUnknown = before === undefined || after === undefined;
  const opens = !isUnknown && after > before;
  const closes = !isUnknown && after < before;
  if (isUnknown && resource.isSame(argument.split(".")[0] ?? "")) return undefined;
  const value = textAt(resource, "after", argument);
  const publicFrom = own.publicFrom === undefined ? Infinity : own.open.indexOf(own.publicFrom);
  const isPublic = opens && after >= publicFrom;
  const what = `${argument}${value === undefined ? "" : ` ${value}`}`;
  const access = [{ who: isPublic ? "anyone" : resource.address, what }];
  const says = opens ? `It now ${own.says}.` : `It no longer ${own.says}.`;
  const reasons = [isUnknown ? `${argument} is not known.` : says];
  const impact = { broadens: opens, narrows: closes, unknown: isUnknown };
  const [gained, lost] = [opens ? access : [], closes ? access : []];
  return findingOf(
    resource,
    { kind: "public access", reasons },
    { impact, isPublic, gained, lost },
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
