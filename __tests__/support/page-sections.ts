import * as fs from "node:fs";
import * as path from "node:path";
import { compose } from "../../lib/answers/compose";
import type { AwsApi } from "./aws-api";
import type { Call } from "./aws-api/call";
import { PROJECT, type TerraformRoot } from "./terraform";

/** The accounts of the pages: that of the databases, and that of the service. */
export const DATABASES = "111122223333";
const SERVICE = "444455556666";

/** A section of a page that changes a root step by step. */
export interface PageSection {
  readonly heading: string;
  /** The name of its folder, and of its call, in the root of a test. */
  readonly folder: string;
  /** The root at the beginning, and after each step. */
  readonly blocks: readonly string[];
  /** The lines of each step's plan that the page shows. */
  readonly plans: readonly (readonly string[])[];
}

/** The role that roots of the pages attach policies to, made elsewhere. */
const AGENT = `
resource "aws_iam_role" "agent" {
  name               = "agent"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
`;

/** The names of policies and roles in the pages, and the defaults of the modules. */
const NAMES =
  /\b(DatabaseAccess-[a-z]+|TeleportDatabases|teleport-(?:db-(?:service|access)-role|agent|databases)|(?<=name += ")agent(?="))/g;

/** The sections of a page of docs/ that have a root before and after a change. */
export function pageSections(page: string): readonly PageSection[] {
  const text = fs.readFileSync(path.join(PROJECT, "docs", page), "utf8");
  const [, ...sections] = text.split(/^## /m);
  return sections.flatMap((section, index) => {
    const [heading = ""] = section.split("\n");
    const fences = (language: string): string[] =>
      [...section.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(
        ([, block = ""]) => block,
      );
    const blocks = fences("hcl");
    if (blocks.length < 2) return [];
    const plans = fences("text").map((plan) => plan.split("\n").filter((line) => line !== ""));
    return [{ heading, folder: `s${String(index)}`, blocks, plans }];
  });
}

/** The root of a test: a call for each section, and a provider for each account. */
export function rootOf(api: AwsApi, sections: readonly PageSection[]): string {
  return [
    api.providerOf(DATABASES),
    api.providerOf(SERVICE).replace("{", '{\n  alias = "service"'),
    ...sections.map(({ folder, blocks }) => {
      const providers = hasTwoAccounts(blocks)
        ? "  providers = { aws = aws.service, aws.databases = aws }\n"
        : "";
      return `module "${folder}" {\n  source = "./${folder}"\n${providers}}\n`;
    }),
  ].join("");
}

function hasTwoAccounts(blocks: readonly string[]): boolean {
  return blocks.some((block) => block.includes("aws.databases"));
}

/**
 * Writes a block of a section, with its modules, as a module of the test's root. The names of its
 * policies and roles end with the section's folder.
 *
 * @param modules the folder that has them; a module that it lacks is composed for the types in its name
 */
export function writeBlock(
  root: TerraformRoot,
  { folder, blocks }: PageSection,
  block: string,
  modules = path.join(PROJECT, "modules"),
): void {
  const own = (text: string): string => text.replaceAll(NAMES, `$1-${folder}`);
  fs.rmSync(path.join(root.folder, folder), { recursive: true, force: true });
  for (const [, name = ""] of block.matchAll(/source += "\.\/modules\/(.*)"/g)) {
    const source = path.join(modules, name);
    const files = fs.existsSync(source)
      ? fs
          .readdirSync(source)
          .filter((file) => file.endsWith(".tf.json"))
          .map((file) => [file, fs.readFileSync(path.join(source, file), "utf8")] as const)
      : [...compose({ types: name.split("-") })];
    root.addModule(
      path.join(folder, "modules", name),
      new Map(files.map(([file, text]) => [file, own(text)])),
    );
  }
  const aliases = hasTwoAccounts(blocks) ? "aws.databases" : "";
  root.write({
    [`${folder}/providers.tf`]: `terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n      configuration_aliases = [${aliases}]\n    }\n  }\n}\n`,
    [`${folder}/main.tf`]: own(block + (block.includes("aws_iam_role.agent") ? AGENT : "")),
  });
}

/** The lines about a section's resources in a plan, with the page's addresses. */
export function plannedLines(plan: string, { folder }: PageSection): string[] {
  const prefix = `module.${folder}.`;
  return plan
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith(`# ${prefix}`))
    .map((line) => line.replaceAll(prefix, ""));
}

/** The calls of the API about a section's policies and roles in an account, with the page's names. */
export function callsOf(calls: readonly Call[], { folder }: PageSection, account: string): Call[] {
  const end = `-${folder}`;
  return calls
    .filter((call) => call.account === account && JSON.stringify(call.parameters).includes(end))
    .map((call) => JSON.parse(JSON.stringify(call).replaceAll(end, "")) as Call);
}

/** The accounts in which a section's policies and roles can be. */
export const ACCOUNTS = [DATABASES, SERVICE] as const;
