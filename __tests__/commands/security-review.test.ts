/** `print-iam --format markdown`: what a security review reads, by the catalogue's own statements. */
import { securityReview } from "../../lib/answers/security-review";
import { sections } from "../support/markdown";

type Rows = readonly Readonly<Record<string, string>>[];

function rows(page: string, heading: string): Rows {
  const found = sections(page).find((section) => section.heading === heading);
  return found?.tables[0] ?? [];
}

const account = { accountId: "123456789012" };

test("what remains wide stands first, with the variables that narrow it", () => {
  const page = securityReview({ ...account, types: ["rds"] });
  expect(sections(page)[1]?.heading).toBe("Remaining wildcards");
  expect(rows(page, "Remaining wildcards")).toContainEqual({
    Sid: "RDSConnect",
    "Resources with a wildcard": "*",
    "Narrowed by": "restrict_to_account, rds_database_users",
  });
});

test("restrict_to_account is not named where it is set, and discovery is not narrowed", () => {
  const values = { restrict_to_account: true, services: ["discovery"] };
  const wide = rows(securityReview({ ...account, types: ["rds"], values }), "Remaining wildcards");
  expect(wide.length).toBeGreaterThan(0);
  for (const row of wide) expect(row["Narrowed by"]).toMatch(/^Not possible: discovery must find/);
});

test("a statement of the caller is narrowed where the caller gives it", () => {
  const own = { Sid: "ReadOwn", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] };
  const values = { additional_statements: [{ ...own, Condition: {} }] };
  const page = securityReview({ accountId: "210987654321", types: ["rds"], values });
  expect(rows(page, "Remaining wildcards")).toContainEqual({
    Sid: "ReadOwn",
    "Resources with a wildcard": "*",
    "Narrowed by": "additional_statements",
  });
});

test("who may assume what, with the conditions", () => {
  const values = {
    trusted_principals: ["arn:aws:iam::210987654321:role/teleport-db-service-role"],
    external_ids: ["one-secret"],
  };
  expect(
    rows(securityReview({ ...account, types: ["keyspace"], values }), "Who may assume which role"),
  ).toEqual([
    {
      Role: "roles of keyspace that users connect as",
      Who: "arn:aws:iam::210987654321:role/teleport-db-service-role",
      Actions: "sts:AssumeRole",
      Condition: '{"StringEquals":{"sts:ExternalId":["one-secret"]}}',
    },
  ]);
});

test("the boundary, and how to get it", () => {
  const page = securityReview({ ...account, types: ["rds"] });
  expect(rows(page, "The permissions boundary").map(({ Sid }) => Sid)).toContain("AssumeAnyRole");
  expect(page).toContain("`permissions_boundary_json`");
});
