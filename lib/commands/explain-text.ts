import type { PolicyStatement } from "../catalog/policy-document";
import type { Io } from "./io";
import { wrap } from "../text/wrap";
import type { ExplainedStatement, ExplainedVariable, Explanation } from "../answers/explanation";

/** The layout of text. */
type Layout = Pick<Io, "colours" | "columns">;

/** The width of the names of a statement's properties, in characters. */
const WIDTH = 11;

/** `text` with a margin of two characters. */
function indented(text: string, { columns }: Layout): string[] {
  return wrap(text, columns - 2).map((line) => `  ${line}`);
}

/** `label` and its lines, one below the other. */
function property(label: string, lines: readonly string[], { colours }: Layout): string[] {
  return lines.map(
    (line, index) => `  ${colours.dim((index === 0 ? label : "").padEnd(WIDTH))}${line}`,
  );
}

/** As {@link property}, of sentences. */
function prose(label: string, sentences: readonly string[], layout: Layout): string[] {
  const lines = sentences.flatMap((sentence) => wrap(sentence, layout.columns - 2 - WIDTH));
  return property(label, lines, layout);
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
function dbUserLines({ dbUsers, granted }: ExplainedStatement, layout: Layout): string[] {
  if (dbUsers === null) return [];
  const yaml = (users: readonly string[]): string[] =>
    `[${users.map((user) => JSON.stringify(user)).join(",\n ")}]`.split("\n");
  return [
    ...property("db_users:", yaml(dbUsers.users), layout),
    ...(granted === undefined ? property("or", yaml(dbUsers.named), layout) : []),
  ];
}

/** Lines with the statements that result from the given values. */
function grantedLines(granted: readonly PolicyStatement[] | undefined, layout: Layout): string[] {
  if (granted === undefined) return [];
  if (granted.length === 0) return prose("Granted", ["nothing, with these values"], layout);
  return property(
    "Granted",
    granted.flatMap(({ Action, Resource, Condition }) => [
      ...[Action].flat(),
      ...[Resource ?? []].flat().map((resource) => `  on ${resource}`),
      ...(Condition === undefined ? [] : [`  where ${JSON.stringify(Condition)}`]),
    ]),
    layout,
  );
}

const CARRIERS = {
  "user-role": "the role that a user connects as, not the policy",
  "service-role": "the role of the module service-role, not the policy",
} as const;

function statementLines(statement: ExplainedStatement, layout: Layout): string[] {
  const { colours } = layout;
  const narrower = statement.narrowings.flatMap(({ variable, arns }) => [
    colours.bold(variable),
    ...arns.map((arn) => `  ${arn}`),
  ]);
  return [
    colours.cyan(statement.sid),
    ...indented(statement.purpose, layout),
    ...(statement.carrier === "policy"
      ? []
      : prose("Carried by", [CARRIERS[statement.carrier]], layout)),
    ...prose("Left out", omission(statement), layout),
    ...property("Actions", statement.actions, layout),
    ...property("Discovers", statement.discovers, layout),
    ...property("Resources", statement.resources, layout),
    ...property("Narrowed", narrower, layout),
    ...grantedLines(statement.granted, layout),
    ...dbUserLines(statement, layout),
    ...property("Source", [statement.source], layout),
    "",
  ];
}

function variableLines(variable: ExplainedVariable, layout: Layout): string[] {
  const { name, module, type, description, default: preset } = variable;
  return [
    layout.colours.cyan(name),
    ...indented(description, layout),
    ...property("Module", [module], layout),
    ...property("Type", [type], layout),
    ...property("Default", [preset ?? "none: required"], layout),
    "",
  ];
}

/** An explanation as a person reads it. */
export function explainText(explanation: Explanation, layout: Layout): string {
  const { type, title, purpose, source, statements, variables } = explanation;
  return [
    ...wrap(type === null ? title : `${type}  ${title}`, layout.columns).map((line) =>
      line.replace(type ?? title, layout.colours.bold(type ?? title)),
    ),
    ...indented(purpose, layout),
    `  ${source}`,
    "",
    ...variables.flatMap((variable) => variableLines(variable, layout)),
    ...statements.flatMap((statement) => statementLines(statement, layout)),
  ].join("\n");
}
