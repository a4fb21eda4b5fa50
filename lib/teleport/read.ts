import { isObject, type Json } from "../text/json";
import { UserError } from "../text/user-error";
import { plainOrQuoted } from "../text/visible-text";
import { Configuration, type Reader } from "./configuration";
import { notAConfiguration, parseConfiguration } from "./parse";
import { placeText } from "./place";
import { helmValues } from "./readers/helm-values";
import { kubernetes } from "./readers/kubernetes";
import { resources } from "./readers/resources";
import { teleportYaml } from "./readers/teleport-yaml";
import { terraform } from "./readers/terraform";
import { Section } from "./section";
import { jsonNode } from "./tree";
import { describeUnrecognised, describeUnrecognisedText } from "./unrecognised-file";

/** A configuration file. */
export interface Input {
  /** The file as it was named, or `standard input`. */
  readonly file: string;
  readonly text: string;
}

/** The reader of each format, by the name that `--from-format` takes. The first that recognises a document reads it. */
const readers = {
  "teleport-yaml": teleportYaml,
  "helm-values": helmValues,
  kubernetes,
  resources,
  terraform,
} as const;

/** The name of a format. */
export type Format = keyof typeof readers;

/** The names of the formats. */
export const formats = Object.keys(readers) as readonly Format[];

/** A plan or state of Terraform: parsed as JSON, because it can be long. */
function parsePlan(text: string): Json {
  if (!text.trimStart().startsWith("{") || !text.includes('"format_version"')) return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function documentsOf({ file, text }: Input): Section[] {
  const plan = parsePlan(text);
  if (isObject(plan) && Object.hasOwn(plan, "format_version")) {
    return [new Section(jsonNode(plan, { file }), "", { file })];
  }
  const what = describeUnrecognisedText(text);
  if (what !== undefined) throw notAConfiguration({ file }, what);
  return parseConfiguration(text, (line, column) => ({ file, line, column }));
}

/** @throws UserError if no reader knows the document, or another one than was asked for */
function readerOf(document: Section, format: Format | undefined): Reader {
  const found = formats.find((name) => readers[name].recognises(document));
  if (found !== undefined && (format === undefined || found === format)) return readers[found];
  if (format === undefined) throw notAConfiguration(document.place, describeUnrecognised(document));
  const instead = found === undefined ? "" : ` but ${readers[found].title}: --from-format ${found}`;
  const { file } = document.place;
  throw notAConfiguration({ file }, `is not ${readers[format].title}${instead}.`);
}

function readInput(input: Input, format: Format | undefined, configuration: Configuration): void {
  const { warnings } = configuration;
  const before = warnings.length;
  try {
    for (const document of documentsOf(input)) {
      readerOf(document, format).read(document, configuration);
    }
  } catch (error) {
    // The stack's end: lists in lists without an end.
    if (error instanceof RangeError) throw notAConfiguration(input, "is nested too deeply.");
    if (!(error instanceof UserError)) throw error;
    // A misspelt key is not there: its warning says why there is an error.
    const lines = warnings
      .slice(before, before + 5)
      .map((warning) => `${placeText(warning)}: ${warning.text}`);
    throw new UserError([...lines, error.message].join("\n"), { cause: error });
  }
}

/**
 * The content of all files together.
 *
 * @param format the one format that all of them have; found out by their content without
 * @throws UserError with its place for what cannot be read, is something else, or contradicts itself
 */
export function readConfiguration(inputs: readonly Input[], format?: Format): Configuration {
  const names = inputs.map(({ file }) => file);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UserError(`${plainOrQuoted(twice)} was named twice. Name it once.`);
  }
  const configuration = new Configuration();
  for (const input of inputs) readInput(input, format, configuration);
  return configuration;
}
