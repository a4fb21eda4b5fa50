import type { Colors } from "picocolors/types";
import type { ExplainedStatement, Explanation } from "./explain";

/** How wide the names of a statement's properties are. */
const WIDTH = 11;

/** `label` and its lines, one below the other. */
function property(label: string, lines: readonly string[], colours: Colors): string[] {
  return lines.map(
    (line, index) => `  ${colours.dim((index === 0 ? label : "").padEnd(WIDTH))}${line}`,
  );
}

function omission({ omittable, switch: toggle }: ExplainedStatement): string[] {
  if (omittable === null) return ["Always needed."];
  return toggle === null
    ? [omittable]
    : [omittable, `Variable: ${toggle.variable} (default: ${String(toggle.default)})`];
}

function statementLines(statement: ExplainedStatement, colours: Colors): string[] {
  const narrower = statement.narrowings.flatMap(({ variable, arns }) => [
    colours.bold(variable),
    ...arns.map((arn) => `  ${arn}`),
  ]);
  return [
    colours.cyan(statement.sid),
    `  ${statement.purpose}`,
    ...(statement.carrier === "user-role"
      ? property("Carried by", ["the role that a user connects as, not the policy"], colours)
      : []),
    ...property("Left out", omission(statement), colours),
    ...property("Actions", statement.actions, colours),
    ...property("Resources", statement.resources, colours),
    ...property("Narrowed", narrower, colours),
    ...property("Source", [statement.source], colours),
    "",
  ];
}

/** An explanation as a person reads it. */
export function explainText(explanation: Explanation, colours: Colors): string {
  const { type, title, purpose, source, statements } = explanation;
  return [
    `${colours.bold(type)}  ${title}`,
    `  ${purpose}`,
    `  ${source}`,
    "",
    ...statements.flatMap((statement) => statementLines(statement, colours)),
  ].join("\n");
}
