import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Files } from "../lib/files/module-files";
import { literal } from "../lib/text/hcl";
import type { PolicyDocument } from "../lib/catalog/policy-document";
import { type Json, prettyJson } from "../lib/text/json";
import { UserError } from "../lib/text/user-error";
import { type ModuleBlocks, moduleBlocks } from "../lib/files/module-blocks";

/** A module with the values of a call. Values of variables that it does not have are left out. */
export interface Call {
  readonly module: Files;
  readonly values: Readonly<Record<string, Json>>;
}

/** The documents and addresses of a call, as Terraform evaluates them. */
export interface EvaluatedModule {
  /** IAM documents by name: `policy`, `boundary`, `trust of …`. */
  readonly documents: Readonly<Record<string, PolicyDocument>>;
  /** Addresses in the module of all AWS resources that the call plans. */
  readonly addresses: readonly string[];
}

/** The expression inside `${…}`. */
function inner(template: string): string {
  return /^\$\{(.*)\}$/s.exec(template)?.[1] ?? JSON.stringify(template);
}

/** References that only a provider can fill. */
const RESOURCE = /\b(aws_\w+|terraform_data|data|module)\.\w/;

/** The local values that `needed` refers to, directly or through others. */
function reached(locals: ModuleBlocks["locals"], needed: unknown): Record<string, Json> {
  const found: Record<string, Json> = {};
  const visit = (value: unknown): void => {
    for (const [, name = ""] of JSON.stringify(value).matchAll(/\blocal\.(\w+)/g)) {
      const local = locals[name];
      if (local === undefined || name in found) continue;
      found[name] = local;
      visit(local);
    }
  };
  visit(needed);
  return found;
}

/** The IAM documents, as templates of their JSON, by name. */
function documentTemplates({ output, locals, resource }: ModuleBlocks): Record<string, unknown> {
  const roles = resource.aws_iam_role ?? {};
  return {
    policy: output.policy_json?.value ?? locals.policy_json,
    boundary: output.permissions_boundary_json?.value,
    "trust of the service role": roles.service?.assume_role_policy,
    "trust of the access role": roles.access?.assume_role_policy,
    "trust of the user roles":
      output.user_role_trust_policies?.value ?? locals.user_role_trust_policies,
  };
}

/** The keys of each resource, as templates; a list of null for a resource without a key. */
function keyTemplates({ resource, locals }: ModuleBlocks): Record<string, unknown> {
  return Object.fromEntries(
    // A terraform_data is in the state only.
    Object.entries(resource).flatMap(([type, resources]) =>
      Object.entries(type === "terraform_data" ? {} : resources).flatMap(
        ([name, { for_each: forEach, count }]) => {
          const keys =
            typeof forEach === "string"
              ? `\${try(keys(${inner(forEach)}), tolist(${inner(forEach)}))}`
              : typeof count === "string"
                ? `\${range(${inner(count)})}`
                : [null];
          // A key that depends on a resource is known after apply only.
          const isKnown = !RESOURCE.test(JSON.stringify([keys, reached(locals, keys)]));
          return isKnown ? [[`${type}.${name}`, keys] as const] : [];
        },
      ),
    ),
  );
}

/**
 * The module without its resources, validations and outputs, so that it needs no provider. One output has
 * its documents and the keys of its resources.
 */
function evaluable(blocks: ModuleBlocks): object {
  const value = { documents: documentTemplates(blocks), keys: keyTemplates(blocks) };
  return {
    variable: Object.fromEntries(
      Object.entries(blocks.variable).map(([name, block]) => [
        name,
        Object.fromEntries(
          ["type", "default", "nullable"]
            .filter((argument) => block[argument] !== undefined)
            .map((argument) => [argument, block[argument]]),
        ),
      ]),
    ),
    locals: reached(blocks.locals, value),
    output: { evaluated: { value } },
  };
}

/** A value of the caller that Terraform must not evaluate. */
function literalValue(value: Json): Json {
  if (typeof value === "string") return literal(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(literalValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literalValue(item)]));
}

/** The output of `terraform` with `args` in `folder`. */
function terraform(folder: string, ...args: readonly string[]): string {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("TF_")),
  );
  const run = spawnSync("terraform", args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    env: { ...environment, TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" },
  });
  const error: NodeJS.ErrnoException | undefined = run.error;
  if (error?.code === "ENOENT") {
    throw new UserError(
      "terraform is not on the PATH. Install it: https://developer.hashicorp.com/terraform/install",
    );
  }
  if (error !== undefined) throw error;
  if (run.status !== 0) {
    throw new UserError(`terraform ${args.join(" ")} failed: ${run.stderr.trim()}`);
  }
  return run.stdout;
}

/** The value of the output of {@link evaluable}. */
interface Evaluated {
  readonly documents: Readonly<Record<string, string | Readonly<Record<string, string>> | null>>;
  readonly keys: Readonly<Record<string, readonly (string | number | null)[]>>;
}

function evaluatedModule({ documents, keys }: Evaluated): EvaluatedModule {
  const parse = (text: string): PolicyDocument => JSON.parse(text) as PolicyDocument;
  return {
    documents: Object.fromEntries(
      Object.entries(documents).flatMap(([name, document]) => {
        if (typeof document === "string") return [[name, parse(document)] as const];
        return Object.entries(document ?? {}).map(
          ([type, text]) => [`${name} of ${type}`, parse(text)] as const,
        );
      }),
    ),
    addresses: Object.entries(keys).flatMap(([resource, each]) =>
      each.map((key) => (key === null ? resource : `${resource}[${JSON.stringify(key)}]`)),
    ),
  };
}

/**
 * Evaluates all calls in one run of Terraform. It needs no provider, no network and no credentials,
 * because the resources are left out.
 *
 * @returns the results in the order of the calls
 * @throws UserError if Terraform is not installed or cannot evaluate a module
 */
export function evaluateModules(calls: readonly Call[]): readonly EvaluatedModule[] {
  if (calls.length === 0) return [];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-evaluate-"));
  try {
    const sources = new Map<Files, string>();
    const modules: Record<string, object> = {};
    calls.forEach(({ module, values }, index) => {
      const blocks = moduleBlocks(module);
      let source = sources.get(module);
      if (source === undefined) {
        source = `./module-${String(sources.size)}`;
        sources.set(module, source);
        fs.mkdirSync(path.join(folder, source));
        fs.writeFileSync(path.join(folder, source, "main.tf.json"), prettyJson(evaluable(blocks)));
      }
      const own = Object.entries(values).filter(([name]) => blocks.variable[name] !== undefined);
      modules[`call_${String(index)}`] = {
        source,
        ...Object.fromEntries(own.map(([name, value]) => [name, literalValue(value)])),
      };
    });
    const result = `\${[${calls.map((_, index) => `module.call_${String(index)}.evaluated`).join(", ")}]}`;
    fs.writeFileSync(
      path.join(folder, "main.tf.json"),
      prettyJson({ module: modules, output: { evaluated: { value: result } } }),
    );
    terraform(folder, "init", "-backend=false", "-no-color");
    terraform(folder, "plan", "-no-color", "-out=plan");
    const plan = JSON.parse(terraform(folder, "show", "-json", "plan")) as {
      readonly planned_values: {
        readonly outputs: { readonly evaluated: { readonly value: readonly Evaluated[] } };
      };
    };
    return plan.planned_values.outputs.evaluated.value.map(evaluatedModule);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
