import { isObject } from "../../text/json";
import type { DocumentTexts } from "./document-texts";
import type { ConfigurationResource, Plan, ResourceChange } from "./plan";
import { absent, type Value } from "./value";

/** The action of Terraform on a resource. */
export type ChangeAction = "create" | "update" | "replace" | "delete" | "none";

/** The two sides of a change. */
export type Side = "before" | "after";

export const SIDES: readonly Side[] = ["before", "after"];

export const otherSide = (side: Side): Side => (side === "before" ? "after" : "before");

type Path = readonly (string | number)[];

/** An attribute before and after. */
export interface Attribute {
  readonly before: Value;
  readonly after: Value;
  /** True if it is surely the same, which sensitive values do not show by themselves. */
  readonly isSame: boolean;
}

function step(value: unknown, key: string | number): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined;
}

const at = (value: unknown, path: Path): unknown => path.reduce(step, value);

/**
 * True if a mask, which mirrors the value with `true` in places, has one at `path` or around it.
 */
function isMarked(mask: unknown, path: Path): boolean {
  return mask === true || path.some((_, index) => at(mask, path.slice(0, index + 1)) === true);
}

/** The paths of a block's arguments and blocks: `target.role_arn`. The keys of maps, such as tags, are none. */
function* pathsIn(block: unknown, start = ""): Generator<string> {
  for (const [name, value] of isObject(block) ? Object.entries(block) : []) {
    yield start + name;
    const blocks = Array.isArray(value) ? (value as unknown[]) : [];
    for (const inner of blocks) yield* pathsIn(inner, `${start}${name}.`);
  }
}

const namesIn = (values: unknown): object => (isObject(values) ? values : {});

/** A resource that is only forgotten stays as it is in AWS. */
function actionOf(actions: readonly string[]): ChangeAction {
  if (actions.includes("create")) return actions.includes("delete") ? "replace" : "create";
  if (actions.includes("delete")) return "delete";
  return actions.includes("update") ? "update" : "none";
}

/** A resource before and after a plan: its attributes, with unknown and sensitive ones apart. */
export class ResourceDifference {
  readonly address: string;
  readonly previousAddress: string | undefined;
  readonly moduleAddress: string | undefined;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  /** The key of `count` or `for_each`. */
  readonly key: string | number | undefined;
  readonly action: ChangeAction;
  /** True for a replacement that creates the new one before it deletes the old one. */
  readonly createsFirst: boolean;
  private readonly change: ResourceChange["change"];

  constructor(
    private readonly raw: ResourceChange,
    private readonly plan: Plan,
  ) {
    this.address = raw.address;
    this.previousAddress = raw.previous_address ?? undefined;
    this.moduleAddress = raw.module_address ?? undefined;
    this.mode = raw.mode;
    this.type = raw.type;
    this.name = raw.name;
    this.key = raw.index ?? undefined;
    this.action = actionOf(raw.change.actions);
    this.createsFirst = raw.change.actions.join() === "create,delete";
    const { change } = raw;
    const isForgotten = change.actions.join() === "forget";
    this.change = isForgotten
      ? {
          ...change,
          after: change.before,
          after_unknown: {},
          after_sensitive: change.before_sensitive,
        }
      : change;
  }

  /** The documents of the plan, each read once. */
  get texts(): DocumentTexts {
    return this.plan.texts;
  }

  /** The configuration of the resource, if the plan still has it. */
  get configuration(): ConfigurationResource | undefined {
    return this.plan.configuration.of(this.raw);
  }

  /** The expressions of its attributes, if the plan still has them. */
  get expressions(): Readonly<Record<string, unknown>> | undefined {
    return this.configuration?.expressions;
  }

  /** The provider configuration that it uses, if the plan still has it. */
  get provider(): string | undefined {
    const key = this.configuration?.provider_config_key;
    return typeof key === "string" ? key : undefined;
  }

  /** The planned values as they are, with the marks of those that are not known. */
  get planned(): Pick<ResourceChange["change"], "after" | "after_unknown"> {
    return this.change;
  }

  /** The attribute at `path` on one side. */
  value(side: Side, ...path: Path): Value {
    if (this.isUnknown(side, path)) return { kind: "unknown" };
    const value = at(this.change[side], path);
    // The AWS provider keeps an attribute that is not set as null in one place, as "" in another.
    if (value === undefined || value === null || value === "") return absent;
    const { before_sensitive: before, after_sensitive: after } = this.change;
    return isMarked(side === "before" ? before : after, path)
      ? { kind: "sensitive" }
      : { kind: "known", value };
  }

  /** The attribute at `path` on both sides. */
  attribute(...path: Path): Attribute {
    return {
      before: this.value("before", ...path),
      after: this.value("after", ...path),
      isSame: this.isSame(...path),
    };
  }

  /** True if the attribute at `path` is surely the same before and after, sensitive or not. */
  isSame(...path: Path): boolean {
    const [before, after] = [at(this.change.before, path), at(this.change.after, path)];
    if (this.isUnknown("after", path)) return false;
    // Documents are long texts, which need not be written as JSON to be the same.
    return typeof before === "string" || typeof after === "string"
      ? before === after
      : JSON.stringify(before) === JSON.stringify(after);
  }

  /**
   * True if a replacement leaves nothing: it creates the new one first, then deletes the old one,
   * and `attributes` name the same thing in AWS for both.
   */
  deletesItself(...attributes: readonly string[]): boolean {
    return this.createsFirst && attributes.every((attribute) => this.isSame(attribute));
  }

  /** The paths of its attributes on either side: `target.role_arn` in a block `target`. */
  get paths(): string[] {
    const { before, after, after_unknown: unknown } = this.change;
    return [...new Set([before, after, unknown].flatMap((side) => [...pathsIn(side)]))];
  }

  /** The attributes that are not surely the same before and after, by their names. */
  get changedAttributes(): string[] {
    const { before, after, after_unknown: unknown } = this.change;
    const names = Object.keys({ ...namesIn(before), ...namesIn(after), ...namesIn(unknown) });
    return names.filter((name) => !this.isSame(name) || this.hasUnknown(name));
  }

  /** The attributes that change, with their values, without those in which something is sensitive. */
  get shownChange(): {
    readonly values: readonly unknown[];
    /** True if an attribute of such a name is left out. */
    readonly isHiding: (name: RegExp) => boolean;
  } {
    const { before, after, after_unknown: unknown } = this.change;
    const { before_sensitive, after_sensitive } = this.change;
    const names = this.changedAttributes.sort();
    const hidden = names.filter((name) =>
      [before_sensitive, after_sensitive].some((mask) =>
        /\btrue\b/.test(JSON.stringify([mask === true || at(mask, [name])])),
      ),
    );
    return {
      values: names
        .filter((name) => !hidden.includes(name))
        .map((name) => [name, ...[before, after, unknown].map((side) => at(side, [name]))]),
      isHiding: (pattern) => hidden.some((name) => pattern.test(name)),
    };
  }

  /**
   * True if the attribute or something inside it is known only after apply. What is unknown inside
   * is null or missing there, as it may have been before.
   */
  hasUnknown(name: string): boolean {
    return /\btrue\b/.test(JSON.stringify([at(this.change.after_unknown, [name])]));
  }

  /** The values of an attribute that is text or a list. An unknown entry of a list is shown as null. */
  values(side: Side, attribute: string): Value[] {
    const whole = this.value(side, attribute);
    if (whole.kind === "absent") return [];
    if (whole.kind !== "known" || !Array.isArray(whole.value)) return [whole];
    return this.positions(side, attribute).map((position) => {
      const value = this.value(side, attribute, position);
      return value.kind === "absent" ? { kind: "unknown" } : value;
    });
  }

  /** The positions in the list at `path`, whatever its entries are; none if it is not known. */
  positions(side: Side, ...path: Path): number[] {
    const list = this.isUnknown(side, path) ? undefined : at(this.change[side], path);
    return Array.isArray(list) ? [...list.keys()] : [];
  }

  private isUnknown(side: Side, path: Path): boolean {
    return side === "after" && isMarked(this.change.after_unknown, path);
  }
}

/**
 * The differences of a change: one, or two for a resource that is forgotten and created anew. Then the
 * old one stays in AWS and another one is new.
 *
 * @see https://opentofu.org/docs/language/resources/syntax/#removing-resources
 */
export function differencesOf(raw: ResourceChange, plan: Plan): ResourceDifference[] {
  const { change } = raw;
  if (!change.actions.includes("forget") || !change.actions.includes("create")) {
    return [new ResourceDifference(raw, plan)];
  }
  return [
    { ...change, actions: ["forget"] },
    { ...change, actions: ["create"], before: null, before_sensitive: false },
  ].map((one) => new ResourceDifference({ ...raw, change: one }, plan));
}
