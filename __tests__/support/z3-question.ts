import type { PlainDocument, PlainStatement } from "./plain-iam-evaluator";

const text = (value: string): string => `"${value}"`;
const any = (...parts: readonly string[]): string =>
  parts.length === 1 ? (parts[0] ?? "") : `(or false ${parts.join(" ")})`;
const all = (...parts: readonly string[]): string =>
  parts.length === 1 ? (parts[0] ?? "") : `(and true ${parts.join(" ")})`;
const not = (part: string): string => `(not ${part})`;

const NO_COLON = '(re.diff re.allchar (str.to_re ":"))';

/** A pattern as a regular expression; `letter` is what a wildcard may take. */
function expression(pattern: string, letter: string): string {
  const parts = (pattern.match(/[*?]|[^*?]+/g) ?? []).map((part) => {
    if (part === "*") return `(re.* ${letter})`;
    return part === "?" ? letter : `(str.to_re ${text(part)})`;
  });
  return `(re.++ (str.to_re "") (str.to_re "") ${parts.join(" ")})`;
}

/** The six parts of an ARN, of which missing ones are `*`: a wildcard in one of the first five takes no colon. */
function resourceMatches(pattern: string): string {
  if (pattern === "*") return "true";
  const parts = [...pattern.split(":"), "*", "*", "*"].slice(
    0,
    Math.max(6, pattern.split(":").length),
  );
  const [first, last] = [parts.slice(0, 5), parts.slice(5).join(":")];
  const expressions = first.map((part) => `${expression(part, NO_COLON)} (str.to_re ":")`);
  return `(str.in_re resource (re.++ ${expressions.join(" ")} ${expression(last, "re.allchar")}))`;
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const actionMatches = (pattern: string): string =>
  `(str.in_re action ${expression(pattern.toLowerCase(), "re.allchar")})`;

/** One test of the operators StringEquals, StringLike and their opposites. */
function testHolds(operator: string, key: string, values: readonly string[]): string {
  const matched = any(
    ...values.map((value) =>
      operator.endsWith("Like")
        ? `(str.in_re |${key}| ${expression(value, "re.allchar")})`
        : `(= |${key}| ${text(value)})`,
    ),
  );
  return operator.includes("Not")
    ? any(not(`|has ${key}|`), not(matched))
    : all(`|has ${key}|`, matched);
}

function statementMatches(statement: PlainStatement): string {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const actions = any(...listOf(Action ?? NotAction).map(actionMatches));
  const resources = any(...listOf(Resource ?? NotResource).map(resourceMatches));
  const tests = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => testHolds(operator, key, listOf(values))),
  );
  return all(
    Action === undefined ? not(actions) : actions,
    Resource === undefined ? not(resources) : resources,
    ...tests,
  );
}

function isAllowed({ Statement: statements }: PlainDocument): string {
  const of = (effect: string): string[] =>
    statements.filter(({ Effect }) => Effect === effect).map(statementMatches);
  return all(any("false", ...of("Allow")), not(any("false", ...of("Deny"))));
}

/** True if there is a request that `after` allows and `before` does not, as a question for z3. */
export function gainQuestion(
  before: PlainDocument,
  after: PlainDocument,
  keys: readonly string[],
): string {
  const name = `(re.+ ${NO_COLON})`;
  const part = `(re.* ${NO_COLON})`;
  return [
    "(declare-const action String)",
    "(declare-const resource String)",
    ...keys.flatMap((key) => [
      `(declare-const |${key}| String)`,
      `(declare-const |has ${key}| Bool)`,
    ]),
    `(assert (str.in_re action (re.++ ${name} (str.to_re ":") ${name})))`,
    // An action that is on no resource is on "*".
    `(assert (or (= resource "*") (str.in_re resource (re.++ (str.to_re "arn:") ${name} (str.to_re ":") ${name} (str.to_re ":") ${part} (str.to_re ":") ${part} (str.to_re ":") (re.+ re.allchar)))))`,
    `(assert ${isAllowed(after)})`,
    `(assert ${not(isAllowed(before))})`,
  ].join("\n");
}
