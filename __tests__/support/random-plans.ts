import {
  arnOf,
  attachment,
  inlinePolicy,
  managedPolicy,
  type PlannedResource,
  planOfResources,
  role,
} from "./iam-plan";
import type { PlainAccess, PlainDocument } from "./plain-iam-evaluator";
import type { Random } from "./random-choices";
import { randomDocument, randomPair } from "./random-policies";

/** The place of a role's document. */
interface Placed {
  readonly place: "inline" | "managed";
  readonly name: string;
  readonly document: PlainDocument;
}

/** A plan of one role, and what the role has before and after. */
export interface RandomPlan {
  readonly plan: string;
  readonly before: PlainAccess;
  readonly after: PlainAccess;
}

const PLACES = ["inline", "managed"] as const;

function placed(random: Random, documents: readonly PlainDocument[]): Placed[] {
  return documents.map((document, index) => ({
    place: random.pick(PLACES),
    name: `${random.chance(0.5) ? "p" : "q"}${String(index)}`,
    document,
  }));
}

const find = (
  list: readonly Placed[],
  place: Placed["place"],
  name: string,
): PlainDocument | undefined =>
  list.find((one) => one.place === place && one.name === name)?.document;

/**
 * A plan that changes the policies of a role, each an inline or a managed one before and after, and
 * perhaps its boundary. The role may have one policy more, which only its state shows, or nothing does.
 */
export function randomPlan(random: Random): RandomPlan {
  const [before, after] = randomPair(random, { variables: 0 });
  const [old, next] = [placed(random, before.policies), placed(random, after.policies)];
  const hidden = random.chance(0.5) ? [randomDocument(random, { variables: 0 }, 2)] : [];
  const isReported = random.chance(0.7);
  const boundary = (side: PlainAccess): PlainDocument | undefined => side.boundary?.[0];
  const [bound, bounded] = [boundary(before), boundary(after)];
  const isSameBoundary = JSON.stringify(bound) === JSON.stringify(bounded);
  const own = role(
    "app",
    {
      ...(bound === undefined ? {} : { boundary: arnOf("bound") }),
      attached: old.filter(({ place }) => place === "managed").map(({ name }) => arnOf(name)),
      inline: Object.fromEntries<object>([
        ...old
          .filter(({ place }) => place === "inline")
          .map(({ name, document }) => [name, document] as const),
        ...hidden.map((document) => ["hidden", document] as const),
      ]),
    },
    bounded === undefined ? "" : arnOf(isSameBoundary ? "bound" : "bounded"),
  );
  const unreported = { managed_policy_arns: null, inline_policy: null };
  const withState = (values: PlannedResource["before"]): PlannedResource["before"] =>
    isReported ? values : { ...values, ...unreported };
  const resources: PlannedResource[] = [
    { ...own, before: withState(own.before), after: withState(own.after) },
    ...(bound === undefined ? [] : [managedPolicy("bound", bound, bound, 0)]),
    ...(bounded === undefined || isSameBoundary
      ? []
      : [managedPolicy("bounded", bounded, bounded, 0)]),
  ];
  const names = (place: Placed["place"]): Set<string> =>
    new Set([...old, ...next].filter((one) => one.place === place).map(({ name }) => name));
  for (const name of names("inline")) {
    resources.push(
      inlinePolicy("app", name, find(old, "inline", name), find(next, "inline", name)),
    );
  }
  for (const name of names("managed")) {
    const [was, is] = [find(old, "managed", name), find(next, "managed", name)];
    resources.push(
      managedPolicy(name, was, is),
      was === undefined
        ? attachment("app", name, "after", true)
        : attachment("app", name, is === undefined ? "before" : "both"),
    );
  }
  const whole = (side: PlainAccess): PlainAccess => ({
    policies: [...side.policies, ...hidden],
    boundary: side.boundary === undefined ? undefined : side.boundary.slice(0, 1),
  });
  return { plan: planOfResources(resources), before: whole(before), after: whole(after) };
}
