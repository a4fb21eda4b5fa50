import { isObject, parseJson } from "../text/json";
import { UserError } from "../text/user-error";
import { plainOrQuoted, quoted } from "../text/visible-text";
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

/** A line that begins a block of Terraform's configuration. */
const BLOCK =
  /^(resource|module|variable|provider|terraform|locals|data|output|moved|import|removed|check)\b[^:{\n]*\{/m;

/**
 * Names the format of text that is not YAML, as the end of a sentence; nothing if it may be YAML.
 */
function describeUnrecognisedText(text: string): string | undefined {
  if (text.startsWith("PK\u0003\u0004")) {
    return "is a saved plan, which only Terraform can read. Write it as JSON: terraform show -json tfplan > plan.json";
  }
  return BLOCK.test(text)
    ? "is Terraform's configuration, without values. Use a plan: terraform plan -out=tfplan, then terraform show -json tfplan > plan.json"
    : undefined;
}

/** Describes a document without a reader, as the end of a sentence. */
function describeUnrecognised({ keys }: Section): string {
  if (keys.includes("lineage") && keys.includes("serial")) {
    return "is Terraform's state file. Write it as JSON: terraform show -json > state.json";
  }
  const found = keys.slice(0, 5).map(quoted).join(", ") || "no keys";
  return `does not configure databases: it has ${found}. Name an agent's teleport.yaml, values of the Helm chart teleport-kube-agent (for another chart, the output of helm template), a manifest with teleport.yaml, or the output of tctl get db,discovery_config or terraform show -json.`;
}

function documentsOf({ file, text }: Input): Section[] {
  // A plan or state of Terraform can be so long that YAML takes minutes.
  const plan = text.includes('"format_version"') ? parseJson(text) : undefined;
  if (plan !== undefined && isObject(plan) && Object.hasOwn(plan, "format_version")) {
    return [new Section(jsonNode(plan, { file }))];
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
    const lines = warnings.slice(before, before + 5).map((one) => `${placeText(one)}: ${one.text}`);
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
