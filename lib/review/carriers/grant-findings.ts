import { type NamedAccess, type Finding, findingOf } from "../finding";
import { type ResourceDifference, type Side, SIDES } from "../plan/difference";
import { shown, type Value } from "../plan/value";
import { filledIn, grants, limits, principalLists, receivers, silent } from "./data/grants";
import { nothingWhenNew } from "./data/others";
import { isConfigured, isOpen, isSameAt, valuesAt } from "./values";

/** Values of arguments with which a grant exists and has no effect. */
const OFF: Readonly<Record<string, string>> = {
  assignment_status: "DISABLED",
  enabled: "false",
  status: "Inactive",
};

/** True if a grant has an effect on one side. */
const isInForce = (resource: ResourceDifference, side: Side): boolean =>
  resource.action !== (side === "before" ? "create" : "delete") &&
  !Object.entries(OFF).some(([name, off]) => shown(resource.value(side, name)) === off);

/** The value of a principal that is everybody. */
const isEveryone = (text: string): boolean =>
  /^(\*|all|"?group"?:"?all"?)$/.test(text) ||
  /"(\*|all)"|\/global\/(AllUsers|AuthenticatedUsers)/.test(text);

const shownAt = (resource: ResourceDifference, side: Side, path: string): string =>
  valuesAt(resource, side, path).map(shown).join(", ");

/** True if AWS tells an attribute after apply, and the configuration does not set it. */
function isTold(resource: ResourceDifference, name: string): boolean {
  const { expressions } = resource;
  if (resource.value("after", name).kind !== "unknown") return false;
  if (filledIn.some((pattern) => pattern.test(name))) return false;
  const before = resource.value("before", name);
  // A plan's configuration lacks dynamic blocks. A block is a list.
  const isBlock = before.kind === "known" && Array.isArray(before.value);
  return !isBlock && expressions !== undefined && expressions[name] === undefined;
}

/** The arguments of a grant that tell who receives what, without those of blocks. */
const argumentsOf = (resource: ResourceDifference, names: readonly string[]): string[] =>
  names.filter((name) => !silent.some((pattern) => pattern.test(name)) && !isTold(resource, name));

/** Describes a grant by its arguments: the receiver and the access. */
function described(resource: ResourceDifference, side: Side): NamedAccess {
  const names = argumentsOf(
    resource,
    resource.paths.filter((path) => !path.includes(".")),
  ).filter((name) => shownAt(resource, side, name) !== "");
  const [receiver] = receivers.flatMap((pattern) => names.filter((name) => pattern.test(name)));
  const what = names
    .filter((name) => name !== receiver)
    .map((name) => `${name} ${shownAt(resource, side, name)}`);
  return {
    who: receiver === undefined ? resource.address : shownAt(resource, side, receiver),
    what: what.length === 0 ? resource.type : what.join(", "),
  };
}

function grantFinding(
  resource: ResourceDifference,
  gained: readonly NamedAccess[],
  lost: readonly NamedAccess[],
  open?: string,
): Finding {
  const impact = {
    broadens: gained.length > 0,
    narrows: lost.length > 0,
    unknown: open !== undefined,
  };
  const reasons = open === undefined ? [] : [`A part of ${open} is unknown.`];
  const isPublic = gained.some(({ who }) => isEveryone(who));
  return findingOf(resource, { kind: "grant", reasons }, { gained, lost, isPublic, impact });
}

/** The finding about a resource that gives or takes access by its existence. */
function wholeFinding(resource: ResourceDifference): Finding | undefined {
  const { type, changedAttributes } = resource;
  const isLimit = limits.has(type);
  if (!isLimit && !grants.has(type)) return undefined;
  const [had, has] = SIDES.map((side) => isInForce(resource, side));
  if (had === has && (had === false || argumentsOf(resource, changedAttributes).length === 0)) {
    return undefined;
  }
  const come = has === true ? [described(resource, "after")] : [];
  const gone = had === true ? [described(resource, "before")] : [];
  return isLimit ? grantFinding(resource, gone, come) : grantFinding(resource, come, gone);
}

/** The owner of a bucket gives itself nothing. */
function isOwners(resource: ResourceDifference, entry: string): boolean {
  return SIDES.some((side) => {
    const id = shownAt(resource, side, "access_control_policy.owner.id");
    return /^[0-9a-f]{64}$/.test(id) && entry.includes(id);
  });
}

/** The finding about an argument that lists holders. */
function listFinding(resource: ResourceDifference, path: string): Finding | undefined {
  const { action, type } = resource;
  if (isSameAt(resource, path) || !isConfigured(resource, path)) return undefined;
  if (action === "create" && nothingWhenNew.has(type)) return undefined;
  const [before = [], after = []] = SIDES.map((side) => valuesAt(resource, side, path));
  const access = (list: readonly Value[], others: readonly Value[]): NamedAccess[] => {
    const had = new Set(others.map(shown));
    return list
      .filter((value) => !isOpen(value) && !had.has(shown(value)))
      .map((value) => ({ who: shown(value), what: `${path} of ${resource.address}` }))
      .filter(({ who }) => !isOwners(resource, who));
  };
  const [gained, lost] = [access(after, before), access(before, after)];
  const open = [...before, ...after].some(isOpen) ? path : undefined;
  if (open === undefined && gained.length === 0 && lost.length === 0) return undefined;
  return grantFinding(resource, gained, lost, open);
}

/** Returns findings about access that is given or taken without a policy document. */
export function grantFindings(resources: readonly ResourceDifference[]): Finding[] {
  return resources.flatMap((resource) => {
    if (resource.action === "none") return [];
    const lists = principalLists.get(resource.type) ?? [];
    const findings = [wholeFinding(resource), ...lists.map((path) => listFinding(resource, path))];
    return findings.flatMap((finding) => finding ?? []);
  });
}
