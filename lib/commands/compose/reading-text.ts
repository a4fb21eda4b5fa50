import { composeCommandLine } from "./command-line";
import type { ConfigurationReading, ModuleForConfiguration } from "./read-teleport-configuration";

const bullets = (items: readonly string[]): string[] => items.map((item) => `  - ${item}`);

function moduleLines({ purpose, types, defaults, unsaid }: ModuleForConfiguration): string[] {
  return [
    purpose,
    ...(types.length === 0 ? [] : [`  ${composeCommandLine(types, defaults)} --output <folder>`]),
    "  The file does not say:",
    ...bullets(unsaid).map((line) => `  ${line}`),
  ];
}

/** What was read from Teleport's configuration, as a person reads it. */
export function readingText(file: string, reading: ConfigurationReading): string {
  const { conclusions, warnings, modules } = reading;
  const [first, ...others] = modules;
  const width = Math.max(0, ...conclusions.map(({ line }) => String(line).length));
  return [
    `Read ${file}:`,
    ...conclusions.map(({ line, text }) => `  line ${String(line).padStart(width)}  ${text}`),
    ...warnings.map(
      ({ line, column, text }) =>
        `Warning: ${file}, line ${String(line)}, column ${String(column)}: ${text}`,
    ),
    "",
    ...moduleLines(first),
    ...(others.length === 0 ? [] : ["", "It needs more modules, each from a command of its own:"]),
    ...others.flatMap(moduleLines),
    "",
    "",
  ].join("\n");
}
