import * as fs from "node:fs";
import * as path from "node:path";
import { PROJECT } from "./terraform";

/** The JSON Schema of what the commands print, as the build has made it. */
export function printedSchema(): object {
  return JSON.parse(fs.readFileSync(path.join(PROJECT, "dist", "schema.json"), "utf8")) as object;
}
