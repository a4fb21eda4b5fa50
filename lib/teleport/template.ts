import { type Place, problemAt } from "./place";

/** A mark of values that Helm, Jinja, ERB or Terraform's templatefile fill in later. */
const MARK = /\{\{|\{%|%\{|\$\{|<%/;

function problem(place: Place, mark: string): Error {
  return problemAt(
    place,
    `This is a template (it has ${mark}), so its values are unknown. Render it first, and give --from the result: the output of helm template, or the file that Ansible or Terraform writes.`,
  );
}

/** @throws UserError if a value is yet to be filled in */
export function refuseTemplate(text: string, place: Place): void {
  const [mark] = MARK.exec(text) ?? [];
  if (mark !== undefined) throw problem(place, mark);
}

/**
 * The error about a text that is not YAML because it is a template. Quotes can make all but `${` part of
 * an ordinary value.
 *
 * @param at the place of a line of the text
 */
export function templateProblem(text: string, at: (line: number) => Place): Error | undefined {
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trimStart().startsWith("#")) continue;
    const unquoted = line.includes("${") ? line : line.replace(/"[^"]*"|'[^']*'/g, "");
    const [mark] = MARK.exec(unquoted) ?? [];
    if (mark !== undefined) return problem(at(index + 1), mark);
  }
  return undefined;
}
