/**
 * Teleport's pages as their source is: a page that includes parts, written from the facts of the
 * fixtures. The pages' sentences are not ours: here a purpose is "About <Sid>."
 */
import * as fs from "node:fs";
import * as path from "node:path";
import reference from "../fixtures/teleport-pages/reference.json";
import { discoveryStatements } from "./discovery-page";
import { type Policy, referencePolicy } from "./reference-page";

interface Part {
  readonly policies: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly defaults?: Readonly<Record<string, string>>;
}

interface Section {
  readonly heading: string;
  readonly includes: readonly {
    readonly heading?: string;
    readonly path: string;
    readonly parameters: Readonly<Record<string, string>>;
  }[];
}

const sections = reference.sections as readonly Section[];
const parts = reference.parts as Readonly<Record<string, Part>>;

/** The paths of the reference page's parts. */
export const partNames: readonly string[] = Object.keys(parts);

/** The path of the part whose path ends in a text. */
export function partNamed(end: string): string {
  const found = partNames.find((name) => name.endsWith(end));
  if (found === undefined) throw new Error(`no part ends in ${end}`);
  return found;
}

/** The path of the reference page. */
export const referencePagePath = reference.page;

/** The path of the discovery page. */
export const discoveryPagePath = "docs/pages/enroll-resources/auto-discovery/reference/aws-iam.mdx";

/** A policy in a fence. */
export function fence(document: object, language = "json"): string {
  return `\`\`\`${language}\n${JSON.stringify(document, null, 4)}\n\`\`\`\n`;
}

/** A table of purposes, in the loose form of the pages. */
export function purposeTable(sids: readonly string[]): string {
  return sids.length === 0
    ? ""
    : [
        "| Statement | Purpose |",
        "| --- | --- |",
        ...sids.map((sid) => `|\`${sid}\`| About ${sid}. | `),
      ]
        .join("\n")
        .concat("\n");
}

const assignments = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");

const variable = (name: string): string => `<Var name="${name}"/>`;

/** A text of a policy with the pages' placeholders, in both of their forms. */
function withPlaceholders(text: string, parameters: Readonly<Record<string, string>>): string {
  const placed = Object.entries(parameters)
    .sort(([, one], [, other]) => other.length - one.length)
    .reduce((all, [name, value], index) => {
      // The pages write parameters with spaces and without.
      const placeholder = index % 2 === 0 ? `{{ ${name} }}` : `{{${name}}}`;
      return all.replaceAll(value, placeholder);
    }, text);
  return placed
    .replace(/\b(external-)?aws-account-id\b/g, (name) => variable(name))
    .replaceAll("your-kms-id", variable("your-kms-id"))
    .replaceAll("secret:teleport/", `secret:${variable("teleport")}/`);
}

/** The text of a part of the reference page. */
export function partText(name: string): string {
  const { policies, parameters = {}, defaults } = parts[name] ?? { policies: [] };
  const documents = policies.map((policy) => referencePolicy(policy));
  // The page describes the statements of managed users in its text, not in a table.
  const sids = documents
    .filter((_, index) => !(policies[index] ?? "").endsWith("-managed-users"))
    .flatMap(({ Statement }) => Statement.flatMap(({ Sid }) => Sid ?? []));
  const text = documents.map((document) => fence(document)).join("\nOr:\n\n");
  return [
    defaults === undefined ? "" : `{{${assignments(defaults)} }}\n`,
    documents.length === 0 ? "The service assumes a role.\n" : withPlaceholders(text, parameters),
    purposeTable(sids),
  ].join("\n");
}

/** The text of the reference page. */
export function referencePage(): string {
  const texts = sections.map(({ heading, includes }) => {
    const lines = includes.map(
      ({ heading: inner, path: target, parameters }) =>
        `${inner === undefined ? "" : `### ${inner}\n\n`}(!${target}${assignments(parameters)}!)\n`,
    );
    return `## ${heading}\n\n${lines.join("\n")}`;
  });
  return `---\ntitle: ${reference.title}\ntags:\n - reference\n---\n\n${texts.join("\n")}`;
}

/** The text of the part of the discovery page about a type. */
export function discoveryPart(type: string): string {
  const statements = Object.entries(discoveryStatements[type] ?? {});
  if (statements.length === 0) return "{/* a comment */}\n\nIt cannot be discovered.\n";
  const policy: Policy = {
    Version: "2012-10-17",
    Statement: statements.map(([Sid, Action]) => ({ Sid, Effect: "Allow", Action, Resource: "*" })),
  };
  return `${fence(policy)}\n${purposeTable(statements.map(([sid]) => sid))}`;
}

/** The names of the types in the discovery page's folders. */
const FOLDERS: Readonly<Record<string, string>> = {
  docdb: "documentdb",
  keyspace: "keyspaces",
  rdsproxy: "rds-proxy",
};

/** The path of the part of the discovery page about a type. */
export function discoveryPartPath(type: string): string {
  return `docs/pages/includes/discovery/reference/aws-iam/${FOLDERS[type] ?? type}.mdx`;
}

/** Writes a file and the folders above it, and returns its name. */
export function writeFile(folder: string, name: string, text: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

/** Writes the reference page and its parts, and returns the page's file name. */
export function writeReferencePage(folder: string): string {
  for (const name of partNames) writeFile(folder, name, partText(name));
  return writeFile(folder, referencePagePath, referencePage());
}

/** Writes the discovery page and its parts, servers included, and returns the page's file name. */
export function writeDiscoveryPage(folder: string, types: readonly string[]): string {
  const servers = { Sid: "EC2Discovery", Effect: "Allow", Action: "ec2:X", Resource: "*" };
  writeFile(folder, discoveryPartPath("ec2"), fence({ Statement: [servers] }));
  for (const type of types) writeFile(folder, discoveryPartPath(type), discoveryPart(type));
  const include = (type: string): string => `### ${type}\n\n(!${discoveryPartPath(type)}!)\n`;
  return writeFile(
    folder,
    discoveryPagePath,
    `---\ntitle: Discovery Service AWS IAM Reference\n---\n\n## EC2\n\n(!${discoveryPartPath("ec2")}!)\n\n## Databases\n\n${types.map(include).join("\n")}`,
  );
}
