/**
 * Writes lib/construct/variables.ts, the types of the constructs' properties. The build and the linter
 * run it; the file is not checked in.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { camelCase } from "../lib/text/camel-case";
import { databaseTypes } from "../lib/catalog";
import { defineModule, roleModules } from "../lib/inputs/module-definition";
import type { Variable, VariableType } from "../lib/inputs/variable";
import { wrap } from "../lib/text/wrap";
import { marker } from "../lib/files/marker";

/** The TypeScript type of a variable's values. Texts, numbers and lists of texts may be tokens as they are. */
function typescriptType(type: VariableType): string {
  switch (type.kind) {
    case "bool":
      return "boolean | IResolvable";
    case "string":
      return "string";
    case "list":
      return "readonly string[]";
    case "map":
    case "tags":
    case "policies":
      return "Texts | IResolvable";
    case "maps":
      return "Readonly<Record<string, Texts>> | IResolvable";
    case "objects": {
      const fields = Object.keys(type.fields).map((name) => `readonly ${camelCase(name)}: string`);
      return `readonly { ${fields.join("; ")} }[] | IResolvable`;
    }
    case "object": {
      const fields = Object.entries(type.fields).map(
        ([name, rule]) =>
          `readonly ${camelCase(name)}: ${rule === "bool" ? "boolean" : "readonly string[]"}`,
      );
      return `{ ${fields.join("; ")} } | IResolvable`;
    }
    case "conditions":
      return type.bySid === true
        ? "Readonly<Record<string, Conditions>> | IResolvable"
        : "Conditions | IResolvable";
    case "statements":
      return "readonly Statement[] | IResolvable";
  }
}

/** A description with the names of variables and fields as TypeScript has them, and without null. */
function inTypeScript({ description, type }: Variable, names: ReadonlySet<string>): string {
  const fields = type.kind === "objects" ? Object.keys(type.fields) : [];
  return description
    .replace(/(?<![\w.…])[a-z]+(_[a-z]+)+\b/g, (name) =>
      names.has(name) || fields.includes(name) ? camelCase(name) : name,
    )
    .replace(/\bnull: /g, "left out: ")
    .replaceAll("*/", "*\\/");
}

/** The longest line of a comment in an interface, in characters. */
const COMMENT_WIDTH = 93;

function property(variable: Variable, names: ReadonlySet<string>): string {
  const { name, type, default: preset } = variable;
  const isRequired = preset === undefined;
  const shown = isRequired || preset === null ? [] : ["", `@default ${JSON.stringify(preset)}`];
  const comment = [...wrap(inTypeScript(variable, names), COMMENT_WIDTH), ...shown];
  return [
    "  /**",
    ...comment.map((line) => `   * ${line}`.trimEnd()),
    "   */",
    `  readonly ${camelCase(name)}${isRequired ? "" : "?"}: ${typescriptType(type)};`,
  ].join("\n");
}

/** A union of `literals`, for TypeScript; `never` of none. */
function union(literals: readonly string[]): string {
  return literals.length === 0
    ? " never"
    : literals.map((literal) => `\n    | ${JSON.stringify(literal)}`).join("");
}

const properties = (names: readonly string[]): string => union(names.map(camelCase));

const namesOf = (types: typeof databaseTypes): string[] =>
  defineModule(types).variables.map(({ name }) => name);

/** An interface of `variables`, which `known` can refer to. */
function interfaceOf(comment: string, name: string, variables: readonly Variable[]): string {
  const known = new Set(variables.map((variable) => variable.name));
  const properties = variables.map((variable) => property(variable, known));
  return `/** ${comment} */\nexport interface ${name} {\n${properties.join("\n")}\n}`;
}

const ofEvery = namesOf([]);
const text = [
  `// ${marker("npm run build")}`,
  'import type { IResolvable } from "cdktf";',
  "type Texts = Readonly<Record<string, string>>;",
  "/** Conditions of IAM: operator, key, values. */\nexport type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;",
  "/** A statement of IAM. */\nexport interface Statement {\n  readonly Sid: string;\n  readonly Effect: string;\n  readonly Action: readonly string[];\n  readonly Resource: readonly string[];\n  readonly Condition: Conditions;\n}",
  interfaceOf(
    "The variables of the modules that make a policy.",
    "Variables",
    defineModule(databaseTypes).variables,
  ),
  interfaceOf(
    "The variables of the service role's module.",
    "ServiceRoleVariables",
    roleModules["service-role"].variables,
  ),
  interfaceOf(
    "The variables of the access role's module.",
    "AccessRoleVariables",
    roleModules["access-role"].variables,
  ),
  `/** The variables that every module with a policy has. */\nexport type CommonVariable =${properties(ofEvery)};`,
  `/** The variables that a module has because of a type. */\nexport interface VariableOf {\n${databaseTypes
    .map(
      (type) =>
        `  readonly "${type.name}":${properties(namesOf([type]).filter((name) => !ofEvery.includes(name)))};`,
    )
    .join("\n")}\n}`,
  `/** The types with database-user roles. */\nexport type TypeWithUserRoles =${union(
    databaseTypes.filter(({ userRole }) => userRole !== undefined).map(({ name }) => name),
  )};`,
];
// The compiled script is one folder below the project.
const file = path.resolve(__dirname, "..", "lib/construct/variables.ts");
fs.writeFileSync(file, `${text.join("\n\n")}\n`);
