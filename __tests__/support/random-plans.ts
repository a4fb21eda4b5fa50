import {
  arnOf,
  attachment,
  inlinePolicy,
  managedPolicy,
  type PlannedResource,
  planOfResources,
  role,
} from "./iam-plan";
import type { PlainAccess, PlainDocument, PlainStatement } from "./plain-iam-evaluator";
import type { Random } from "./random-choices";
import type { RandomMemberships } from "./random-memberships";
import { randomDocument, randomPair, randomStatement } from "./random-policies";

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

/** The values that a hole can have once it is known. */
const ARNS = ["arn:aws:s3:::new/file", "arn:aws:s3:::new/*", "arn:aws:s3:::a/b", "arn:aws:s3:::*"];

/** A statement as it is after apply, and as blocks of the plan with its holes. */
interface Partly {
  readonly after: PlainStatement;
  readonly block: object;
  readonly marks: object;
  readonly expressions: object;
}

const listOf = (value: PlainStatement["Action"] = []): readonly string[] => [value].flat();

/** A statement of which some values are known only after apply, or none. */
function partly(random: Random, statement: PlainStatement): Partly {
  const Resource = [...listOf(statement.Resource)];
  const NotResource = [...listOf(statement.NotResource)];
  const list = statement.Resource === undefined ? NotResource : Resource;
  const holes = new Set<number>();
  if (random.chance(0.6)) {
    // One more, or one that was there and is no longer known.
    const at = random.chance(0.5) ? list.length : random.below(list.length);
    list[at] = random.pick([...ARNS, ...list]);
    holes.add(at);
  }
  const condition = Object.entries(statement.Condition ?? {}).flatMap(([test, keys]) =>
    Object.entries(keys).map(([variable, values]) => ({ test, variable, values: [values].flat() })),
  );
  const isOpen = condition.map(() => random.chance(0.2));
  const shown = list.map((text, index) => (holes.has(index) ? null : text));
  const marked = list.map((_, index) => holes.has(index));
  const [name, key] =
    statement.Resource === undefined
      ? (["not_resources", "NotResource"] as const)
      : (["resources", "Resource"] as const);
  return {
    after: { ...statement, [key]: list },
    block: {
      effect: statement.Effect,
      actions: [...listOf(statement.Action)],
      not_actions: [...listOf(statement.NotAction)],
      [name]: shown,
      condition: condition.map((test, index) =>
        isOpen[index] === true ? { ...test, values: test.values.map(() => null) } : test,
      ),
    },
    marks: {
      [name]: marked,
      condition: condition.map(({ values }, index) =>
        isOpen[index] === true ? { values: values.map(() => true) } : {},
      ),
    },
    expressions: { [name]: { references: ["aws_s3_bucket.new.arn", "aws_s3_bucket.new"] } },
  };
}

/** A plan that changes the inline policy of a role to one of which some values are known only after apply. */
export function randomPartialPlan(random: Random): RandomMemberships {
  const old = randomDocument(random, { variables: 0 });
  const isEdited = random.chance(0.7);
  const kept = random.chance(0.2) ? old.Statement.slice(1) : old.Statement;
  const more = random.chance(0.3) ? [randomStatement(random, { variables: 0 })] : [];
  const parts = (isEdited ? [...kept, ...more] : old.Statement).map((one) => partly(random, one));
  const before = { ...old, Version: "2012-10-17" };
  const after = { Version: "2012-10-17", Statement: parts.map((part) => part.after) };
  const own = inlinePolicy("app", "own", before, after);
  const data = "data.aws_iam_policy_document.own";
  const plan = JSON.parse(
    planOfResources([
      role("app", { inline: { own: before } }),
      {
        ...own,
        after: { ...own.after, policy: null },
        unknown: ["policy"],
        references: { policy: [`${data}.json`, data] },
      },
      {
        type: "aws_s3_bucket",
        name: "new",
        before: null,
        after: { bucket: "new" },
        unknown: ["arn"],
      },
    ]),
  ) as {
    resource_changes: object[];
    configuration: { root_module: { resources: object[] } };
  };
  plan.resource_changes.push({
    address: data,
    mode: "data",
    type: "aws_iam_policy_document",
    name: "own",
    change: {
      actions: ["read"],
      before: null,
      after: { version: "2012-10-17", statement: parts.map(({ block }) => block) },
      after_unknown: { id: true, json: true, statement: parts.map(({ marks }) => marks) },
    },
  });
  plan.configuration.root_module.resources.push({
    address: data,
    mode: "data",
    type: "aws_iam_policy_document",
    name: "own",
    expressions: { statement: parts.map(({ expressions }) => expressions) },
  });
  return {
    plan: JSON.stringify(plan),
    people: [{ before: { policies: [before] }, after: { policies: [after] } }],
  };
}

/** A plan that hands another role to a function, or another function a role, and may change both roles. */
export function randomWorkloadPlan(random: Random): RandomMemberships {
  const roles = ["one", "two"].map((name) => {
    const [was, is] = randomPair(random, { variables: 0 });
    const before = was.policies[0];
    const after = random.chance(0.7) ? before : is.policies[0];
    return { name, before, after };
  });
  const [first, second] = roles;
  if (first === undefined || second === undefined) throw new Error("There are two roles");
  const isSwapped = random.chance(0.5);
  // The second role often allows what the first one does, or less.
  if (random.chance(0.5)) second.after = first.after;
  const [from, to] = isSwapped ? [second, first] : [first, second];
  const arn = ({ name }: { readonly name: string }): string =>
    `arn:aws:iam::111122223333:role/${name}`;
  const access = (document: PlainDocument | undefined): PlainAccess => ({
    policies: document === undefined ? [] : [document],
  });
  const isNew = random.chance(0.2);
  return {
    plan: planOfResources([
      ...roles.flatMap(({ name, before, after }) => [
        role(name, { inline: before === undefined ? {} : { own: before } }),
        { ...inlinePolicy(name, "own", before, after), name },
      ]),
      {
        type: "aws_lambda_function",
        name: "work",
        before: isNew ? null : { function_name: "work", role: arn(from) },
        after: { function_name: "work", role: arn(to) },
      },
    ]),
    people: [
      ...roles.map(({ before, after }) => ({ before: access(before), after: access(after) })),
      { before: isNew ? { policies: [] } : access(from.before), after: access(to.after) },
    ],
  };
}
