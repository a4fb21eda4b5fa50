import * as fs from "node:fs";
import { SIGNATURE } from "./marker";

/** True if this program wrote `file`, by its beginning. Only regular files are read. */
export function isOwnFile(file: string): boolean {
  if (!fs.lstatSync(file).isFile()) return false;
  const handle = fs.openSync(file, "r");
  try {
    const beginning = Buffer.alloc(200);
    return beginning.toString("utf8", 0, fs.readSync(handle, beginning)).includes(SIGNATURE);
  } finally {
    fs.closeSync(handle);
  }
}

/** True if the regular file `file` has exactly this content. A file of another size is not read. */
export function hasContent(file: string, content: string): boolean {
  return (
    fs.statSync(file).size === Buffer.byteLength(content) &&
    fs.readFileSync(file, "utf8") === content
  );
}
