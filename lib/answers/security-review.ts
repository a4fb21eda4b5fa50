import { accessLevels } from "../catalog/access-levels";
import { namingVariables } from "../catalog/database-type";
import type { PolicyDocument, PolicyStatement } from "../catalog/policy-document";
import type { Inputs } from "../inputs/assignments";
import { code, escapeMarkdown, table } from "../text/markdown";
import type { GrantedStatement } from "../policies/documents";
import { known, namesOf } from "./known-statements";
import { printed, type PrintIamOptions } from "./print-iam";

const entries = (element: string | readonly string[] = []): readonly string[] => [element].flat();
const lines = (texts: readonly string[]): string => texts.map(code).join("\n");

/** The access levels of a statement's actions, each once, in the order of the actions. */
function levels({ Action }: PolicyStatement): string {
  const all = entries(Action).map((action) => accessLevels[action as keyof typeof accessLevels]);
  return [...new Set(all.flatMap((level) => level?.split(", ") ?? []))].join(", ");
}

/** The variables that narrow a statement, in a sentence. */
function narrowedBy(inputs: Inputs, { Sid = "", Resource }: PolicyStatement): string {
  const found = known.find((each) => namesOf(each).includes(Sid));
  if (found === undefined) return code("additional_statements");
  const { type, statement } = found;
  if (type === null) return "Not possible: AWS supports only `*` for these actions.";
  const { resources, discovery, separable } = statement;
  const restricted =
    entries(Resource).includes("*") && inputs.restrict_to_account !== true
      ? [code("restrict_to_account")]
      : [];
  if (discovery !== undefined && JSON.stringify(inputs.services ?? []).includes("discovery")) {
    return restricted.length > 0 && discovery.arns !== undefined
      ? `${restricted.join(", ")}; no further, because discovery must find databases that are not named yet`
      : "Not possible: discovery must find databases that are not named yet.";
  }
  const variables =
    separable?.sid === Sid ? [separable.narrowing.variable] : namingVariables(type, statement);
  const how = resources.kind === "kms-keys" ? " with whole ARNs" : "";
  return `${[...restricted, ...variables.map(code)].join(", ")}${how}`;
}

function omission({
  omittable,
  variable,
}: Pick<GrantedStatement, "omittable" | "variable">): string {
  const when = escapeMarkdown(omittable ?? "");
  if (variable !== undefined) return `${when} ${code(`${variable} = false`)}`.trim();
  return when === "" ? "Always needed." : when;
}

/** The cells of a statement: its access, what it allows, and on what. */
const access = (statement: PolicyStatement): string[] => [
  levels(statement),
  lines(entries(statement.Action)),
  lines(entries(statement.Resource)),
];

function policyTable(statements: readonly GrantedStatement[]): string {
  return table(
    ["Sid", "Access level", "Actions", "Resources", "Why", "How to leave it out"],
    statements.map(({ statement, purpose, source, ...reason }) => [
      `[${code(statement.Sid ?? "")}](${source})`,
      ...access(statement),
      escapeMarkdown(purpose),
      omission(reason),
    ]),
  );
}

function plainTable({ Statement: statements }: PolicyDocument): string {
  return table(
    ["Sid", "Access level", "Actions", "Resources"],
    statements.map((statement) => [code(statement.Sid ?? ""), ...access(statement)]),
  );
}

function trustRows(role: string, { Statement: statements }: PolicyDocument): string[][] {
  return statements.map(({ Principal = {}, Action, Condition }) => [
    role,
    Object.values(Principal).flat().map(code).join("\n"),
    lines(entries(Action)),
    Condition === undefined ? "" : code(JSON.stringify(Condition)),
  ]);
}

function section(heading: string, ...paragraphs: readonly string[]): string {
  return [`## ${heading}`, ...paragraphs].join("\n\n");
}

/**
 * A page of Markdown for a security review: wide access that remains, granted access with reasons, who may
 * assume what, and the boundary.
 *
 * @throws UserError as printIam does
 */
export function securityReview(options: PrintIamOptions): string {
  const { types, inputs, documents } = printed(options);
  const wide = documents.policy.Statement.filter(({ Resource }) =>
    entries(Resource).some((resource) => resource.includes("*")),
  );
  const trusts = Object.entries(documents.userRoleTrustPolicies).flatMap(([type, policy]) =>
    trustRows(`roles of ${code(type)} that users connect as`, policy),
  );
  const given = Object.entries(inputs).map(
    ([name, value]) => `- ${code(`${name} = ${JSON.stringify(value)}`)}`,
  );
  return `${[
    `# IAM permissions of Teleport's Database Service: ${types.map(({ title }) => title).join(", ")}`,
    given.length === 0
      ? "All variables have their defaults."
      : `With these values:\n\n${given.join("\n")}`,
    section(
      "Remaining wildcards",
      wide.length === 0
        ? "No resource has a wildcard."
        : table(
            ["Sid", "Resources with a wildcard", "Narrowed by"],
            wide.map((statement) => [
              code(statement.Sid ?? ""),
              lines(entries(statement.Resource).filter((resource) => resource.includes("*"))),
              narrowedBy(inputs, statement),
            ]),
          ),
    ),
    section("Permissions of the policy", policyTable(documents.statements)),
    ...Object.entries(documents.userRolePolicies).map(([type, policy]) =>
      section(
        `Permissions of the roles that users of ${code(type)} connect as`,
        plainTable(policy),
      ),
    ),
    section(
      "Who may assume which role",
      trusts.length === 0
        ? "These documents have no trust policy. The Database Service's role is created elsewhere."
        : table(["Role", "Who", "Actions", "Condition"], trusts),
    ),
    section(
      "The permissions boundary",
      `The output ${code("permissions_boundary_json")}, for a policy of your own. It grants nothing: a role with this boundary may do what both its policies and the boundary allow.`,
      plainTable(documents.permissionsBoundary),
    ),
  ].join("\n\n")}\n`;
}
