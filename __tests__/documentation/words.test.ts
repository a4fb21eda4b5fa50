/** Plain English in what users read: no page is long, and none has a construction that reads strangely. */
import * as fs from "node:fs";
import * as path from "node:path";
import { PROJECT } from "../support/terraform";

const pagesIn = (folder: string): string[] =>
  fs
    .readdirSync(path.join(PROJECT, folder))
    .map((name) => `${folder}/${name}`)
    .filter((page) => page.endsWith(".md"));

const moduleReadmes = fs
  .readdirSync(path.join(PROJECT, "modules"))
  .map((module) => `modules/${module}/README.md`);

const pages = ["README.md", ...pagesIn("docs"), ...moduleReadmes];

const textOf = (page: string): string => fs.readFileSync(path.join(PROJECT, page), "utf8");

test.each(pages)("%s has at most 1,200 words", (page) => {
  // A cell's border is not a word.
  const words = textOf(page)
    .split(/\s+/)
    .filter((word) => /\w/.test(word));
  expect(words.length).toBeLessThanOrEqual(1200);
});

/** A construction, and what to write instead. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/\bstands?\b/, 'a value "is" in a file'],
  [/(?<!\bthere )\bis no\b(?! longer)/i, '"is not", "has no"'],
  [/\bwhom\b/i, "who, or a noun"],
  [/(?<!\bplace )\bwhere\b/i, '"if" for a condition'],
];

describe.each([...pages, "CHANGELOG.md"])("%s", (page) => {
  test.each(refused)("has no %s: write %s", (pattern) => {
    const lines = textOf(page)
      .replace(/^```[^]*?^```$/gm, "")
      .split("\n");
    expect(lines.filter((line) => pattern.test(line))).toEqual([]);
  });
});
