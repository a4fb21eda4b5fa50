import type { PolicyStatement } from "../catalog/policy-document";
import type { Io } from "./io";
import { wrap } from "../text/wrap";
import type { ExplainedStatement, ExplainedVariable, Explanation } from "../answers/explanation";

/** The layout of a text on a terminal. */
export type Layout = Pick<Io, "colours" | "columns">;

/** A property of a statement or variable, and its lines. */
type Property = readonly [label: string, lines: readonly string[]];

/** The width of the labels of properties, in characters. */
const WIDTH = 11;

/** A heading, the text below it, and properties in two columns, of which the first has `width` characters. */
export function part(
  heading: string,
  text: string,
  properties: readonly Property[],
  { colours, columns }: Layout,
  width = WIDTH,
): string[] {
  const lines = properties.flatMap(([label, texts]) =>
    texts
      .flatMap((each) => wrap(each, columns - 2 - width))
      .map((line, index) => colours.dim((index === 0 ? label : "").padEnd(width)) + line),
  );
  return [heading, ...[...wrap(text, columns - 2), ...lines].map((line) => `  ${line}`)];
}

function omission({ actions, omittable, switch: toggle }: ExplainedStatement): string[] {
  if (omittable === null) return ["Always needed."];
  if (actions.length === 0) return [omittable, 'Variable: services (with "discovery")'];
  return toggle === null
    ? [omittable]
    : [omittable, `Variable: ${toggle.variable} (default: ${String(toggle.default)})`];
}

/**
 * The database users that a Teleport role may allow, as YAML of its `spec.allow`, one item per
 * line.
 */
function dbUsers({ dbUsers: allowed, granted }: ExplainedStatement): Property[] {
  if (allowed === null) return [];
  const yaml = (users: readonly string[]): string[] =>
    `[${users.map((user) => JSON.stringify(user)).join(",\n ")}]`.split("\n");
  return [
    ["db_users:", yaml(allowed.users)],
    ["or", granted === undefined ? yaml(allowed.named) : []],
  ];
}

/** Lines with the statements that result from the given values. */
function grantedLines(granted: readonly PolicyStatement[]): string[] {
  if (granted.length === 0) return ["nothing, with these values"];
  return granted.flatMap(({ Action, Resource, Condition }) => [
    ...[Action].flat(),
    ...[Resource ?? []].flat().map((resource) => `  on ${resource}`),
    ...(Condition === undefined ? [] : [`  where ${JSON.stringify(Condition)}`]),
  ]);
}

const CARRIERS = {
  policy: [],
  "user-role": ["the role that a user connects as, not the policy"],
  "service-role": ["the role of the module service-role, not the policy"],
} as const;

function statementLines(statement: ExplainedStatement, layout: Layout): string[] {
  const { sid, purpose, carrier, narrowings, granted } = statement;
  const narrower = narrowings.flatMap(({ variable, arns }) => [
    layout.colours.bold(variable),
    ...arns.map((arn) => `  ${arn}`),
  ]);
  const properties: readonly Property[] = [
    ["Carried by", CARRIERS[carrier]],
    ["Left out", omission(statement)],
    ["Actions", statement.actions],
    ["Discovers", statement.discovers],
    ["Resources", statement.resources],
    ["Narrowed", narrower],
    ["Granted", granted === undefined ? [] : grantedLines(granted)],
    ...dbUsers(statement),
    ["Source", [statement.source]],
  ];
  return part(layout.colours.cyan(sid), purpose, properties, layout);
}

function variableLines(variable: ExplainedVariable, layout: Layout): string[] {
  const { name, module, type, description, default: preset } = variable;
  const properties: readonly Property[] = [
    ["Module", [module]],
    ["Type", [type]],
    ["Default", [preset ?? "none: required"]],
  ];
  return part(layout.colours.cyan(name), description, properties, layout);
}

/** An explanation as a person reads it. */
export function explainText(explanation: Explanation, layout: Layout): string {
  const { type, title, purpose, source, statements, variables } = explanation;
  const { bold } = layout.colours;
  const heading = type === null ? bold(title) : `${bold(type)}  ${title}`;
  const parts = [
    [...part(heading, purpose, [], layout), `  ${source}`],
    ...variables.map((variable) => variableLines(variable, layout)),
    ...statements.map((statement) => statementLines(statement, layout)),
  ];
  return parts.flatMap((lines) => [...lines, ""]).join("\n");
}
