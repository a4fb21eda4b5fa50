import { isObject } from "../../text/json";
import { readDocument, ReadDocument } from "../compare";
import type { Kind } from "../compare/statement";
import { once } from "../once";
import { dataDocument, moduleDocument } from "./data-document";
import type { ResourceDifference, Side } from "./difference";
import type { DocumentTexts } from "./document-texts";
import { type HeldDocument, heldDocument, type Partial, unseenDocument } from "./held-document";
import type { ManagedPolicyTexts } from "./managed-policy-texts";
import {
  filled,
  type Filling,
  Hole,
  type PartialDocument,
  shownResources,
  waitsFor,
} from "./partial-document";
import type { References } from "./references";
import { textOf } from "./value";

/** The documents of a plan that are attributes of resources, and what is known of them before apply. */
export class PlannedDocuments {
  /** The statements of this project's modules, by the address of the module. */
  private readonly ofModules: ReadonlyMap<string | undefined, ResourceDifference>;

  /** The days of the tables that texts of managed policies were taken from. */
  readonly dates = new Set<string>();

  constructor(
    resources: readonly ResourceDifference[],
    private readonly references: References,
    private readonly policies: ManagedPolicyTexts,
    private readonly texts: DocumentTexts,
  ) {
    this.ofModules = new Map(
      resources
        .filter(({ type, name }) => type === "terraform_data" && name === "statements")
        .map((resource) => [resource.moduleAddress, resource]),
    );
  }

  /** The document in an attribute; none if it has none. */
  held(
    resource: ResourceDifference,
    name: string,
    side: Side,
    kind: Kind = "identity",
  ): HeldDocument[] {
    const { isSame, ...sides } = resource.attribute(name);
    if (side === "before" || sides.after.kind !== "unknown") {
      return heldDocument(resource, sides[side], side, { isSame, kind });
    }
    const { isNew, names } = this.references.waitsFor(resource, name);
    const waits = names.length === 0 ? "" : `, which waits for ${names.join(", ")}`;
    const unseen = unseenDocument(`the document of ${resource.address}${waits}, after`);
    const partial = this.partial(resource, name, kind, unseen.key);
    // What is created in the same plan cannot have been named before.
    const own = { ...unseen, from: resource, allowsSomething: isNew };
    return [partial === undefined ? own : { ...own, partial }];
  }

  /** The document of a managed policy that is not a resource of the plan, if it is known. */
  ofPolicy(arn: string): HeldDocument | undefined {
    const known = this.policies.of(arn);
    const reading = known && this.texts.read(known.text);
    if (known === undefined || !(reading instanceof ReadDocument)) return undefined;
    if (known.date !== undefined) this.dates.add(known.date);
    return { key: `policy ${arn}`, read: () => reading, from: undefined, policy: arn };
  }

  private partial(
    resource: ResourceDifference,
    name: string,
    kind: Kind,
    key: string,
  ): Partial | undefined {
    const type = "data.aws_iam_policy_document";
    const data = this.references.originOf(resource, name, type);
    if (data !== undefined) {
      const document = dataDocument(data);
      if (document === undefined) return undefined;
      const before = textOf(resource.value("before", name));
      const reading = before === undefined ? undefined : resource.texts.read(before, kind);
      const known =
        reading instanceof ReadDocument ? this.resolved(document, data, reading) : document;
      return partialOf(known, kind, key, "gains and sameness");
    }
    const statements = this.ofModules.get(resource.moduleAddress);
    if (statements === undefined || !resource.name.startsWith("database_access")) return undefined;
    const inputs = this.references.inputsAfterApply(resource.moduleAddress);
    const document = moduleDocument(statements, inputs);
    return document && partialOf(document, kind, key, "gains");
  }

  /**
   * The document with the ARNs that were there before in place of holes. A resource that is replaced gets
   * an ARN that is not known yet; for a reader, it is the same one.
   */
  private resolved(
    document: PartialDocument,
    data: ResourceDifference,
    before: ReadDocument,
  ): PartialDocument {
    const oldArns = (hole: Hole): string[] =>
      hole.waitsFor
        .flatMap((reference) => this.references.named(reference, data))
        .flatMap((resource) => textOf(resource.value("before", "arn")) ?? []);
    const statements = document.statements.map((statement, index) => {
      const list = [statement.Resource].flat();
      const holes = list.filter((item) => item instanceof Hole);
      const old = before.statements.find((one) =>
        typeof statement.Sid === "string" ? one.sid === statement.Sid : one.index === index,
      );
      if (holes.length === 0 || old === undefined) return statement;
      const arns = holes.flatMap(oldArns);
      const gone = old.resources.texts.filter(
        (text) => !list.includes(text) && arns.some((arn) => text.startsWith(arn)),
      );
      if (gone.length !== holes.length) return statement;
      return {
        ...statement,
        Resource: [...list.filter((item) => !(item instanceof Hole)), ...gone],
      };
    });
    return { ...document, statements };
  }
}

/** Reads a filled document. Its statements keep the places that they have with all of them. */
function filledContent(
  document: PartialDocument,
  how: Filling,
  kind: Kind,
  key: string,
): ReadDocument {
  const { json, places } = filled(document, how);
  const { statements, problem } = readDocument(json, kind, `${key}, ${how}`);
  return new ReadDocument(
    statements.map((one) => ({ ...one, index: places[one.index] ?? one.index })),
    problem,
  );
}

function partialOf(
  document: PartialDocument,
  kind: Kind,
  key: string,
  proves: Partial["proves"],
): Partial {
  return {
    read: once((how) => filledContent(document, how, kind, key)),
    shownResources: (index) => {
      const statement = document.statements[index];
      return statement && shownResources(statement);
    },
    waitsFor: waitsFor(document.statements.filter(isObject)),
    proves,
  };
}
