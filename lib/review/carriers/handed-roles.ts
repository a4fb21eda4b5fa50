import { type Compared, comparedAccess } from "../access";
import type { Comparisons } from "../comparisons";
import { type Finding, findingOf } from "../finding";
import { doubts } from "../judged";
import { type ResourceDifference, SIDES } from "../plan/difference";
import { noImpact } from "../verdict";
import type { RoleArgument } from "./data/handed-roles";
import type { NamedRole, PlannedRoles } from "./planned-roles";
import { roleArguments } from "./role-arguments";
import { isConfigured, isSameAt } from "./values";

/** A role of a workload before, after, or both. */
interface Change {
  readonly before: NamedRole | undefined;
  readonly after: NamedRole | undefined;
}

/** The roles that change, each new one with the old one in its place, if there is one. */
function changes(before: readonly NamedRole[], after: readonly NamedRole[]): Change[] {
  const key = ({ resource, name }: NamedRole): unknown => resource ?? name;
  const without = (list: readonly NamedRole[], others: readonly NamedRole[]): NamedRole[] => {
    const keys = new Set(others.map(key));
    return list.filter((role) => !role.isKnown || !keys.has(key(role)));
  };
  const [gone, come] = [without(before, after), without(after, before)];
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => ({
    before: gone[index],
    after: come[index],
  }));
}

/** The change of one role: its comparison, or a finding if the plan does not show what both may do. */
interface RoleChange {
  readonly compared?: Compared;
  readonly finding?: Finding;
}

/** In the ARN of a role that belongs to a service of AWS. */
const SERVICE_LINKED = ":role/aws-service-role/";

const NO_ACCESS = { policies: [], boundary: [] };

/** One role that changes; undefined if it is reported at the role. */
function changeOf(
  resource: ResourceDifference,
  path: string,
  { before, after }: Change,
  comparisons: Comparisons,
): RoleChange | undefined {
  const item = { kind: "handed role", name: path } as const;
  if (after?.name.includes(SERVICE_LINKED) === true) return undefined;
  if (after === undefined) {
    // If the role goes as well, its loss is told once, at the role.
    if (before === undefined || before.resource?.action === "delete") return undefined;
    const reasons = [`It no longer runs as ${before.name}.`];
    const impact = { ...noImpact, narrows: true };
    return { finding: findingOf(resource, { ...item, reasons }, { impact }) };
  }
  if (before === undefined && after.resource?.action === "create") return undefined;
  const ran = before === undefined ? "" : `, and ran as ${before.name}`;
  const reason = `It runs as ${after.name}${ran}.`;
  const unseen = [after, before].filter((role) => role !== undefined && role.access === undefined);
  if (after.access === undefined || unseen.length > 0) {
    const names = unseen.map((role) => role?.name).join(" and ");
    const reasons = [reason, `The plan does not show what ${names} may do.`];
    return { finding: findingOf(resource, { ...item, reasons }) };
  }
  const own = comparedAccess(
    {
      kind: "handed role",
      name: resource.address,
      resources: new Set([resource]),
    },
    { before: before?.access?.before ?? NO_ACCESS, after: after.access.after },
    comparisons,
  );
  const reasons = [reason, ...doubts(own)];
  return { compared: { ...own, item: findingOf(resource, { ...item, reasons }).item } };
}

/** An instance profile by itself gives nobody anything: an instance must have it. */
function profileFinding(resource: ResourceDifference, roles: PlannedRoles): Finding {
  const [role] = roles.at(resource, "role", "role", "after");
  const reason = `It gives ${role?.name ?? "no role"} to its instances. Their gains are not compared.`;
  const item = { kind: "instance profile", reasons: [reason] } as const;
  return findingOf(resource, item, { impact: noImpact });
}

/**
 * Returns gains and losses of workloads that run as another role: tasks, functions, instances and so on.
 * Gains of the role itself are reported at the role. A workload that is created with its role is not a gain of its
 * own.
 */
export function handedRoleChanges(
  resources: readonly ResourceDifference[],
  roles: PlannedRoles,
  comparisons: Comparisons,
): RoleChange[] {
  const changesAt = (
    resource: ResourceDifference,
    path: string,
    kind: RoleArgument,
  ): RoleChange[] => {
    if (resource.action === "update" && isSameAt(resource, path)) return [];
    if (!isConfigured(resource, path, !path.includes("."))) return [];
    const [before = [], after = []] = SIDES.map((side) => roles.at(resource, path, kind, side));
    return changes(before, after).flatMap(
      (change) => changeOf(resource, path, change, comparisons) ?? [],
    );
  };
  return resources.flatMap((resource) => {
    const { type, action } = resource;
    if (action === "none") return [];
    if (type === "aws_iam_instance_profile" && action === "create") {
      return [{ finding: profileFinding(resource, roles) }];
    }
    return roleArguments(resource).flatMap(([kind, path]) => changesAt(resource, path, kind));
  });
}
