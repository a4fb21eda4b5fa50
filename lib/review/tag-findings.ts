import { isObject } from "../text/json";
import { type Budget, ReadDocument, type Statement } from "./compare";
import { BudgetSpent } from "./compare/budget";
import { arnPattern, matches, readPattern } from "./compare/pattern";
import { type Finding, findingOf } from "./finding";
import { type ResourceDifference, SIDES } from "./plan/difference";
import { textOf, type Value } from "./plan/value";
import { combine, type Impact, noImpact } from "./verdict";

const DOCUMENTS = ["policy", "assume_role_policy", "inline_policy"] as const;

/** A test of a tag in a document of the plan. */
interface TagTest {
  readonly whose: "principal" | "resource";
  /** In lower case: condition keys have no case. */
  readonly tag: string;
  readonly operator: string;
  readonly values: readonly string[];
  readonly statement: Statement;
  readonly from: ResourceDifference;
}

const KEY = /^([\w-]+):(principal|resource)tag\/(.+)$/;

/** The tests of tags in a statement. */
function testsOf(statement: Statement, from: ResourceDifference): TagTest[] {
  return statement.conditions.flatMap(({ operator, key, values }) => {
    const [, service, whose, tag] = KEY.exec(key.toLowerCase()) ?? [];
    if (service === undefined || tag === undefined) return [];
    const kind = whose === "principal" ? ("principal" as const) : ("resource" as const);
    return [{ whose: kind, tag, operator, values, statement, from }];
  });
}

/** All texts of documents in a resource after the plan, and before it if nothing is left. */
function textsOf(resource: ResourceDifference): [text: string, kind: "identity" | "trust"][] {
  const texts = DOCUMENTS.flatMap((attribute) =>
    SIDES.flatMap((side): [string, "identity" | "trust"][] => {
      const kind = attribute === "assume_role_policy" ? "trust" : "identity";
      const text = textOf(resource.value(side, attribute));
      const blocks = resource
        .positions(side, attribute)
        .flatMap((position) => textOf(resource.value(side, attribute, position, "policy")) ?? []);
      return [...(text === undefined ? [] : [text]), ...blocks].map((one) => [one, kind]);
    }),
  );
  return [...new Map(texts.map((one) => [one.join(), one])).values()];
}

function tagTests(resources: readonly ResourceDifference[]): TagTest[] {
  return resources.flatMap((from) =>
    textsOf(from).flatMap(([text, kind]) => {
      if (!/(principal|resource)tag\//i.test(text)) return [];
      const reading = from.texts.read(text, kind);
      if (!(reading instanceof ReadDocument)) return [];
      return reading.statements.flatMap((statement) => testsOf(statement, from));
    }),
  );
}

const tagsOf = (value: Value): Readonly<Record<string, unknown>> =>
  value.kind === "known" && isObject(value.value) ? value.value : {};

interface TagChange {
  readonly before: unknown;
  readonly after: unknown;
}

/** The tags of a resource that change, in lower case; undefined if the plan does not tell which. */
function changedTags(resource: ResourceDifference): ReadonlyMap<string, TagChange> | undefined {
  const sides = ["tags", "tags_all"].map((attribute) => resource.attribute(attribute));
  const [tags] = sides.filter(({ isSame }) => !isSame);
  if (tags === undefined) return new Map();
  const { before, after } = tags;
  if ([before, after].some(({ kind }) => kind === "unknown" || kind === "sensitive")) {
    return undefined;
  }
  const [old, next] = [tagsOf(before), tagsOf(after)];
  return new Map(
    [...new Set([...Object.keys(old), ...Object.keys(next)])]
      .filter((key) => old[key] !== next[key])
      .map((key) => [key.toLowerCase(), { before: old[key], after: next[key] }]),
  );
}

/** The result of work, or its replacement if the budget is spent. */
function within<Result>(work: () => Result, otherwise: Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof BudgetSpent) return otherwise;
    throw error;
  }
}

/** True if a test of values holds, for the operators that are decided here. */
function holds({ operator, values }: TagTest, value: unknown, budget: Budget): boolean | undefined {
  if (!/^String(Equals|Like)$/i.test(operator) || values.some((text) => text.includes("${"))) {
    return undefined;
  }
  if (typeof value !== "string") return false;
  const wildcards = /like$/i.test(operator);
  const match = (text: string): boolean =>
    matches(readPattern(text, { wildcards, variables: false }), Array.from(value), budget);
  return within(() => values.some(match), undefined);
}

/** True if a statement can be about a resource, by its ARN and the service of its actions. */
function isAbout(
  { actions, resources }: Statement,
  arn: string | undefined,
  budget: Budget,
): boolean {
  if (arn === undefined || actions.except || resources.except) return true;
  const service = arn.split(":")[2] ?? "";
  return (
    actions.texts.some(
      (text) => text.startsWith("*") || text.toLowerCase().startsWith(`${service}:`),
    ) &&
    resources.texts.some((text) => {
      if (text.startsWith("*") || text.includes("${")) return true;
      const pattern = arnPattern(readPattern(text, { wildcards: true, variables: false }));
      return within(() => matches(pattern, Array.from(arn), budget), true);
    })
  );
}

function impactOf(test: TagTest, { before, after }: TagChange, budget: Budget): Impact {
  const [was, is] = [before, after].map((value) => holds(test, value, budget));
  // What a test of the caller's tags gives or takes is all that the caller has.
  if (was === undefined || is === undefined || test.whose === "principal") {
    return { ...noImpact, unknown: true };
  }
  if (was === is) return noImpact;
  const isMore = is === (test.statement.effect === "Allow");
  return { broadens: isMore, narrows: !isMore, unknown: false };
}

const CALLERS = /^aws_iam_(role|user)$/;

/**
 * Changes of tags that documents of the plan ask for: those of a caller, and those of a resource.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
 */
export function tagFindings(
  resources: readonly ResourceDifference[],
  all: readonly ResourceDifference[],
  budget: Budget,
): Finding[] {
  const changed = all
    .filter(({ mode, action }) => mode === "managed" && ["update", "replace"].includes(action))
    .map((resource) => ({ resource, tags: changedTags(resource) }))
    .filter(({ tags }) => tags === undefined || tags.size > 0);
  if (changed.length === 0) return [];
  const tests = tagTests(resources);
  return changed.flatMap(({ resource, tags }) => {
    const arn = textOf(resource.value("before", "arn"));
    const own = tests.filter(
      ({ whose, tag, statement }) =>
        (tags === undefined || tags.has(tag)) &&
        (whose === "principal" ? CALLERS.test(resource.type) : isAbout(statement, arn, budget)),
    );
    const impacts = own.map((test) => {
      const change = tags?.get(test.tag);
      return change === undefined ? { ...noImpact, unknown: true } : impactOf(test, change, budget);
    });
    const impact = combine(impacts);
    const [first] = own.filter(
      (_, index) => JSON.stringify(impacts[index]) !== JSON.stringify(noImpact),
    );
    if (first === undefined) return [];
    const key = `aws:${first.whose === "principal" ? "PrincipalTag" : "ResourceTag"}/${first.tag}`;
    const what = tags === undefined ? "tags change" : `tag ${first.tag} changes`;
    const rest = impact.unknown ? " Statements that depend on it are not compared." : "";
    const reason = `Its ${what}, and ${first.from.address} asks for ${key}.${rest}`;
    return [findingOf(resource, { kind: "tag", reasons: [reason] }, { impact })];
  });
}
