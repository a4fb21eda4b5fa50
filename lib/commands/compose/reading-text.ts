import { placeInFile, placeText, type Remark } from "../../teleport/place";
import { atlasText } from "./atlas-text";
import { composeCommandLine } from "../../files/command-line";
import type { ConfigurationReading, ModuleForConfiguration } from "./read-teleport-configuration";

const bullets = (items: readonly string[]): string[] => items.map((item) => `  - ${item}`);

function moduleLines({ purpose, types, defaults, unsaid }: ModuleForConfiguration): string[] {
  return [
    purpose,
    ...(types.length === 0 ? [] : [`  ${composeCommandLine(types, defaults)} --output <folder>`]),
    "  Not said anywhere:",
    ...bullets(unsaid).map((line) => `  ${line}`),
  ];
}

/** What was concluded from a file, a line each; the columns of places are for mistakes. */
function fileLines(file: string, conclusions: readonly Remark[]): string[] {
  const lines = conclusions
    .filter((remark) => remark.file === file)
    .map(({ text, ...place }) => ({ place: placeInFile({ ...place, column: undefined }), text }));
  const width = Math.max(0, ...lines.map(({ place }) => place.length));
  return [`Read ${file}:`, ...lines.map(({ place, text }) => `  ${place.padEnd(width)}  ${text}`)];
}

/** What was read of what is configured, as a person reads it. */
export function readingText(files: readonly string[], reading: ConfigurationReading): string {
  const { conclusions, warnings, modules, hasAtlas, serviceRoleArn } = reading;
  const [first, ...others] = modules;
  return [
    ...files.flatMap((file) => fileLines(file, conclusions)),
    ...warnings.map((warning) => `Warning: ${placeText(warning)}: ${warning.text}`),
    "",
    ...moduleLines(first),
    ...(others.length === 0 ? [] : ["", "It needs more modules, each from a command of its own:"]),
    ...others.flatMap(moduleLines),
    ...(hasAtlas ? ["", ...atlasText(serviceRoleArn)] : []),
    "",
    "",
  ].join("\n");
}
