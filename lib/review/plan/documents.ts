import type { Attribute, ResourceDifference, Side } from "./difference";
import type { IdentityKind } from "./identity-kinds";
import { absent, textOf, type Value } from "./value";

/** A document of IAM in a plan, before and after. */
export interface DocumentDifference extends Attribute {
  readonly resource: ResourceDifference;
  readonly kind: "managed policy" | "inline policy" | "trust policy";
  /** The name of an inline policy block. */
  readonly name?: string;
  /** The identity that has an inline policy. */
  readonly identity?: IdentityKind;
  /** Tells if the policy moves to another identity. */
  readonly newIdentity: "no" | "yes" | "unknown";
}

/** Inline policies that are resources of their own, by type. */
export const INLINE_POLICIES: Readonly<Record<string, IdentityKind>> = {
  aws_iam_role_policy: "role",
  aws_iam_user_policy: "user",
  aws_iam_group_policy: "group",
};

function inlinePolicy(resource: ResourceDifference, identity: IdentityKind): DocumentDifference {
  const { after, isSame } = resource.attribute(identity);
  const moves = resource.action === "replace" && !isSame;
  const policy = resource.attribute("policy");
  return {
    resource,
    kind: "inline policy",
    ...(resource.deletesItself(identity, "name")
      ? { ...policy, after: absent, isSame: false }
      : policy),
    identity,
    newIdentity: !moves ? "no" : after.kind === "unknown" ? "unknown" : "yes",
  };
}

interface Block {
  readonly name: string | undefined;
  readonly policy: Value;
}

/**
 * The `inline_policy` blocks of a role by name. A block without a known name is kept apart. A block without
 * a policy means that the role has none.
 */
export function blocks(resource: ResourceDifference, side: Side): Block[] {
  return resource
    .positions(side, "inline_policy")
    .map((position) => ({
      name: textOf(resource.value(side, "inline_policy", position, "name")),
      policy: resource.value(side, "inline_policy", position, "policy"),
    }))
    .filter(({ policy }) => policy.kind !== "absent");
}

/**
 * AWS reports every inline policy of a role with it. Only what the configuration sets is its own. The
 * plan's configuration does not have what `dynamic` blocks set: they are seen by what they change.
 */
export function setsInlinePolicies(resource: ResourceDifference): boolean {
  const { action, expressions } = resource;
  if (expressions === undefined || expressions.inline_policy !== undefined) return true;
  return action === "update"
    ? !resource.isSame("inline_policy")
    : action !== "none" && resource.value("after", "inline_policy").kind === "known";
}

function inlineBlocks(resource: ResourceDifference): DocumentDifference[] {
  const { action } = resource;
  const { before, after, isSame } = resource.attribute("inline_policy");
  if (action === "delete" || isSame) return [];
  // A new role that sets none has it unknown.
  if (after.kind === "unknown" && !setsInlinePolicies(resource)) return [];
  const shape = {
    resource,
    kind: "inline policy",
    identity: "role",
    newIdentity: "no",
    isSame: false,
  } as const;
  if ([before, after].some(({ kind }) => kind === "unknown" || kind === "sensitive")) {
    return [{ ...shape, before, after }];
  }
  const [old, current] = [blocks(resource, "before"), blocks(resource, "after")];
  const find = (list: readonly Block[], name: string | undefined): Value =>
    list.find((block) => name !== undefined && block.name === name)?.policy ?? absent;
  const document = (
    name: string | undefined,
    sides: Pick<Attribute, Side>,
  ): DocumentDifference => ({
    ...shape,
    ...(name === undefined ? {} : { name }),
    ...sides,
  });
  return [
    ...current.map(({ name, policy }) =>
      document(name, { before: find(old, name), after: policy }),
    ),
    ...old
      .filter(({ name }) => find(current, name).kind === "absent")
      .map(({ name, policy }) => document(name, { before: policy, after: absent })),
  ];
}

/** The documents of a resource. */
export function documentsOf(resource: ResourceDifference): DocumentDifference[] {
  const { type } = resource;
  const identity = INLINE_POLICIES[type];
  if (identity !== undefined) return [inlinePolicy(resource, identity)];
  const document = (kind: DocumentDifference["kind"], attribute: string): DocumentDifference => ({
    resource,
    kind,
    ...resource.attribute(attribute),
    newIdentity: "no",
  });
  if (type === "aws_iam_role") {
    return [document("trust policy", "assume_role_policy"), ...inlineBlocks(resource)];
  }
  return type === "aws_iam_policy" ? [document("managed policy", "policy")] : [];
}
