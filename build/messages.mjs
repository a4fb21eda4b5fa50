/**
 * Prints the texts that people read: messages, help, descriptions of variables and sentences of READMEs.
 * `npm run messages` writes them to __tests__/messages.txt, so that a person reads each change in the diff.
 */
import * as fs from "node:fs";
import process from "node:process";
import { URL } from "node:url";
import ts from "typescript";

/** Files without messages: generated code, and the names of keys. */
const DATA = ["construct/variables.ts", "teleport/known-keys.ts"];

const LIB = new URL("../lib/", import.meta.url);

/** Three words in a row; code and names do not have them. */
const PROSE = /[A-Za-z]['a-z]+,? [a-z]['a-z-]*,? [a-z][a-z]/;
/** Expressions of Terraform, scripts of shells, and patterns. */
const CODE = /\bfor \w+ in\b|\w\(\w+\(|=> |\[\^|\bcomplete -|compopt|\s&& |^\$\{[^}]*\}$/;

/** A text of the source as it is shown: an ellipsis takes the place of each value. */
function textOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
}

function textsOf(file) {
  const content = fs.readFileSync(new URL(file, LIB), "utf8");
  const found = [];
  const visit = (node) => {
    const text = textOf(node);
    // Longer texts are data.
    if (text !== undefined && text.length < 2000 && PROSE.test(text) && !CODE.test(text)) {
      found.push(text.trim().replaceAll("\n", "\\n"));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true));
  return found;
}

const parts = fs
  .readdirSync(LIB, { recursive: true })
  .filter((name) => name.endsWith(".ts") && !DATA.includes(name))
  .sort()
  .map((name) => [name, textsOf(name)])
  .filter(([, texts]) => texts.length > 0)
  .map(([name, texts]) => `lib/${name}\n${texts.map((text) => `  ${text}\n`).join("")}`);
process.stdout.write(parts.join("\n"));
