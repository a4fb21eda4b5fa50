/** The report of `npm run sources` on Teleport's pages in a temporary folder. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { differences } from "../../sources/compare";
import { readPage } from "../../sources/page";
import { partNamed, partText, writeFile } from "./teleport-pages";

/** Makes a temporary folder for each test, and returns a function with its name. */
export function useFolder(): () => string {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-sources-"));
  });
  return () => folder;
}

/** The lines about a file of a folder, without the folder, the parts' common path and the line's number. */
export function linesAbout(folder: string, file: string): string[] {
  return differences(readPage(file)).map((line) =>
    line
      .replaceAll(`${folder}/`, "")
      .replaceAll("docs/pages/includes/database-access/reference/aws-iam/", "")
      .replace(/^(\S+):\d+ {2}/, "$1  "),
  );
}

/** Replaces all of a text that must be there. */
export function replaced(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replaceAll(from, to);
}

/** The lines about a part, by the end of its path, in which a text is replaced. */
export function linesAboutChanged(folder: string, end: string, from: string, to: string): string[] {
  const name = partNamed(end);
  return linesAbout(folder, writeFile(folder, name, replaced(partText(name), from, to)));
}
