/** The texts that people read are in messages.txt, and obey the rules of plain English in CONTRIBUTING.md. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const checkedIn = fs.readFileSync(path.join(__dirname, "messages.txt"), "utf8");

test("messages.txt has every message of the source", () => {
  const collected = execFileSync(process.execPath, ["build/messages.mjs"], { encoding: "utf8" });
  // If this fails: npm run messages, then read the difference.
  expect(collected.split("\n")).toEqual(checkedIn.split("\n"));
});

/** Words and constructions that make a sentence hard to read. */
const PATTERNS = [
  /(?<!\bthere )\b(?:is|are|has been) (?:no|none)\b/i,
  /\bstands?\b/,
  /\bwhom\b/i,
  /,? where /,
  /\bnone of\b|\bnothing that\b/,
  /\bbesides\b/,
  /\bmend\b|\bNot said\b|\banew\b/i,
  /\bbears? on\b|\bspeaks? of\b|\bfound out\b|\bin force\b|\bturns out\b/,
  /\b(?:goes|go) with\b|\bbeside it\b|\bwho wants\b|\bpassed over\b/i,
  /\b(?:is|are) not so that\b/,
  /^(?:What|That|Whom|Whether) (?:it|is|hangs|gives|remains|falls|stays)\b/,
];

test.each(PATTERNS)("no message has %s", (pattern) => {
  const found = checkedIn.split("\n").filter((line) => pattern.test(line.trim()));
  expect(found).toEqual([]);
});

test("no message has more than 40 words in a sentence", () => {
  const long = checkedIn
    .split(/\n|(?<=[.:;]) /)
    .filter((sentence) => sentence.split(/\s+/).length > 40);
  expect(long).toEqual([]);
});
