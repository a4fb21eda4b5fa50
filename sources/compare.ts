import { databaseTypes } from "../lib/catalog";
import type { DatabaseType } from "../lib/catalog/database-type";
import discoveryPurposes from "../__tests__/fixtures/discovery-page/purpose-hashes.json";
import referencePurposes from "../__tests__/fixtures/reference-page/purpose-hashes.json";
import { isListed } from "./deviations";
import { exampleDifferences, isExample, isPartWithExamples } from "./examples";
import {
  type Expected,
  expectedOf,
  isKms,
  type Kind,
  policiesOfPart,
  resourcesOf,
  typeNamed,
  typeOfPart,
} from "./expected";
import type { Page, PagePolicy, PageStatement } from "./page";
import { sameActions, statementDifferences } from "./statements";

/** The kind of a page, by its title, its path, or a Sid that only discovery has. */
function kindOf({ file, title, policies }: Page): Kind {
  const sids = policies.flatMap(({ statements }) => statements.flatMap(({ sid }) => sid ?? []));
  const onlyDiscovery = databaseTypes.flatMap(({ statements }) =>
    statements.filter(({ actions }) => actions.length === 0).map(({ sid }) => sid),
  );
  const isDiscovery =
    title === undefined
      ? file.split("/").slice(-4, -1).includes("discovery") ||
        sids.some((sid) => onlyDiscovery.includes(sid))
      : /\bdiscovery\b/i.test(title);
  return isDiscovery ? "discovery" : "reference";
}

/** The type of a policy, by its Sids, else by its headings, else by its file. */
function typeOf({ statements, headings, file }: PagePolicy): DatabaseType | undefined {
  const sids = statements.flatMap(({ sid }) => sid ?? []);
  return (
    databaseTypes.find((type) =>
      [...type.statements, ...(type.userRole?.statements ?? [])].some(({ sid }) =>
        sids.includes(sid),
      ),
    ) ?? (headings.length > 0 ? typeNamed(headings) : typeOfPart(file))
  );
}

/** The policies of a page by type; those of an unknown type are under `undefined`. */
function byType({ title, file, policies }: Page): Map<DatabaseType | undefined, PagePolicy[]> {
  const found = new Map<DatabaseType | undefined, PagePolicy[]>();
  const types = title === undefined ? [typeOfPart(file)] : databaseTypes;
  for (const type of types) if (type !== undefined) found.set(type, []);
  let before: DatabaseType | undefined;
  for (const policy of policies) {
    // In a part without headings, a policy without Sids belongs to the policy above it.
    const type = typeOf(policy) ?? (policy.headings.length === 0 ? before : undefined);
    before = type;
    found.set(type, [...(found.get(type) ?? []), policy]);
  }
  return found;
}

function purposeDifferences({ purposes }: Page, sid: string, kind: Kind): string[] {
  const recorded: Readonly<Record<string, string | undefined>> =
    kind === "discovery" ? discoveryPurposes : referencePurposes;
  const found = purposes.get(sid);
  if (found === recorded[sid]) return [];
  if (found === undefined) return ["purpose: the page no longer has one"];
  return [
    `purpose: the page has other words. Read them, and record ${found} in purpose-hashes.json`,
  ];
}

/** The expected statement for one of a page, by its Sid; the one about keys by its actions. */
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

const placeOf = ({ file, line }: PagePolicy): string => `${file}:${String(line)}`;

/** The differences between the policies of one type and the catalogue. */
function typeDifferences(
  page: Page,
  kind: Kind,
  type: DatabaseType,
  policies: readonly PagePolicy[],
): string[] {
  const expected = expectedOf(type, kind);
  const statements = policies.flatMap((policy) =>
    policy.statements.map((statement) => ({ statement, place: placeOf(policy) })),
  );
  const found = statements
    .filter(({ statement }) => !isExample(statement))
    .map((each) => ({ ...each, expected: counterpart(each.statement, expected) }));
  const known = new Set(found.flatMap((each) => each.expected ?? []));
  const parts = policiesOfPart(page.file, kind) ?? [...known].map(({ policy }) => policy);
  const missing = expected.filter(
    (one) => !known.has(one) && (page.title !== undefined || parts.includes(one.policy)),
  );
  const renamed = new Set<Expected>();
  const lines = found.flatMap(({ statement, place, expected: one }): string[] => {
    if (one !== undefined) {
      const should = { actions: one.actions, arns: resourcesOf(one, kind) };
      return [
        ...statementDifferences(statement, should),
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
  const examples = statements
    .filter(({ statement }) => isExample(statement))
    .flatMap(({ statement, place }) =>
      exampleDifferences(statement).map((text) => `${place}  ${type.name} ${text}`),
    );
  const title = page.title === undefined ? "the file" : "the page";
  return [
    ...lines,
    ...examples,
    ...missing
      .filter((one) => !renamed.has(one))
      .map((one) => `${page.file}  ${type.name} ${one.sid}: ${title} no longer has this statement`),
  ];
}

/** The lines about policies of no known type. */
function strangers(policies: readonly PagePolicy[]): string[] {
  return policies.flatMap((policy) => {
    if (isPartWithExamples(policy)) {
      return policy.statements
        .flatMap(exampleDifferences)
        .map((text) => `${placeOf(policy)}  ${text}`);
    }
    return policy.statements.map(
      ({ sid = "without a Sid", actions }) =>
        `${placeOf(policy)}  a new section, ${policy.headings.at(-1) ?? policy.file}: ${sid}, ${actions.join(", ")}`,
    );
  });
}

/**
 * The differences between a page and the catalogue, one per line; listed deviations are left out. A
 * page without policies is one difference, unless it is a part that needs none by the catalogue.
 */
export function differences(page: Page): string[] {
  const kind = kindOf(page);
  const types = byType(page);
  const isKnownPart =
    page.title === undefined && types.size > 0 && policiesOfPart(page.file, kind) !== undefined;
  const found =
    page.policies.length === 0 && !isKnownPart
      ? [`${page.file}  has no policies`]
      : [...types].flatMap(([type, policies]) =>
          type === undefined ? strangers(policies) : typeDifferences(page, kind, type, policies),
        );
  return [...page.problems, ...found].filter((line) => !isListed(line));
}
