import * as fs from "node:fs";
import { isMarked } from "./marker";

/** True if this program wrote `file`, by its beginning. Only regular files are read. */
export function isOwnFile(file: string): boolean {
  if (!fs.lstatSync(file).isFile()) return false;
  const handle = fs.openSync(file, "r");
  try {
    const buffer = Buffer.alloc(1024);
    return isMarked(buffer.toString("utf8", 0, fs.readSync(handle, buffer)));
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
