import { isObject, parseJson } from "../../text/json";
import { type Call, KEY, NAME, pathOf } from "./configuration";
import type { ResourceDifference } from "./difference";
import type { Plan } from "./plan";

/** The possible sources of an expression's value. */
export interface Origins {
  /** The resources of the plan; with one, it is that resource. None of very many instances. */
  readonly resources: readonly ResourceDifference[];
  /** True if there is nothing else that it could take it from. */
  readonly complete: boolean;
}

/** A resource that an expression names. */
interface Target {
  readonly path: readonly Call[];
  readonly name: string;
  /** The key of its instance; undefined for any. */
  readonly key: string | number | undefined;
}

const ONE_KEY = new RegExp(KEY);
const RESOURCE = new RegExp(String.raw`^((?:data\.)?${NAME}\.${NAME})(${KEY})?`);

const addressOf = (path: readonly Call[]): string =>
  path.map(({ name }) => `module.${name}`).join(".");

/** The address of a module with the keys of its instances; undefined if a key may be any. */
const instanceOf = (path: readonly Call[]): string | undefined =>
  path.some(({ key }) => key === undefined)
    ? undefined
    : path.map(({ name, key = "" }) => `module.${name}${key}`).join(".");

/** All references of an expression and of the blocks in it; of `a.b.c`, `a.b` and `a` only the first. */
export function referencesOf(expression: unknown): string[] {
  const open = [expression];
  const found = new Set<string>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) for (const one of next as unknown[]) open.push(one);
    else if (isObject(next)) {
      if (Array.isArray(next.references))
        // What is no text is kept as a reference that names nothing.
        next.references.forEach((name) => found.add(typeof name === "string" ? name : ""));
      else for (const one of Object.values(next)) open.push(one);
    }
  }
  const all = [...found];
  return all.filter(
    (name) => !all.some((other) => other.startsWith(`${name}.`) || other.startsWith(`${name}[`)),
  );
}

/** The expression of an argument, also in blocks; those of all blocks if there are several. */
export function expressionAt(resource: ResourceDifference, path: string): unknown {
  let found: unknown = resource.expressions;
  for (const name of path.split(".")) {
    const parts = Array.isArray(found) ? (found as unknown[]) : [found];
    const inner = parts.flatMap((part) => (isObject(part) ? (part[name] ?? []) : []));
    if (inner.length === 0) return undefined;
    found = inner.length === 1 ? inner[0] : inner;
  }
  return found;
}

/** The resources that an expression names, and the references that were followed to them. */
interface Found {
  readonly targets: Target[];
  readonly seen: Set<string>;
}

const nothingYet = (): Found => ({ targets: [], seen: new Set() });

/** A resource that a reference names, and the attribute if there is one. */
interface Named extends Pick<Target, "name" | "key"> {
  readonly attribute: string;
}

/** The resource that a reference names; undefined if it names none, or has a key that is not JSON. */
function resourceOf(reference: string): Named | undefined {
  const [whole = "", name, key] = RESOURCE.exec(reference) ?? [];
  if (name === undefined) return undefined;
  const [, attribute = ""] = reference.slice(whole.length).split(".");
  if (key === undefined) return { name, key, attribute };
  const value = parseJson(key.slice(1, -1));
  return value === undefined ? undefined : { name, key: value as string | number, attribute };
}

/** The most instances of a resource that are listed as meant by an expression. Of more, any can be meant. */
const MOST_INSTANCES = 50;

/** Attributes that are lists. */
const LISTS: ReadonlySet<string> = new Set([
  "roles",
  "users",
  "groups",
  "managed_policy_arns",
  "policy_arns",
]);

/**
 * Follows the expressions of a plan's configuration, through the inputs and outputs of modules, to the
 * resources that they take a value from.
 *
 * A plan tells what an expression refers to, and not what it does with it: a function around a
 * reference is not seen, and locals cannot be followed.
 */
export class References {
  /** By the address without keys, by that with the modules' keys, and by that with all keys. */
  private readonly byName = new Map<string, ResourceDifference[]>();

  constructor(
    private readonly plan: Plan,
    resources: readonly ResourceDifference[],
  ) {
    for (const resource of resources) {
      if (resource.action === "delete") continue;
      const { mode, type, name: own, moduleAddress, key } = resource;
      const path = pathOf(moduleAddress);
      const name = `${mode === "data" ? "data." : ""}${type}.${own}`;
      const inModule = `${instanceOf(path) ?? ""} ${name}`;
      const names = new Set([`${addressOf(path)} ${name}`, inModule]);
      for (const one of [...names, `${inModule} ${JSON.stringify(key)}`]) {
        const list = this.byName.get(one);
        if (list === undefined) this.byName.set(one, [resource]);
        else list.push(resource);
      }
    }
  }

  /**
   * The resources that an attribute's value waits for: their addresses without keys of instances, and
   * whether the plan creates one of them.
   */
  waitsFor(
    resource: ResourceDifference,
    attribute: string,
  ): { readonly isNew: boolean; readonly names: readonly string[] } {
    const found = nothingYet();
    const path = pathOf(resource.moduleAddress);
    this.follow(resource.expressions?.[attribute], path, resource, found);
    const sources = found.targets.flatMap((target) => this.instances(target));
    const names = found.targets.map((target) => [addressOf(target.path), target.name]);
    return {
      isNew: sources.some(({ action }) => action === "create"),
      names: [...new Set(names.map((parts) => parts.filter((part) => part !== "").join(".")))],
    };
  }

  /** The references in a call of a module to attributes that are known only after apply. */
  inputsAfterApply(moduleAddress: string | undefined): string[] {
    const path = pathOf(moduleAddress);
    return referencesOf(this.inputsOf(path)).filter((reference) => {
      const named = resourceOf(reference);
      if (named === undefined) return false;
      return this.instances({ path: path.slice(0, -1), ...named }).some(
        (resource) => resource.value("after", named.attribute).kind === "unknown",
      );
    });
  }

  /** The resources of the plan that a reference in an expression of `from` names. */
  named(reference: string, from: ResourceDifference): ResourceDifference[] {
    const found = nothingYet();
    this.follow({ references: [reference] }, pathOf(from.moduleAddress), from, found);
    return found.targets.flatMap((target) => this.instances(target));
  }

  /**
   * Returns the possible sources of an attribute's value.
   *
   * @param attribute or the path of an argument in blocks: `target.role_arn`
   * @param type of the resources that can have such a value
   */
  originsOf(resource: ResourceDifference, attribute: string, type: string): Origins {
    const found = nothingYet();
    const expression = expressionAt(resource, attribute);
    const path = pathOf(resource.moduleAddress);
    let complete = expression !== undefined && this.follow(expression, path, resource, found);
    const resources = new Set<ResourceDifference>();
    for (const target of found.targets) {
      if (!target.name.startsWith(`${type}.`)) complete = false;
      const instances = this.instances(target);
      if (instances.length > MOST_INSTANCES) complete = false;
      else for (const other of instances) resources.add(other);
    }
    // What else is in a list that is unknown as a whole, such as text, is not among its references.
    if (LISTS.has(attribute) && resource.value("after", attribute).kind === "unknown") {
      complete = false;
    }
    return { resources: [...resources], complete: complete && resources.size > 0 };
  }

  /** The only possible source of an attribute's value; undefined if there may be others. */
  originOf(
    resource: ResourceDifference,
    attribute: string,
    type: string,
  ): ResourceDifference | undefined {
    const { resources, complete } = this.originsOf(resource, attribute, type);
    return complete && resources.length === 1 ? resources[0] : undefined;
  }

  private instances({ path, name, key }: Target): ResourceDifference[] {
    const module = instanceOf(path);
    if (module !== undefined) {
      const suffix = key === undefined ? "" : ` ${JSON.stringify(key)}`;
      return this.byName.get(`${module} ${name}${suffix}`) ?? [];
    }
    const named = this.byName.get(`${addressOf(path)} ${name}`) ?? [];
    return named.filter((resource) => {
      const own = pathOf(resource.moduleAddress);
      return (
        (key === undefined || resource.key === key) &&
        path.every((call, index) => call.key === undefined || call.key === own[index]?.key)
      );
    });
  }

  /**
   * Collects the resources that an expression names.
   *
   * @param self the resource whose `each` and `count` the expression means; none for inputs and outputs
   * @returns whether there is nothing else that the value could come from
   */
  private follow(
    expression: unknown,
    path: readonly Call[],
    self: ResourceDifference | undefined,
    found: Found,
  ): boolean {
    const references = referencesOf(expression);
    const ownKey = references.filter((name) => /^(each\.key|count\.index)$/.test(name));
    // With its own key beside one resource, it means the instance that has the same key.
    const sameKey = ownKey.length === 1 && references.length === 2 ? self?.key : undefined;
    let complete = true;
    for (const reference of references) {
      if (ownKey.includes(reference) || /^(path|terraform)\./.test(reference)) continue;
      const id = `${addressOf(path)} ${reference}`;
      if (found.seen.has(id)) continue;
      found.seen.add(id);
      const [root = "", name = "", output = ""] = reference.split(".");
      if (root === "each") {
        const each = self?.configuration?.for_each_expression;
        const from = { ...found, targets: [] as Target[] };
        complete = this.follow(each, path, undefined, from) && from.targets.length > 0 && complete;
        const [only, ...others] = from.targets;
        const key = others.length === 0 && references.length === 1 ? self?.key : undefined;
        if (only !== undefined) found.targets.push({ ...only, key: only.key ?? key });
        for (const other of others) found.targets.push(other);
      } else if (root === "var") {
        // In the root module it is known. So is a default, which is none of a resource.
        if (path.length === 0) continue;
        const input = this.inputsOf(path)?.[name];
        complete = this.follow(input, path.slice(0, -1), undefined, found) && complete;
      } else if (root === "module") {
        const [key] = references.length === 1 ? (ONE_KEY.exec(name) ?? []) : [];
        const inside = [...path, { name: name.replace(ONE_KEY, ""), key }];
        const module = this.plan.configuration.moduleAt(inside);
        const value = module?.outputs?.[output]?.expression;
        complete = value !== undefined && this.follow(value, inside, undefined, found) && complete;
      } else if (["local", "self", "count"].includes(root)) complete = false;
      else {
        const resource = resourceOf(reference);
        if (resource === undefined) complete = false;
        else {
          const key = references.length === 1 ? resource.key : sameKey;
          found.targets.push({ path, name: resource.name, key });
        }
      }
    }
    return complete;
  }

  /** The expressions of a module's call, by the names of its variables. */
  private inputsOf(path: readonly Call[]): Readonly<Record<string, unknown>> | undefined {
    const call = path.at(-1);
    if (call === undefined) return undefined;
    return this.plan.configuration.moduleAt(path.slice(0, -1))?.module_calls?.[call.name]
      ?.expressions;
  }
}
