import { Document, YAMLMap } from "yaml";
import { UserError } from "../text/user-error";
import { type Configuration, emptyConfiguration } from "./configuration";
import type { Format } from "./formats";
import { joinConfigurations } from "./join";
import { ConfigurationDocument, notAConfiguration, parseConfiguration } from "./parse";
import type { Remark } from "./place";
import { readers } from "./readers";
import type { Reader } from "./readers/reader";
import { Source } from "./section";
import { whatElse, whatText } from "./what-else";

/** A file that says what is configured. */
export interface Input {
  /** The file as it was named, or `standard input`. */
  readonly file: string;
  readonly text: string;
}

/** What `terraform show -json` prints: parsed as JSON, for it can be long. */
function planDocument(
  { file, text }: Input,
  warnings: Remark[],
): ConfigurationDocument | undefined {
  if (!/^\s*\{/.test(text) || !text.includes('"format_version"')) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const source = new Source(new Document(), () => ({ file }), warnings);
  return Object.hasOwn(json as object, "format_version")
    ? new ConfigurationDocument(source, new YAMLMap(), json)
    : undefined;
}

function documentsOf(input: Input, warnings: Remark[]): ConfigurationDocument[] {
  const { file, text } = input;
  const plan = planDocument(input, warnings);
  if (plan !== undefined) return [plan];
  const what = whatText(text);
  if (what !== undefined) throw notAConfiguration({ file }, what);
  return parseConfiguration(text, (line, column) => ({ file, line, column }), warnings);
}

/** @throws UserError where no reader knows the document, or another one than was asked for */
function readerOf(document: ConfigurationDocument, format: Format | undefined): Reader {
  const [name, reader] =
    Object.entries(readers).find(([, { recognises }]) => recognises(document)) ?? [];
  if (reader !== undefined && (format === undefined || name === format)) return reader;
  const { file } = document.place;
  if (format === undefined) throw notAConfiguration({ file }, whatElse(document));
  const instead = reader === undefined ? "" : ` but ${reader.title}: --from-format ${String(name)}`;
  throw notAConfiguration({ file }, `is not ${readers[format].title}${instead}.`);
}

function readInput(input: Input, format: Format | undefined): Configuration {
  const configuration = emptyConfiguration();
  try {
    for (const document of documentsOf(input, configuration.warnings)) {
      readerOf(document, format).read(document, configuration);
    }
  } catch (error) {
    // The stack's end: lists in lists without an end.
    if (!(error instanceof RangeError)) throw error;
    throw notAConfiguration(input, "is nested too deeply.");
  }
  return configuration;
}

/**
 * What the files configure together.
 *
 * @param format the one format that all of them have; found out by their content without
 * @throws UserError with its place for what cannot be read, is something else, or contradicts itself
 */
export function readConfiguration(inputs: readonly Input[], format?: Format): Configuration {
  const names = inputs.map(({ file }) => file);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UserError(`${twice} was named twice. Name it once.`);
  return joinConfigurations(inputs.map((input) => readInput(input, format)));
}
