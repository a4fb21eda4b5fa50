import { type NamedAccess, type Finding, findingOf } from "../finding";
import { type ResourceDifference, type Side, SIDES } from "../plan/difference";
import { shown } from "../plan/value";
import { grants, limits, principalLists } from "./data/grants";
import { nothingWhenNew } from "./data/others";
import { isConfigured, isSameAt, valuesAt } from "./values";

/** Values of arguments with which a grant exists and has no effect. */
const OFF: Readonly<Record<string, string>> = {
  assignment_status: "DISABLED",
  enabled: "false",
  status: "Inactive",
};

/** True if a grant has an effect on one side. */
function isInForce(resource: ResourceDifference, side: Side, names: readonly string[]): boolean {
  if (resource.action === (side === "before" ? "create" : "delete")) return false;
  return !names.some((name) => {
    const off = OFF[name];
    return valuesAt(resource, side, name).some((value) => shown(value) === off);
  });
}

/** The value of a principal that is everybody. */
const isEveryone = (text: string): boolean =>
  /^(\*|all|"?group"?:"?all"?)$/.test(text) ||
  /"(\*|all)"|\/global\/(AllUsers|AuthenticatedUsers)/.test(text);

const shownAt = (resource: ResourceDifference, side: Side, path: string): string =>
  valuesAt(resource, side, path).map(shown).join(", ");

/** Describes a grant by its arguments: the holder and the access. */
function described(
  resource: ResourceDifference,
  side: Side,
  [first, ...others]: readonly string[],
): NamedAccess {
  const who = first === undefined ? "" : shownAt(resource, side, first);
  const what = others.flatMap((name) => {
    const value = shownAt(resource, side, name);
    return value === "" ? [] : [`${name} ${value}`];
  });
  return {
    who: who === "" ? resource.address : who,
    what: what.length === 0 ? resource.type : what.join(", "),
  };
}

const toPublic = (resource: ResourceDifference, names: readonly string[]): boolean =>
  names.some(
    (name) =>
      /principal|group$|account/.test(name) &&
      valuesAt(resource, "after", name).some((value) => isEveryone(shown(value))),
  );

function grantFinding(
  resource: ResourceDifference,
  grant: Required<Pick<Finding, "gained" | "lost" | "isPublic">>,
  open?: string,
): Finding {
  const impact = {
    broadens: grant.gained.length > 0,
    narrows: grant.lost.length > 0,
    unknown: open !== undefined,
  };
  const reasons = open === undefined ? [] : [`A part of ${open} is unknown.`];
  return findingOf(resource, { kind: "grant", reasons }, { ...grant, impact });
}

/** The finding about a resource that gives or takes access by its existence. */
function wholeFinding(resource: ResourceDifference): Finding | undefined {
  const { type } = resource;
  const isLimit = limits[type] !== undefined;
  const names = grants[type] ?? limits[type];
  if (names === undefined) return undefined;
  const [had, has] = SIDES.map((side) => isInForce(resource, side, names));
  const isSame = had === has && (had === false || names.every((name) => isSameAt(resource, name)));
  if (isSame) return undefined;
  const come = has === true ? [described(resource, "after", names)] : [];
  const gone = had === true ? [described(resource, "before", names)] : [];
  const [gained, lost] = isLimit ? [gone, come] : [come, gone];
  const isPublic = !isLimit && has === true && toPublic(resource, names);
  return grantFinding(resource, { gained, lost, isPublic });
}

/** The entries of a list of principals, and whether it is not known whole. */
function entriesAt(
  resource: ResourceDifference,
  side: Side,
  path: string,
): { readonly entries: readonly string[]; readonly isOpen: boolean } {
  const values = valuesAt(resource, side, path);
  const isOpen = values.some(({ kind }) => kind === "unknown" || kind === "sensitive");
  const known = values.filter(({ kind }) => kind === "known").map(shown);
  return { entries: known, isOpen };
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
  const [before, after] = SIDES.map((side) => entriesAt(resource, side, path));
  if (before === undefined || after === undefined) return undefined;
  const access = (list: readonly string[], others: readonly string[]): NamedAccess[] =>
    list
      .filter((entry) => !others.includes(entry) && !isOwners(resource, entry))
      .map((entry) => ({ who: entry, what: `${path} of ${resource.address}` }));
  const [gained, lost] = [
    access(after.entries, before.entries),
    access(before.entries, after.entries),
  ];
  const isOpen = after.isOpen || before.isOpen;
  if (!isOpen && gained.length === 0 && lost.length === 0) return undefined;
  const isPublic = gained.some(({ who }) => isEveryone(who));
  return grantFinding(resource, { gained, lost, isPublic }, isOpen ? path : undefined);
}

/** Returns findings about access that is given or taken without a policy document. */
export function grantFindings(resources: readonly ResourceDifference[]): Finding[] {
  return resources.flatMap((resource) => {
    if (resource.action === "none") return [];
    const lists = (principalLists[resource.type] ?? []).flatMap(
      (path) => listFinding(resource, path) ?? [],
    );
    return [...[wholeFinding(resource) ?? []].flat(), ...lists];
  });
}
