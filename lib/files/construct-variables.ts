import { camelCase } from "../text/camel-case";
import { databaseTypes } from "../catalog";
import { defineModule } from "../inputs/module-definition";
import type { Variable, VariableType } from "../inputs/variable";
import { wrap } from "../text/wrap";
import { marker } from "./marker";
import type { Files } from "./module-files";

/** The TypeScript type of a variable's values. Texts, numbers and lists of texts may be tokens as they are. */
function typescriptType(type: VariableType): string {
  switch (type.kind) {
    case "bool":
      return "boolean | IResolvable";
    case "number":
    case "string":
      return type.kind;
    case "list":
      return "readonly string[]";
    case "map":
    case "policies":
      return "Texts | IResolvable";
    case "maps":
      return "Readonly<Record<string, Texts>> | IResolvable";
    case "objects": {
      const fields = Object.keys(type.fields).map((name) => `readonly ${camelCase(name)}: string`);
      return `readonly { ${fields.join("; ")} }[] | IResolvable`;
    }
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

/** How long a line of a comment in an interface may be, in characters. */
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

/**
 * The variables of all modules as TypeScript, for the construct's properties: what each is, and which
 * of them the modules of a type have.
 */
export function constructVariables(): Files {
  const { variables } = defineModule(databaseTypes);
  const all = new Set(variables.map(({ name }) => name));
  const byType = databaseTypes.map((type) => ({ type, names: namesOf([type]) }));
  const ofEvery = namesOf([]);
  const ofOne = new Set(byType.flatMap(({ names }) => names));
  const text = [
    `// ${marker("npm run synth")}`,
    'import type { IResolvable } from "cdktf";',
    "type Texts = Readonly<Record<string, string>>;",
    `/** The variables of the modules. */\nexport interface Variables {\n${variables
      .map((variable) => property(variable, all))
      .join("\n")}\n}`,
    `/** Those that every module has. */\nexport type CommonVariable =${properties(ofEvery)};`,
    `/** Those of modules for more than one type. */\nexport type VariableOfSeveral =${properties(
      [...all].filter((name) => !ofOne.has(name)),
    )};`,
    `/** Those that a module has because of a type. */\nexport interface VariableOf {\n${byType
      .map(
        ({ type, names }) =>
          `  readonly "${type.name}":${properties(names.filter((name) => !ofEvery.includes(name)))};`,
      )
      .join("\n")}\n}`,
    `/** The types with database-user roles. */\nexport type TypeWithUserRoles =${union(
      databaseTypes.filter(({ userRole }) => userRole !== undefined).map(({ name }) => name),
    )};`,
  ];
  return new Map([["index.ts", `${text.join("\n\n")}\n`]]);
}
