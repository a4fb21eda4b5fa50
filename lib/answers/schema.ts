import * as fs from "node:fs";
import * as path from "node:path";

/** A JSON Schema of draft 2020-12, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of everything that the commands print for programs, by command under `$defs`. The build
 * makes it of the types and puts it beside the program.
 *
 * @see https://json-schema.org/draft/2020-12/schema
 */
export function schema(): JsonSchema {
  return JSON.parse(fs.readFileSync(path.join(__dirname, "schema.json"), "utf8")) as JsonSchema;
}
