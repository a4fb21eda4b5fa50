import { policyDocument } from "../../catalog/policy-document";
import { moduleCall } from "../../files/module-call";
import type { ModuleCall } from "../../teleport/module-call";
import { placeInFile, placeText, type Remark } from "../../teleport/place";
import { plainOrQuoted } from "../../text/visible-text";
import type { ConfigurationReading } from "../../answers/read-teleport-configuration";
import { folderName, inputsOf } from "../../answers/root-files";

/** More warnings than this are counted only. */
const MOST_WARNINGS = 50;

function section(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`  ${heading}:`, ...items.map((item) => `    - ${item}`)];
}

/** Lines about a call: its purpose, and the values that are missing. */
function callLines({ purpose, name, missing, open }: ModuleCall): string[] {
  return [
    `module.${name}: ${purpose}`,
    ...section("Missing (set these yourself)", missing),
    ...section("Stays open", open),
  ];
}

/** The conclusions from a file, one per line, without columns. */
function fileLines(file: string, conclusions: readonly Remark[]): string[] {
  const lines = conclusions
    .filter((remark) => remark.file === file)
    .map(({ text, ...place }) => ({ place: placeInFile({ ...place, column: undefined }), text }));
  const width = lines.reduce((most, { place }) => Math.max(most, place.length), 0);
  return [
    `Read ${plainOrQuoted(file)}:`,
    ...lines.map(({ place, text }) => `  ${place.padEnd(width)}  ${text}`),
  ];
}

function warningLines(warnings: readonly Remark[]): string[] {
  const more = warnings.length - MOST_WARNINGS;
  return [
    ...warnings
      .slice(0, MOST_WARNINGS)
      .map((warning) => `Warning: ${placeText(warning)}: ${warning.text}`),
    ...(more > 0 ? [`And ${String(more)} more warnings.`] : []),
  ];
}

/**
 * Text about users of MongoDB Atlas who authenticate with AWS IAM. No module covers them, because the connecting user names the role.
 *
 * @param serviceRoleArn the Database Service's role, if it is known
 * @see https://goteleport.com/docs/enroll-resources/database-access/enrollment/managed/mongodb-atlas/
 */
function atlasText(
  serviceRoleArn = "arn:aws:iam::<account>:role/<role of the Database Service>",
): readonly string[] {
  const document = (value: object): string[] =>
    JSON.stringify(value, null, 2)
      .split("\n")
      .map((line) => `    ${line}`);
  return [
    "MongoDB Atlas with AWS IAM authentication: the Database Service assumes the role that the user connects as.",
    "  Its own role needs this statement, which no module writes:",
    ...document({
      Sid: "MongoDBAtlasConnectAsIAMRole",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: "arn:aws:iam::<account>:role/<role that users connect as>",
    }),
    "  And the role that users connect as needs this trust policy:",
    ...document(
      policyDocument([
        { Effect: "Allow", Principal: { AWS: serviceRoleArn }, Action: "sts:AssumeRole" },
      ]),
    ),
  ];
}

/** Text about the configuration that was read, for people. */
export function readingText(files: readonly string[], reading: ConfigurationReading): string {
  const { conclusions, warnings, modules, hasAtlas, serviceRoleArn } = reading;
  return [
    ...files.flatMap((file) => fileLines(file, conclusions)),
    ...warningLines(warnings),
    ...modules.flatMap((call) => ["", ...callLines(call)]),
    ...(hasAtlas ? ["", ...atlasText(serviceRoleArn)] : []),
    "",
    "",
  ].join("\n");
}

/** The calls of a root configuration that the reading needs; `source` is the folder of its main module. */
export function callsText({ modules, main }: ConfigurationReading, source: string): string {
  const hasAccounts = new Set(modules.map(({ alias }) => alias)).size > 1;
  const calls = modules.map((call) =>
    moduleCall(
      call.name,
      call === main ? source : `./${folderName(call)}`,
      call === main ? call.call : inputsOf(call),
      hasAccounts ? `aws.${call.alias}` : undefined,
    ),
  );
  const others = modules.length > 1;
  return [
    ...calls,
    ...(others
      ? ["To write this root with all of its modules: --root <folder> in place of --output."]
      : []),
  ].join("\n\n");
}
