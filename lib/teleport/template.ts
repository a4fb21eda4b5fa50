import { type Place, problemAt } from "./place";
import type { Scalar } from "./tree";

/*
 * Files whose values something else fills in later: Helm, Jinja, Terraform's templatefile.
 */

const RENDER =
  "Render it first, and name the result: what helm template prints, or the file that Ansible or Terraform writes.";

/** What begins a template's expression, and how messages show it. */
const MARKS: readonly (readonly [mark: string, shown: string])[] = [
  ["{{", "{{ … }}, as Helm and Jinja have it"],
  ["{%", "{% … %}, as Jinja has it"],
  ["%{", "%{ … }, as Terraform has it"],
  ["${", "${ … }, as Terraform and envsubst have it"],
  ["<%", "<% … %>, as ERB has it"],
];

function sentence(shown: string): string {
  return `This is a template (${shown}), whose values are not known here. ${RENDER}`;
}

/** @throws UserError if a value is yet to be filled in */
export function refuseTemplate({ text, place }: Scalar): void {
  if (!text.includes("{") && !text.includes("<%")) return;
  const found = MARKS.find(([mark]) => text.includes(mark));
  if (found !== undefined) throw problemAt(place, sentence(found[1]));
}

/** Whether the first `{{` of a line is in quotes, in which it can be part of an ordinary value. */
function isQuoted(line: string, at: number): boolean {
  const before = line.slice(0, at);
  return before.includes('"') || before.includes("'");
}

/**
 * What is wrong with a text that is not YAML, if the reason is that it is a template.
 *
 * @param at the place of a line of the text
 */
export function templateProblem(text: string, at: (line: number) => Place): Error | undefined {
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trimStart().startsWith("#")) continue;
    for (const [mark, shown] of MARKS) {
      const found = line.indexOf(mark);
      if (found < 0 || (mark !== "${" && isQuoted(line, found))) continue;
      return problemAt(at(index + 1), sentence(shown));
    }
  }
  return undefined;
}
