import {
  DefaultTokenResolver,
  type IInterpolatingParent,
  type IResolvable,
  StringConcat,
  TerraformHclModule,
  type TerraformModuleUserConfig,
  Tokenization,
} from "cdktf";
import type { Construct } from "constructs";
import { marker } from "../files/marker";
import { checkInputs } from "../inputs/assignments";
import type { ModuleDefinition } from "../inputs/module-definition";
import type { Variable, VariableType } from "../inputs/variable";
import { renderModule } from "../module/render";
import { camelCase, snakeCase } from "../text/camel-case";
import { isList, isObject, type Json } from "../text/json";
import { UserError } from "../text/user-error";
import { moduleSource } from "./module-asset";

/** Properties of every module call besides its variables. */
export type CallProps = Pick<TerraformModuleUserConfig, "dependsOn" | "providers">;

function withTerraformNames(object: unknown): unknown {
  if (!isObject(object)) return object;
  return Object.fromEntries(
    Object.entries(object).map(([field, item]) => [snakeCase(field), item]),
  );
}

/** A value as the variable accepts it: the fields of objects have Terraform's names. */
function asVariable({ type }: Variable, value: unknown): unknown {
  if (type.kind === "object") return withTerraformNames(value);
  if (type.kind !== "objects" || !Array.isArray(value)) return value;
  return value.map(withTerraformNames);
}

/** True if Terraform decides something of a resolved value: what was a token is a template. */
function isTemplate(value: Json): boolean {
  return /[$%]\{/.test(JSON.stringify(value));
}

/** The part of a resolved value that is known before Terraform runs, as a value that can be checked. */
function knownPart({ kind }: VariableType, value: Json): Json | undefined {
  if (!isTemplate(value)) return value;
  if (kind === "list" && isList(value)) {
    const known = value.filter((item) => !isTemplate(item));
    // A list of unknown items is not an empty one.
    return known.length === 0 ? undefined : known;
  }
  if (["map", "tags", "maps", "policies"].includes(kind) && isObject(value)) {
    return Object.fromEntries(Object.entries(value).filter(([, item]) => !isTemplate(item)));
  }
  // Each field of a narrowing accepts "*".
  if (kind !== "objects" || !isList(value)) return undefined;
  return value.map((object) =>
    isObject(object)
      ? Object.fromEntries(
          Object.entries(object).map(([field, item]) => [field, isTemplate(item) ? "*" : item]),
        )
      : object,
  );
}

/**
 * A call of a module in a stack of a CDKTF app. The module is written beside the stack itself, because a
 * stack cannot be a part of another stack.
 *
 * A value that is known when the app synthesises is checked then, by the rules of the module's
 * variable; everything else in the plan. Attributes are the module's outputs, and can be used in other
 * stacks.
 */
export class ModuleCall extends TerraformHclModule implements IInterpolatingParent {
  constructor(
    scope: Construct,
    id: string,
    protected readonly definition: ModuleDefinition,
    { providers, dependsOn, ...values }: CallProps & Readonly<Record<string, unknown>>,
  ) {
    super(scope, id, {
      variables: Object.fromEntries(
        Object.entries(values).map(([name, value]) => {
          const variable = definition.variables.find((known) => camelCase(known.name) === name);
          return [snakeCase(name), variable === undefined ? value : asVariable(variable, value)];
        }),
      ),
      source: moduleSource(scope, `${id}-module`, renderModule(marker("synth"), definition)),
      skipAssetCreationFromLocalModules: true,
      ...(providers === undefined ? {} : { providers }),
      ...(dependsOn === undefined ? {} : { dependsOn }),
    });
    this.node.addValidation({ validate: () => this.findings() });
  }

  /** Resolves an output; CDKTF's maps call it. */
  interpolationForAttribute(name: string): IResolvable {
    return this.interpolationForOutput(name);
  }

  /** Findings about the values that are known. CDKTF adds the construct's path. */
  private findings(): string[] {
    const resolved = Tokenization.resolve(this.variables, {
      scope: this,
      resolver: new DefaultTokenResolver(new StringConcat()),
      preparing: false,
    }) as Readonly<Record<string, Json>>;
    const known = Object.entries(resolved).flatMap(([name, value]) => {
      const variable = this.definition.variables.find((candidate) => candidate.name === name);
      const part = variable === undefined ? value : knownPart(variable.type, value);
      return part === undefined ? [] : [[name, part] as const];
    });
    try {
      checkInputs(this.definition, Object.fromEntries(known));
      return [];
    } catch (error) {
      if (error instanceof UserError) return error.message.split("\n");
      throw error;
    }
  }
}
