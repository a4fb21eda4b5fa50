import { databaseTypes } from "../lib/catalog";
import type { DatabaseType } from "../lib/catalog/database-type";
import type { Statement } from "../lib/catalog/statement";
import discoveryPurposes from "../__tests__/fixtures/discovery-page/purpose-hashes.json";
import referencePurposes from "../__tests__/fixtures/reference-page/purpose-hashes.json";
import { isListed } from "./deviations";
import type { Page, PagePolicy, PageStatement } from "./page";

/** Teleport's pages: of the Database Service, and of discovery. */
type Kind = "reference" | "discovery";

/** A statement as a page should have it. */
interface Expected {
  readonly sid: string;
  readonly type: DatabaseType;
  readonly actions: readonly string[];
  /** What the policy is about that it belongs to: a part of a page has one of them. */
  readonly policy: string;
  readonly statement: Statement;
}

/** The Sid that stands for the statement about KMS keys: the page gives it none. */
const isKms = ({ resources }: Statement): boolean => resources.kind === "kms-keys";

function expectedOf(type: DatabaseType, kind: Kind): Expected[] {
  if (kind === "discovery") {
    return type.statements.flatMap((statement) =>
      statement.discovery === undefined
        ? []
        : {
            sid: statement.sid,
            type,
            actions: statement.discovery.actions,
            policy: "discovery",
            statement,
          },
    );
  }
  const own = type.statements.filter(({ actions }) => actions.length > 0);
  const policyOf = (statement: Statement): string =>
    isKms(statement) ? "keys" : statement.switch?.default === false ? "managed users" : "access";
  return [
    ...own.map((statement) => ({ statement, policy: policyOf(statement) })),
    ...(type.userRole?.statements ?? []).map((statement) => ({ statement, policy: "user role" })),
  ].map(({ statement, policy }) => ({
    sid: statement.sid,
    type,
    actions: statement.actions,
    policy,
    statement,
  }));
}

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");

/** What headings and paths call a type. */
function namesOf({ name, aliases = [], source }: DatabaseType): readonly string[] {
  return [name, ...aliases, source.replace(/^.*#/, "")];
}

/** The type that a policy is about, by its Sids, else by what stands above it. */
function typeOf({ statements, headings }: PagePolicy): DatabaseType | undefined {
  const sids = statements.flatMap(({ sid }) => sid ?? []);
  const bySid = databaseTypes.find((type) =>
    [...type.statements, ...(type.userRole?.statements ?? [])].some(({ sid }) =>
      sids.includes(sid),
    ),
  );
  if (bySid !== undefined) return bySid;
  const [file = "", ...rest] = headings;
  const above = [
    ...file
      .replace(/\.\w+$/, "")
      .split("/")
      .slice(-2),
    ...rest,
  ]
    .map(slug)
    .reverse();
  const [name] = above.filter((each) => databaseTypes.some((type) => namesOf(type).includes(each)));
  return name === undefined
    ? undefined
    : databaseTypes.find((type) => namesOf(type).includes(name));
}

/** Which page it is, by its title, its path, or a Sid that only discovery has. */
function kindOf({ title, policies }: Page): Kind {
  const sids = policies.flatMap(({ statements }) => statements.flatMap(({ sid }) => sid ?? []));
  const onlyDiscovery = databaseTypes.flatMap(({ statements }) =>
    statements.filter(({ actions }) => actions.length === 0).map(({ sid }) => sid),
  );
  const isDiscovery =
    title === undefined
      ? policies.some(({ file }) => file.split("/").slice(-4, -1).includes("discovery")) ||
        sids.some((sid) => onlyDiscovery.includes(sid))
      : /\bdiscovery\b/i.test(title);
  return isDiscovery ? "discovery" : "reference";
}

/** The resources that a page should have; text in braces stands for what a page puts there. */
function resourcesOf({ statement, type }: Expected, kind: Kind): readonly string[] {
  const { resources } = statement;
  if (kind === "discovery") return ["*"];
  switch (resources.kind) {
    case "databases":
      return resources.unrestricted === undefined
        ? resources.narrowings.flatMap(({ arns }) => arns.map((arn) => `arn:aws:${arn}`))
        : ["*"];
    case "user-roles":
      return resources.unrestricted === undefined
        ? [`arn:aws:iam::{account}:role/${String(type.userRole?.defaultName)}`]
        : ["*"];
    case "secrets":
      return ["arn:aws:secretsmanager:*:{account}:secret:teleport/*"];
    case "kms-keys":
      return ["arn:aws:kms:*:{account}:key/{key}"];
  }
}

function hasResources(found: readonly string[], expected: readonly string[]): boolean {
  const patterns = expected.map(
    (one) =>
      new RegExp(
        `^${one
          .split(/\{\w+\}/)
          .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
          .join("[^:/{}]+")}$`,
      ),
  );
  return (
    found.length === expected.length &&
    found.every((resource) => patterns.some((pattern) => pattern.test(resource)))
  );
}

const without = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((one) => !others.includes(one));

/** What differs between a statement of a page and the catalogue's, in words. */
function statementDifferences(found: PageStatement, expected: Expected, kind: Kind): string[] {
  const gone = without(expected.actions, found.actions);
  const added = without(found.actions, expected.actions);
  const resources = resourcesOf(expected, kind);
  return [
    ...(gone.length > 0 ? [`actions that the page has no more: ${gone.join(", ")}`] : []),
    ...(added.length > 0 ? [`actions that the page has now: ${added.join(", ")}`] : []),
    ...(hasResources(found.resources, resources)
      ? []
      : [
          `resources: the page has ${found.resources.join(", ")}, the catalogue ${resources.join(", ")}`,
        ]),
  ];
}

function purposeDifferences({ purposes }: Page, sid: string, kind: Kind): string[] {
  const recorded: Readonly<Record<string, string | undefined>> =
    kind === "discovery" ? discoveryPurposes : referencePurposes;
  const found = purposes.get(sid);
  if (found === recorded[sid]) return [];
  if (found === undefined) return ["purpose: the page has none any more"];
  return [
    `purpose: the page has other words. Read them, and record ${found} in purpose-hashes.json`,
  ];
}

/** The expected statement that a page's is, by its Sid; that about keys by what it does. */
function counterpart(
  { sid, actions }: PageStatement,
  expected: readonly Expected[],
): Expected | undefined {
  return expected.find((one) =>
    isKms(one.statement)
      ? sid === undefined && actions.some((action) => action.startsWith("kms:"))
      : one.sid === sid,
  );
}

/** An example of the hop, of which the page has many. */
const isAssumeRole = ({ sid, actions, isTrust }: PageStatement): boolean =>
  isTrust || (sid === undefined && actions.join() === "sts:AssumeRole");

function sameActions(one: readonly string[], other: readonly string[]): boolean {
  return without(one, other).length === 0 && without(other, one).length === 0;
}

/** What differs between the statements about one type and the catalogue. */
function typeDifferences(
  page: Page,
  kind: Kind,
  type: DatabaseType,
  policies: readonly PagePolicy[],
): string[] {
  const expected = expectedOf(type, kind);
  const found = policies
    .flatMap(({ statements, file, line }) =>
      statements.map((statement) => ({ statement, place: `${file}:${String(line)}` })),
    )
    .filter(({ statement }) => !isAssumeRole(statement))
    .map((each) => ({ ...each, expected: counterpart(each.statement, expected) }));
  const known = new Set(found.flatMap((each) => each.expected ?? []));
  const parts = new Set([...known].map(({ policy }) => policy));
  const missing = expected.filter(
    (one) =>
      !known.has(one) &&
      (page.title !== undefined || (parts.size === 0 && found.length > 0) || parts.has(one.policy)),
  );
  const renamed = new Set<Expected>();
  const lines = found.flatMap(({ statement, place, expected: one }): string[] => {
    if (one !== undefined) {
      return [
        ...statementDifferences(statement, one, kind),
        ...(isKms(one.statement) ? [] : purposeDifferences(page, one.sid, kind)),
      ].map((text) => `${place}  ${type.name} ${one.sid}: ${text}`);
    }
    const { sid = "without a Sid", actions } = statement;
    const before = missing.find((each) => sameActions(each.actions, actions));
    if (before !== undefined) renamed.add(before);
    return [
      before === undefined
        ? `${place}  ${type.name} ${sid}: a new statement, ${actions.join(", ")}`
        : `${place}  ${type.name} ${before.sid}: the page calls it ${sid}`,
    ];
  });
  const title = page.title === undefined ? "the file" : "the page";
  return [
    ...lines,
    ...missing
      .filter((one) => !renamed.has(one))
      .map((one) => `${type.name} ${one.sid}: ${title} has no such statement any more`),
  ];
}

/** What differs between a page and the catalogue, a line each; listed deviations are left out. */
export function differences(page: Page): string[] {
  const kind = kindOf(page);
  const types = new Map<DatabaseType, PagePolicy[]>();
  const unknown: PagePolicy[] = [];
  for (const policy of page.policies) {
    const type = typeOf(policy);
    if (type === undefined) unknown.push(policy);
    else types.set(type, [...(types.get(type) ?? []), policy]);
  }
  if (page.title !== undefined) {
    for (const type of databaseTypes) {
      if (!types.has(type) && expectedOf(type, kind).length > 0) types.set(type, []);
    }
  }
  const strangers = unknown.flatMap(({ file, line, headings, statements }) =>
    statements
      .filter((statement) => !isAssumeRole(statement))
      .map(
        ({ sid = "without a Sid", actions }) =>
          `${file}:${String(line)}  a new section, ${headings.at(-1) ?? file}: ${sid}, ${actions.join(", ")}`,
      ),
  );
  return [
    ...page.problems,
    ...[...types].flatMap(([type, policies]) => typeDifferences(page, kind, type, policies)),
    ...strangers,
  ].filter((line) => !isListed(line));
}
