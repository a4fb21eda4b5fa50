import { UserError } from "../text/user-error";
import { plainOrQuoted } from "../text/visible-text";
import { type Configuration, emptyConfiguration } from "./configuration";
import type { Format } from "./formats";
import { joinConfigurations } from "./join";
import {
  type ConfigurationDocument,
  notAConfiguration,
  parseConfiguration,
  parsePlan,
} from "./parse";
import { placeText, type Remark } from "./place";
import { readers } from "./readers";
import type { Reader } from "./readers/reader";
import { whatElse, whatText } from "./what-else";

/** A file that says what is configured. */
export interface Input {
  /** The file as it was named, or `standard input`. */
  readonly file: string;
  readonly text: string;
}

/** How many warnings go before an error that may follow from one of them. */
const MOST_BEFORE = 5;

function documentsOf({ file, text }: Input, warnings: Remark[]): ConfigurationDocument[] {
  const plan = parsePlan(text, { file }, warnings);
  if (plan !== undefined) return [plan];
  const what = whatText(text);
  if (what !== undefined) throw notAConfiguration({ file }, what);
  return parseConfiguration(text, (line, column) => ({ file, line, column }), warnings);
}

/** @throws UserError if no reader knows the document, or another one than was asked for */
function readerOf(document: ConfigurationDocument, format: Format | undefined): Reader {
  const [name, reader] =
    Object.entries(readers).find(([, { recognises }]) => recognises(document)) ?? [];
  if (reader !== undefined && (format === undefined || name === format)) return reader;
  const { place } = document.root;
  if (format === undefined) throw notAConfiguration(place, whatElse(document.section));
  const instead = reader === undefined ? "" : ` but ${reader.title}: --from-format ${String(name)}`;
  throw notAConfiguration({ file: place.file }, `is not ${readers[format].title}${instead}.`);
}

/** An error, with the warnings in front that it may follow from: a misspelt key is not there. */
function afterWarnings(error: UserError, warnings: readonly Remark[]): UserError {
  const lines = warnings
    .slice(0, MOST_BEFORE)
    .map((warning) => `${placeText(warning)}: ${warning.text}`);
  return lines.length === 0
    ? error
    : new UserError([...lines, error.message].join("\n"), { cause: error });
}

function readInput(input: Input, format: Format | undefined): Configuration {
  const configuration = emptyConfiguration();
  try {
    for (const document of documentsOf(input, configuration.warnings)) {
      readerOf(document, format).read(document, configuration);
    }
  } catch (error) {
    // The stack's end: lists in lists without an end.
    if (error instanceof RangeError) throw notAConfiguration(input, "is nested too deeply.");
    throw error instanceof UserError ? afterWarnings(error, configuration.warnings) : error;
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
  if (twice !== undefined) {
    throw new UserError(`${plainOrQuoted(twice)} was named twice. Name it once.`);
  }
  return joinConfigurations(inputs.map((input) => readInput(input, format)));
}
