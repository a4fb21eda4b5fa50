import type { ResourceDifference, Side } from "./difference";
import { type HeldDocument, perhaps, unseenDocument } from "./held-document";
import type { PlannedDocuments } from "./planned-documents";
import type { References } from "./references";
import { textOf, type Value } from "./value";

const POLICY = "aws_iam_policy";

/** The managed policies of a plan: by their ARNs, and by the expressions that will give them. */
export class ManagedPolicies {
  readonly all: readonly ResourceDifference[];
  private readonly byArn: Readonly<Record<Side, ReadonlyMap<string, ResourceDifference>>>;

  constructor(
    resources: readonly ResourceDifference[],
    private readonly references: References,
    private readonly texts: PlannedDocuments,
  ) {
    this.all = resources.filter(({ type }) => type === POLICY);
    const byArn = (side: Side): ReadonlyMap<string, ResourceDifference> =>
      new Map(
        this.all.flatMap((policy) => {
          const arn = textOf(policy.value(side, "arn"));
          return arn === undefined ? [] : [[arn, policy] as const];
        }),
      );
    this.byArn = { before: byArn("before"), after: byArn("after") };
  }

  /** The documents of a policy by its ARN; none if it has none on this side. */
  documentsOfArn(arn: string, side: Side): HeldDocument[] {
    const policy = this.byArn[side].get(arn);
    if (policy !== undefined) return this.documentsOf(policy, side);
    const text = this.texts.ofPolicy(arn);
    if (text !== undefined) return [text];
    // If a policy is deleted or recreated, the meaning of its ARN afterwards is unknown.
    const isGone = side === "after" && this.byArn.before.has(arn);
    return [
      isGone ? unseenDocument(`${arn}, after`) : { ...unseenDocument(arn), allowsSomething: true },
    ];
  }

  /**
   * The documents that an attribute gives by their ARN.
   *
   * An ARN that is known only after apply is that of the policy that the expression refers to. Where it
   * refers to several, each of them may be it.
   *
   * @param value one ARN of the attribute
   */
  documentsAt(
    resource: ResourceDifference,
    attribute: string,
    value: Value,
    side: Side,
  ): HeldDocument[] {
    const name = `the policy of ${resource.address}`;
    // Whatever policy is attached, it allows something. A boundary may allow less than the one before.
    const allowsSomething = attribute !== "permissions_boundary";
    const which = resource.isSame(attribute) ? name : `${name}, ${side}`;
    const unseen = { ...unseenDocument(which), allowsSomething };
    switch (value.kind) {
      case "absent":
        return [];
      case "known": {
        const arn = textOf(value);
        return arn === undefined ? [unseenDocument(name)] : this.documentsOfArn(arn, side);
      }
      case "sensitive":
        return [unseen];
      case "unknown": {
        const { resources, complete } = this.references.originsOf(resource, attribute, POLICY);
        const documents = resources.flatMap((policy) => this.documentsOf(policy, "after"));
        if (!complete) return [unseen];
        return resources.length === 1
          ? documents
          : documents.map((document) => ({
              ...perhaps(document, `${name}, which may be ${document.from?.address ?? ""}`),
              allowsSomething,
            }));
      }
    }
  }

  /** The policies of the plan that an attribute may give, by one ARN of it. */
  policiesAt(
    resource: ResourceDifference,
    attribute: string,
    value: Value,
    side: Side,
  ): readonly ResourceDifference[] {
    const arn = textOf(value);
    const policy = arn === undefined ? undefined : this.byArn[side].get(arn);
    if (policy !== undefined) return [policy];
    return value.kind === "unknown"
      ? this.references.originsOf(resource, attribute, POLICY).resources
      : [];
  }

  /** The document of a policy of the plan; none if there is no policy on this side. */
  documentsOf(policy: ResourceDifference, side: Side): HeldDocument[] {
    return this.texts.held(policy, "policy", side);
  }
}
