/** The emitted modules as the tests of their language read them: JSON, not what made it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { PROJECT } from "./terraform";

/** A module's JSON, all of its files together. */
export type ModuleJson = Readonly<Record<string, unknown>>;

/** The modules under `modules/` by folder, with the blocks of all of their files. */
export function emittedModules(): readonly (readonly [folder: string, module: ModuleJson])[] {
  const root = path.join(PROJECT, "modules");
  return fs
    .readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const folder = path.join(root, name);
      const files = fs.readdirSync(folder).filter((file) => file.endsWith(".tf.json"));
      const parsed = files.map(
        (file) => JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")) as ModuleJson,
      );
      // Each kind of block is in one file: `versions`, `variables`, `main` or `outputs`.
      return [name, Object.assign({}, ...parsed) as ModuleJson] as const;
    });
}

/** The objects in a block that Terraform's JSON writes as one object or as a list of them. */
export function objectsIn(block: unknown): readonly ModuleJson[] {
  return [block ?? []].flat() as ModuleJson[];
}

/** A resource of a module. */
export interface EmittedResource {
  readonly type: string;
  readonly name: string;
  readonly body: ModuleJson;
}

/** The resources of a module. */
export function resourcesOf({ resource }: ModuleJson): EmittedResource[] {
  return objectsIn(resource).flatMap((types) =>
    Object.entries(types).flatMap(([type, names]) =>
      Object.entries(names as Record<string, unknown>).flatMap(([name, bodies]) =>
        objectsIn(bodies).map((body) => ({ type, name, body })),
      ),
    ),
  );
}

/** All texts in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The blocks of a kind that have a name, with their bodies. */
export function named(blocks: unknown): (readonly [name: string, body: ModuleJson])[] {
  return objectsIn(blocks).flatMap((names) =>
    Object.entries(names).flatMap(([name, bodies]) =>
      objectsIn(bodies).map((body) => [name, body] as const),
    ),
  );
}

/** The texts of a module that can be templates: descriptions, defaults and types cannot. */
export function templatesOf(module: ModuleJson): string[] {
  const variables = named(module.variable).flatMap(([, { validation }]) => textsIn(validation));
  const outputs = named(module.output).flatMap(([, { value, precondition }]) => [
    ...textsIn(value),
    ...textsIn(precondition),
  ]);
  const { resource, data, locals, check } = module;
  return [...variables, ...outputs, ...textsIn({ resource, data, locals, check })];
}

/** A call of a function in an expression. */
export interface FunctionCall {
  readonly name: string;
  /** The text before it, without space at its end. */
  readonly before: string;
}

/** The expressions in a template: the texts in `${…}` and `%{…}`, with the templates inside them. */
export function expressionsIn(template: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < template.length) {
    const two = template.slice(at, at + 2);
    if (template.startsWith("$${", at) || template.startsWith("%%{", at)) at += 3;
    else if (two === "${" || two === "%{") {
      const end = endOfExpression(template, at + 2);
      found.push(template.slice(at + 2, end));
      at = end + 1;
    } else at += 1;
  }
  return found;
}

/** The index of the brace that ends the expression at `start`. */
function endOfExpression(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '"') at = endOfQuoted(text, at);
    else if (text[at] === "{") depth += 1;
    else if (text[at] === "}") {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  throw new Error(`an expression does not end: ${text}`);
}

/** The index of the quotation mark that ends the quoted template at `start`. */
function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text.startsWith("$${", at)) at += 2;
    else if (text.startsWith("${", at)) at = endOfExpression(text, at + 2);
    else if (text[at] === '"') return at;
  }
  throw new Error(`a quoted text does not end: ${text}`);
}

/** An expression without its quoted texts, and the expressions in those texts. */
function withoutQuoted(expression: string): { code: string; inner: string[] } {
  const inner: string[] = [];
  let code = "";
  for (let at = 0; at < expression.length; at += 1) {
    if (expression[at] !== '"') {
      code += expression[at] ?? "";
      continue;
    }
    const end = endOfQuoted(expression, at);
    inner.push(...expressionsIn(expression.slice(at + 1, end)));
    code += '""';
    at = end;
  }
  return { code, inner };
}

/** The code of all expressions in a template, without its quoted texts. */
export function codeIn(template: string): string[] {
  return expressionsIn(template).flatMap(function codeOf(expression): string[] {
    const { code, inner } = withoutQuoted(expression);
    return [code, ...inner.flatMap(codeOf)];
  });
}

/** The calls of functions in a template. */
export function callsIn(template: string): FunctionCall[] {
  return codeIn(template).flatMap((code) =>
    [...code.matchAll(/([a-z_][\w-]*(?:::\w+)*)\s*\(/gi)]
      // `in (…)` and `if (…)` of a for expression are no calls.
      .filter(([, name = ""]) => !["in", "if", "for"].includes(name))
      .map(({ 1: name = "", index }) => ({ name, before: code.slice(0, index).trimEnd() })),
  );
}

/** A conditional of an expression: the texts of its two branches. */
export interface Conditional {
  readonly then: string;
  readonly otherwise: string;
}

/** The parts of an expression: between its brackets, and between commas outside of brackets. */
function partsOf(expression: string): string[] {
  const parts = [""];
  for (let at = 0; at < expression.length; at += 1) {
    const character = expression[at] ?? "";
    if (character === '"') {
      const end = endOfQuoted(expression, at);
      parts[0] = `${parts[0] ?? ""}${expression.slice(at, end + 1)}`;
      at = end;
    } else if ("([{".includes(character)) {
      const end = endOfBrackets(expression, at);
      parts.push(...partsOf(expression.slice(at + 1, end)));
      parts[0] = `${parts[0] ?? ""}${expression.slice(at, end + 1)}`;
      at = end;
    } else if (character === ",") {
      parts.push(...partsOf(expression.slice(at + 1)));
      break;
    } else parts[0] = `${parts[0] ?? ""}${character}`;
  }
  return parts;
}

/** The index of the bracket that closes the one at `start`. */
function endOfBrackets(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '"') at = endOfQuoted(text, at);
    else if ("([{".includes(text[at] ?? "")) depth += 1;
    else if (")]}".includes(text[at] ?? "")) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw new Error(`a bracket is not closed: ${text}`);
}

/** The places of `?`, `:` and ` if ` in a part, outside of brackets and quotation marks. */
function marksIn(part: string): { mark: string; at: number }[] {
  const marks: { mark: string; at: number }[] = [];
  for (let at = 0; at < part.length; at += 1) {
    const character = part[at] ?? "";
    if (character === '"') at = endOfQuoted(part, at);
    else if ("([{".includes(character)) at = endOfBrackets(part, at);
    else if (character === "?" || character === ":") marks.push({ mark: character, at });
    else if (part.startsWith(" if ", at)) marks.push({ mark: "if", at });
  }
  return marks;
}

/** The conditionals of one part of an expression. */
function conditionalsOfPart(part: string): Conditional[] {
  // `for x in list : …` has a colon and an `if` of its own; `key = …` is no part of a value.
  const forColon = /^\s*for\s/.test(part)
    ? marksIn(part).find(({ mark }) => mark === ":")
    : undefined;
  const value = forColon === undefined ? part : part.slice(forColon.at + 1);
  const marks = marksIn(value);
  const first = marks.findIndex(({ mark }) => mark === "?");
  if (first < 0) return [];
  let open = 0;
  const colon = marks.slice(first).find(({ mark }) => {
    if (mark === "?") open += 1;
    if (mark === ":") open -= 1;
    return mark === ":" && open === 0;
  });
  if (colon === undefined) throw new Error(`a conditional has no colon: ${part}`);
  const end = marks.find(({ mark, at }) => mark === "if" && at > colon.at)?.at ?? value.length;
  const then = value.slice((marks[first]?.at ?? 0) + 1, colon.at).trim();
  const otherwise = value.slice(colon.at + 1, end).trim();
  return [{ then, otherwise }, ...conditionalsOfPart(then), ...conditionalsOfPart(otherwise)];
}

/** The conditionals (`a ? b : c`) of a template, however deep. */
export function conditionalsIn(template: string): Conditional[] {
  return expressionsIn(template).flatMap(function conditionalsOf(expression): Conditional[] {
    const { inner } = withoutQuoted(expression);
    return [...partsOf(expression).flatMap(conditionalsOfPart), ...inner.flatMap(conditionalsOf)];
  });
}
