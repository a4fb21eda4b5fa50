import * as fs from "node:fs";
import * as path from "node:path";

/**
 * All that lies below a folder: the text of files, the target of symbolic links, by path.
 * Empty folders are in it, too, with a slash at the end of their path.
 */
export function contentOf(folder: string, prefix = ""): Record<string, string> {
  const entries = fs.readdirSync(path.join(folder, prefix), { withFileTypes: true });
  const content: Record<string, string> =
    entries.length === 0 && prefix !== "" ? { [prefix]: "" } : {};
  for (const entry of entries) {
    const name = `${prefix}${entry.name}`;
    const file = path.join(folder, name);
    if (entry.isDirectory()) Object.assign(content, contentOf(folder, `${name}/`));
    else if (entry.isSymbolicLink()) content[name] = `-> ${fs.readlinkSync(file)}`;
    else content[name] = fs.readFileSync(file, "utf8");
  }
  return content;
}
