/**
 * npm run sources, on the examples of trust policies.
 */
import { databaseTypes } from "../../lib/catalog";
import { linesAbout, linesAboutChanged, replaced, useFolder } from "../support/page-differences";
import { partNamed, partText, writeFile, writeReferencePage } from "../support/teleport-pages";

function mockHashed(recorded: Readonly<Record<string, string>>): Record<string, string> {
  const { createHash } = jest.requireActual<typeof import("node:crypto")>("node:crypto");
  return Object.fromEntries(
    Object.keys(recorded).map((sid) => [
      sid,
      createHash("sha256").update(`about ${sid.toLowerCase()}`).digest("hex"),
    ]),
  );
}
jest.mock("../fixtures/reference-page/purpose-hashes.json", () =>
  mockHashed(jest.requireActual("../fixtures/reference-page/purpose-hashes.json")),
);
jest.mock("../fixtures/discovery-page/purpose-hashes.json", () =>
  mockHashed(jest.requireActual("../fixtures/discovery-page/purpose-hashes.json")),
);

const TRUST = "docs/pages/includes/database-access/iam_role_trust_relationship.mdx";
const folder = useFolder();
const said = (file: string): string[] => linesAbout(folder(), file);
const changed = (end: string, from: string, to: string): string[] =>
  linesAboutChanged(folder(), end, from, to);

/** The lines about the whole page if a text of a part is replaced. */
function changedPage(end: string, from: string, to: string): string[] {
  const page = writeReferencePage(folder());
  const name = partNamed(end);
  writeFile(folder(), name, replaced(partText(name), from, to));
  return said(page);
}

describe("an example of a trust policy that differs", () => {
  const TRUSTED = 'role/{{ role1 }}"\n            },\n            "Action": "sts:AssumeRole"';

  test.each([
    [
      "by itself",
      (to: string) => changed("iam_role_trust_relationship.mdx", TRUSTED, to),
      (text: string) => [`${TRUST}  ${text}`, `${TRUST}  ${text}`],
    ],
    [
      "on the page, for each type that includes it",
      (to: string) => changedPage("iam_role_trust_relationship.mdx", TRUSTED, to),
      (text: string) =>
        databaseTypes
          .filter(({ userRole }) => userRole !== undefined)
          .flatMap(({ name }) => [`${TRUST}  ${name} ${text}`, `${TRUST}  ${name} ${text}`]),
    ],
  ])("%s: another action", (_, linesOf, expected) => {
    const to = TRUSTED.replace('"sts:AssumeRole"', '["sts:AssumeRole", "sts:TagSession"]');
    expect(linesOf(to).sort()).toEqual(
      expected("trust policy: actions that the page has now: sts:TagSession").sort(),
    );
  });

  test("another condition", () => {
    expect(
      changed("iam_role_trust_relationship.mdx", "sts:ExternalId", "aws:PrincipalOrgID"),
    ).toEqual([
      expect.stringMatching(
        /trust policy: condition: the page has \{"StringEquals":\{"aws:PrincipalOrgID":"example-external-id"\}\}/,
      ),
    ]);
  });

  test("another principal", () => {
    expect(changed("iam_role_trust_relationship.mdx", ":root", ":user/x")).toEqual([
      expect.stringMatching(
        /trust policy: principals: the page has arn:aws:iam::aws-account-id:user\/x/,
      ),
    ]);
  });
});
