import { documentSize, quotas } from "../catalog/quotas";
import type { Statement } from "./compare";
import { type Finding, findingOf } from "./finding";
import { type Attribute, type ResourceDifference, type Side, SIDES } from "./plan/difference";
import type { IdentityKind } from "./plan/identity-kinds";
import { blocks, INLINE_POLICIES, setsInlinePolicies } from "./plan/inline-policies";
import { absent, textOf } from "./plan/value";
import type { ReportSize } from "./report/report";
import { statementDifferences } from "./report/statement-differences";

/** A document of IAM in a resource, before and after. */
interface Document extends Attribute {
  readonly resource: ResourceDifference;
  readonly kind: "managed policy" | "inline policy" | "trust policy";
  /** The name of an inline policy block. */
  readonly name?: string | undefined;
  /** The identity that has an inline policy. */
  readonly identity?: IdentityKind;
  /** Tells if the policy moves to another identity. */
  readonly newIdentity?: "yes" | "unknown";
}

function inlinePolicy(resource: ResourceDifference, identity: IdentityKind): Document {
  const { after, isSame } = resource.attribute(identity);
  const moves = resource.action === "replace" && !isSame;
  const isGone = resource.deletesItself(identity, "name");
  return {
    resource,
    kind: "inline policy",
    ...resource.attribute("policy"),
    ...(isGone ? { after: absent, isSame: false } : {}),
    identity,
    ...(moves ? { newIdentity: after.kind === "unknown" ? "unknown" : "yes" } : {}),
  };
}

function inlineBlocks(resource: ResourceDifference): Document[] {
  const whole = resource.attribute("inline_policy");
  if (resource.action === "delete" || whole.isSame) return [];
  // A new role that sets none has it unknown.
  if (whole.after.kind === "unknown" && !setsInlinePolicies(resource)) return [];
  const shape = { resource, kind: "inline policy", identity: "role", isSame: false } as const;
  if (SIDES.some((side) => ["unknown", "sensitive"].includes(whole[side].kind))) {
    return [{ ...whole, ...shape }];
  }
  const [old, next] = [blocks(resource, "before"), blocks(resource, "after")];
  const find = (list: typeof old, name: string | undefined): Document["before"] =>
    list.find((block) => name !== undefined && block.name === name)?.policy ?? absent;
  return [
    ...next.map(({ name, policy }) => {
      return { ...shape, name, before: find(old, name), after: policy };
    }),
    ...old
      .filter(({ name }) => find(next, name).kind === "absent")
      .map(({ name, policy }) => ({ ...shape, name, before: policy, after: absent })),
  ];
}

function documentsOf(resource: ResourceDifference): Document[] {
  const { type } = resource;
  const identity = INLINE_POLICIES[type];
  if (identity !== undefined) return [inlinePolicy(resource, identity)];
  const document = (kind: Document["kind"], attribute: string): Document => ({
    resource,
    kind,
    ...resource.attribute(attribute),
  });
  if (type === "aws_iam_role") {
    return [document("trust policy", "assume_role_policy"), ...inlineBlocks(resource)];
  }
  return type === "aws_iam_policy" ? [document("managed policy", "policy")] : [];
}

/** The statements of a document on one side, or the reason why they are not known. */
function statementsOf(document: Document, side: Side): readonly Statement[] | string {
  const { resource, kind } = document;
  const value = document[side];
  switch (value.kind) {
    case "absent":
      return [];
    case "unknown":
      return "The document is known only after apply.";
    case "sensitive":
      return `The document ${side} the change is marked sensitive.`;
    case "known": {
      if (typeof value.value !== "string") return "The document is not text.";
      const reading = resource.texts.read(
        value.value,
        kind === "trust policy" ? "trust" : "identity",
      );
      const problem = typeof reading === "string" ? reading : reading.problem;
      if (typeof reading !== "string" && problem === undefined) return reading.statements;
      return `The document ${side} the change cannot be compared: ${problem ?? ""}.`;
    }
  }
}

function sizeOf({ kind, identity, before, after }: Document): ReportSize {
  const [textBefore, textAfter] = [textOf(before), textOf(after)];
  const sizes = {
    ...(textBefore === undefined ? {} : { before: documentSize(textBefore) }),
    ...(textAfter === undefined ? {} : { after: documentSize(textAfter) }),
  };
  if (identity !== undefined) {
    const together = `all inline policies of the ${identity}`;
    return { limit: quotas.inlinePolicies[identity], together, ...sizes };
  }
  return {
    limit: kind === "trust policy" ? quotas.trustPolicy : quotas.managedPolicy,
    ...sizes,
  };
}

const NEW_IDENTITY = {
  yes: "It moves to another role, user or group, which gains all of it.",
  unknown: "The role, user or group that gets it is known only after apply.",
} as const;

function finding(document: Document): Finding {
  const { resource, kind, name, newIdentity } = document;
  const [before, after] = [statementsOf(document, "before"), statementsOf(document, "after")];
  const problems = [before, after].filter((reason) => typeof reason === "string");
  const differences = (): ReturnType<typeof statementDifferences> => {
    if (typeof before === "string" || typeof after === "string") return [];
    if (newIdentity !== "yes") return statementDifferences(before, after);
    return [...statementDifferences(before, []), ...statementDifferences([], after)];
  };
  const item = {
    kind,
    ...(name === undefined ? {} : { name }),
    size: sizeOf(document),
    reasons:
      problems.length > 0 ? problems : newIdentity === undefined ? [] : [NEW_IDENTITY[newIdentity]],
    differences: differences(),
  };
  return findingOf(resource, item, { isCompared: true });
}

/** The documents of a resource that change, with the statements that differ. */
export function documentFindings(resource: ResourceDifference): Finding[] {
  return documentsOf(resource)
    .filter(({ isSame, newIdentity }) => !isSame || newIdentity !== undefined)
    .map(finding);
}
