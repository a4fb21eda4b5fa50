import {
  type Access,
  type Answer,
  type Budget,
  compareAccess,
  type Content,
  ReadDocument,
} from "../compare";
import { type ResourceDifference, type Side } from "../plan/difference";
import type { HeldDocument } from "../plan/held-document";
import { type CarrierFinding, comparedParts } from "./finding";
import { describeGrant } from "./granted";
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

interface Loaded {
  readonly documents: readonly HeldDocument[];
  readonly access: Access;
  readonly unknown: ReadonlySet<string>;
}

const NOTHING: Loaded = { documents: [], access: { policies: [] }, unknown: new Set() };

/** Loads the access of a role on one side. */
function load(role: NamedRole | undefined, side: Side): Loaded {
  if (role?.access === undefined) return NOTHING;
  const { policies, boundary } = role.access[side];
  const read = (list: readonly HeldDocument[]): Content[] =>
    list.map((document) => document.read());
  const access = { policies: read(policies), boundary: boundary && read(boundary) };
  const all = [...access.policies, ...(access.boundary ?? [])];
  return {
    documents: policies,
    access,
    unknown: new Set(all.flatMap((one) => ("unknown" in one ? one.unknown : []))),
  };
}

/** Turns "no" into "undecided" if an unknown document may allow it. */
function certain(answer: Answer, without: Loaded, other: Loaded): Answer {
  if (answer.answer !== "yes") return answer;
  for (const name of without.unknown) {
    if (!other.unknown.has(name)) {
      return { answer: "undecided", reason: `it depends on ${name}, which cannot be read` };
    }
  }
  return answer;
}

/** In the ARN of a role that belongs to a service of AWS. */
const SERVICE_LINKED = ":role/aws-service-role/";

function about(
  resource: ResourceDifference,
  path: string,
  reason: string,
): Omit<CarrierFinding, "verdict" | "gained" | "lost"> {
  const subject = `${resource.address} (${path})`;
  return { resource, kind: "handed role", subject, isPublic: false, reasons: [reason] };
}

/** The finding of one role that changes; undefined if it is not a finding of its own. */
function findingOf(
  resource: ResourceDifference,
  path: string,
  { before, after }: Change,
  budget: Budget,
): CarrierFinding | undefined {
  const none = { gained: [], lost: [] };
  if (after?.name.includes(SERVICE_LINKED) === true) return undefined;
  if (after === undefined) {
    // If the role goes as well, its loss is told once, at the role.
    if (before === undefined || before.resource?.action === "delete") return undefined;
    const reason = `It no longer runs as ${before.name}.`;
    return { ...about(resource, path, reason), ...none, verdict: "narrowed" };
  }
  if (before === undefined && after.resource?.action === "create") return undefined;
  const ran = before === undefined ? "" : `, and ran as ${before.name}`;
  const reason = `It runs as ${after.name}${ran}.`;
  const isShown =
    after.access !== undefined && (before === undefined || before.access !== undefined);
  if (!isShown) {
    const missing = [after, ...(before === undefined ? [] : [before])]
      .filter(({ access }) => access === undefined)
      .map(({ name }) => name);
    const why = `The plan does not show what ${missing.join(" and ")} may do.`;
    const base = about(resource, path, reason);
    return { ...base, ...none, verdict: "unknown", reasons: [reason, why] };
  }
  const [old, next] = [load(before, "before"), load(after, "after")];
  const compared = compareAccess(old.access, next.access, budget);
  const answers = {
    gained: certain(compared.gained, old, next),
    lost: certain(compared.lost, next, old),
  };
  const parts = comparedParts(answers, (witness) => {
    const { side, document, statement } = witness.statement;
    const held = (side === "after" ? next : old).documents[document];
    const content = held?.read();
    const own =
      content instanceof ReadDocument
        ? content.statements.find(({ index }) => index === statement)
        : undefined;
    const access = describeGrant(witness, own, held?.from?.address ?? "", false);
    return { ...access, who: resource.address };
  });
  return { ...about(resource, path, reason), ...parts, reasons: [reason, ...parts.reasons] };
}

/** An instance profile by itself gives nobody anything: an instance must have it. */
function profileFinding(resource: ResourceDifference, roles: PlannedRoles): CarrierFinding {
  const [role] = roles.at(resource, "role", "role", "after");
  const name = role?.name ?? "no role";
  const reason = `It gives ${name} to its instances. Their gains are not compared.`;
  const base = about(resource, "role", reason);
  return { ...base, kind: "instance profile", verdict: "unchanged", gained: [], lost: [] };
}

/**
 * Returns gains and losses of workloads that run as another role: tasks, functions, instances and so on.
 * Gains of the role itself are reported at the role. A workload that is created with its role is not a gain of its
 * own.
 */
export function handedRoleFindings(
  resources: readonly ResourceDifference[],
  roles: PlannedRoles,
  budget: Budget,
): CarrierFinding[] {
  const findings: CarrierFinding[] = [];
  for (const resource of resources) {
    const { type, action } = resource;
    if (action === "none") continue;
    if (type === "aws_iam_instance_profile" && action === "create") {
      findings.push(profileFinding(resource, roles));
      continue;
    }
    for (const [kind, path] of roleArguments(resource)) {
      if (action === "update" && isSameAt(resource, path)) continue;
      if (!isConfigured(resource, path, !path.includes("."))) continue;
      const [before, after] = (["before", "after"] as const).map((side) =>
        roles.at(resource, path, kind, side),
      );
      for (const change of changes(before ?? [], after ?? [])) {
        const finding = findingOf(resource, path, change, budget);
        if (finding !== undefined) findings.push(finding);
      }
    }
  }
  return findings;
}
