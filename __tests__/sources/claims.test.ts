/**
 * Claims of our documents about Teleport: each statement is in sources/claims.json, with the place in
 * Teleport's repository that shows it, and each claim is in its document.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { claims } from "../../sources/claims.json";
import { PROJECT } from "../support/terraform";

const oneLine = (text: string): string => text.replace(/\s+/g, " ");

const documents = [
  "README.md",
  ...fs
    .readdirSync(path.join(PROJECT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

const textOf = (document: string): string => fs.readFileSync(path.join(PROJECT, document), "utf8");

/** The paragraphs, list items and table rows of a document, without headings and fences. */
function partsOf(markdown: string): string[] {
  return markdown
    .replace(/^ *```[^]*?^ *```$/gm, "")
    .split(/\n(?=\s*(?:[-|]|\d+\.)\s)|\n\n/)
    .map((part) => oneLine(part).trim())
    .filter((part) => part !== "" && !part.startsWith("#") && !/^\|[ |:-]*$/.test(part));
}

/**
 * Parts that name Teleport, one of its services, commands or modules, and claim nothing about it: links,
 * instructions, and statements about our modules and commands, which other tests hold.
 */
const NO_CLAIMS = [
  "Terraform modules for the AWS IAM permissions of [Teleport]",
  "To use it, set your account ID",
  "Variables keep their names when you move",
  "If you have Teleport's configuration already",
  "[Teleport's commands and modules](https://",
  "This is the comment if somebody lets Teleport",
  "| Run the Database Service",
  "| Let Teleport find databases",
  "- They were [made by Teleport's commands]",
  "If one policy of Teleport has several types",
  "| `print-iam`",
  "`--module service-role` writes",
  "To compose modules from Teleport's configuration",
  "`print-iam` prints the policy",
  "`--format markdown` prints one page",
  "| `ServiceRole`",
  "If Teleport is configured already",
  "- A process has one role.",
  "This page creates the role that Teleport's Database Service runs as",
  "Returns the module calls that Teleport's configuration needs",
  "To remove a type, first remove",
  "- `teleport-db-iam print-iam",
  "With the defaults, Teleport may connect",
  "- Statements add up.",
  "`teleport-db-iam print-iam --types rds --format markdown`",
  "The Database Service runs in one account",
  "The output contains `account_id`, `assume_role_arn` and `external_id`.",
  "`services` lists the Teleport services",
  '| `["database"]`',
  '| `["discovery"]`',
  '| `["database", "discovery"]`',
  "The Database Service that connects to the databases is a service of yours.",
  "[Several accounts](several-accounts.md)",
  "Teleport has commands and Terraform modules that create IAM permissions.",
  "| Teleport's command",
  "The differences between `print-iam` and",
  "| Type ",
  "| Idea ",
  "Only Teleport's modules:",
  "| **because no session policy allows**",
  "In the policy of the Database Service's role:",
];

const NAMES =
  /Teleport\b|Database Service|Discovery Service|create-iam|print-iam|bootstrap|`(?:agent|db-agent|container-service|discovery)\/aws`/;

describe.each(documents)("%s", (document) => {
  const ours = claims.filter((claim) => claim.document === document);
  const parts = partsOf(textOf(document));

  test("has the text of each of its claims", () => {
    const missing = ours.filter(({ text }) => !parts.some((part) => part.includes(text)));
    expect(missing).toEqual([]);
  });

  test("says nothing else about Teleport", () => {
    const named = parts
      // The rows of actions by type are held by documentation/teleport-differences.test.ts.
      .filter((part) => !/^\| `[\w-]+` +\|/.test(part))
      .filter((part) => NAMES.test(part.replaceAll("teleport-db-iam", "")));
    const unlisted = named.filter(
      (part) =>
        !ours.some(({ text }) => part.includes(text)) &&
        !NO_CLAIMS.some((start) => part.startsWith(start)),
    );
    expect(unlisted).toEqual([]);
  });
});

test("each exception is in a document", () => {
  const parts = documents.flatMap((document) => partsOf(textOf(document)));
  expect(NO_CLAIMS.filter((start) => !parts.some((part) => part.startsWith(start)))).toEqual([]);
});

test("each claim is of a document, once, and has a file and a function", () => {
  const keys = claims.map(({ document, text }) => `${document}: ${text}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(claims.filter(({ document }) => !documents.includes(document))).toEqual([]);
  expect(claims.filter(({ sources }) => sources.length === 0)).toEqual([]);
  for (const { file, function: name } of claims.flatMap(({ sources }) => sources)) {
    expect(file).toMatch(/^(?:lib|api|integrations|examples)\/[\w/-]+\.(?:go|tf|yaml)$/);
    expect(name).toMatch(/^[A-Za-z][\w.]+$/);
  }
});
