/** The schemas of the AWS provider: of the installed version, and of those that bindings were made from. */
import * as fs from "node:fs";
import * as path from "node:path";
import { TerraformRoot } from "./terraform";

/** An argument of a resource type. */
interface Argument {
  readonly required: boolean;
  /** The kind of its value. */
  readonly kind: "text" | "boolean" | "number" | "list" | "map" | "block";
}

/** A resource type of a provider. */
export interface ResourceSchema {
  readonly arguments: ReadonlyMap<string, Argument>;
  /** All names that can be read of a resource, in lower case without underscores. */
  readonly attributes: ReadonlySet<string>;
}

/** A version of the provider. */
export interface ProviderSchema {
  readonly version: string;
  /** The schema of a type; undefined if the provider does not have the type. */
  readonly resource: (type: string) => ResourceSchema | undefined;
}

/** A name without underscores in lower case: bindings write `policyArn` for `policy_arn`. */
export const plainName = (name: string): string => name.replaceAll("_", "").toLowerCase();

interface JsonSchema {
  readonly block: {
    readonly attributes?: Readonly<Record<string, JsonAttribute>>;
    readonly block_types?: Readonly<Record<string, unknown>>;
  };
}

interface JsonAttribute {
  readonly type?: string | readonly unknown[];
  readonly required?: true;
  readonly optional?: true;
}

function kindOf({ type }: JsonAttribute): Argument["kind"] {
  const [name] = [type].flat();
  switch (name) {
    case "string":
      return "text";
    case "bool":
      return "boolean";
    case "number":
      return "number";
    case "map":
      return "map";
    default:
      return "list";
  }
}

function fromJson({ block }: JsonSchema): ResourceSchema {
  const attributes = Object.entries(block.attributes ?? {});
  const blocks = Object.keys(block.block_types ?? {});
  return {
    arguments: new Map([
      ...attributes
        .filter(([, one]) => one.required === true || one.optional === true)
        .map(
          ([name, one]) => [name, { required: one.required === true, kind: kindOf(one) }] as const,
        ),
      ...blocks.map((name) => [name, { required: false, kind: "block" }] as const),
    ]),
    attributes: new Set([...attributes.map(([name]) => name), ...blocks].map(plainName)),
  };
}

/** The schema of the installed provider, from `terraform providers schema`. */
export function installedProvider(): ProviderSchema {
  const root = new TerraformRoot({
    "main.tf":
      'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n',
  });
  try {
    const { provider_schemas: schemas } = JSON.parse(
      root.init().succeed("providers", "schema", "-json"),
    ) as { provider_schemas: Record<string, { resource_schemas: Record<string, JsonSchema> }> };
    const { provider_selections: versions } = JSON.parse(root.succeed("version", "-json")) as {
      provider_selections: Record<string, string>;
    };
    const resources = Object.values(schemas)[0]?.resource_schemas ?? {};
    return {
      version: Object.values(versions)[0] ?? "",
      resource: (type) => {
        const schema = resources[type];
        return schema && fromJson(schema);
      },
    };
  } finally {
    root.dispose();
  }
}

function kindOfDeclaration(declared: string): Argument["kind"] {
  if (declared.startsWith("{")) return "map";
  if (/^string\b(?!\[)/.test(declared)) return "text";
  if (/^boolean\b/.test(declared)) return "boolean";
  if (/^number\b(?!\[)/.test(declared)) return "number";
  return declared.startsWith("string[]") ? "list" : "block";
}

/** The provider that a package of CDKTF's bindings was made from, by its declarations of types. */
export function providerOfBindings(folder: string): ProviderSchema {
  const declarations = (type: string): string | undefined => {
    const name = type.replace(/^aws_/, "").replaceAll("_", "-");
    const file = path.join(folder, "lib", name, "index.d.ts");
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  };
  const [, version = ""] =
    /hashicorp\/aws\/([\d.]+)\//.exec(declarations("aws_iam_role") ?? "") ?? [];
  return {
    version,
    resource: (type) => {
      const text = declarations(type);
      const config = /export interface \w+Config extends [^]*?\n\}/.exec(text ?? "")?.[0];
      if (text === undefined || config === undefined) return undefined;
      const found = config.matchAll(
        /\/docs\/resources\/\w+#(\w+) [^]*?\*\/\s*readonly \w+(\??): ([^]*?)[;\n]/g,
      );
      return {
        arguments: new Map(
          [...found].map(([, name = "", optional, declared = ""]) => [
            name,
            { required: optional === "", kind: kindOfDeclaration(declared) },
          ]),
        ),
        attributes: new Set(
          [...text.matchAll(/get (\w+)\(\)/g)].map(([, name = ""]) => plainName(name)),
        ),
      };
    },
  };
}
