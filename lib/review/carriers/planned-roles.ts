import { addTo } from "../add-to";
import { isObject } from "../../text/json";
import { type ResourceDifference, type Side, SIDES } from "../plan/difference";
import type { PlannedAccess } from "../plan/planned-access";
import type { References } from "../plan/references";
import { shown, textOf, type Value } from "../plan/value";
import type { RoleArgument } from "./data/handed-roles";
import { textAt, valuesAt } from "./values";

/** A role that something runs as, on one side of a plan. */
export interface NamedRole {
  /** As a message names it. */
  readonly name: string;
  /** False if it may be any role. */
  readonly isKnown: boolean;
  /** The access of the role, if the plan shows it. */
  readonly access: PlannedAccess | undefined;
  /** Its resource, if it is one of the plan. */
  readonly resource: ResourceDifference | undefined;
}

const nameInArn = (text: string): string => /:role\/(?:.*\/)?([^/]+)$/.exec(text)?.[1] ?? text;
const accountInArn = (text: string): string | undefined =>
  /^arn:[^:]+:iam::(\d{12}):/.exec(text)?.[1];

/** The type of resource that an argument names. */
const TYPES: Readonly<Record<RoleArgument, string>> = {
  role: "aws_iam_role",
  profile: "aws_iam_instance_profile",
  "task definition": "aws_ecs_task_definition",
};

const KINDS: readonly RoleArgument[] = ["role", "profile", "task definition"];

/** The names by which resources of each type are found. */
const NAMES: Readonly<Record<RoleArgument, readonly string[]>> = {
  role: ["name"],
  profile: ["name", "arn", "id"],
  "task definition": ["arn", "arn_without_revision", "family", "id"],
};

/** A role that is not in the plan. */
const elsewhere = (name: string): NamedRole => ({
  name,
  isKnown: true,
  access: undefined,
  resource: undefined,
});

/** Finds the roles of a plan by what arguments say. */
export class PlannedRoles {
  private readonly access = new Map<string, Set<PlannedAccess>>();
  private readonly byResource = new Map<ResourceDifference, PlannedAccess>();
  /** The resources by what names them. What several have is not certain. */
  private readonly byName = new Map<string, Set<ResourceDifference>>();

  constructor(
    resources: readonly ResourceDifference[],
    accesses: readonly PlannedAccess[],
    private readonly references: References,
  ) {
    for (const access of accesses) {
      if (access.kind !== "role") continue;
      addTo(this.access, access.name, access);
      for (const resource of access.resources) {
        if (resource.type === TYPES.role) this.byResource.set(resource, access);
      }
    }
    for (const resource of resources) {
      const kind = KINDS.find((one) => TYPES[one] === resource.type);
      if (kind === undefined) continue;
      for (const side of SIDES) {
        for (const attribute of NAMES[kind]) {
          const name = textAt(resource, side, attribute);
          if (name !== undefined) addTo(this.byName, `${kind} ${side} ${name}`, resource);
        }
      }
    }
  }

  /** The roles that an argument of a resource hands on one side. */
  at(resource: ResourceDifference, path: string, kind: RoleArgument, side: Side): NamedRole[] {
    return valuesAt(resource, side, path).flatMap((value) => {
      // A map, such as that of the roles of an identity pool, has one in each entry.
      const entries =
        value.kind === "known" && isObject(value.value)
          ? Object.values(value.value).map((entry): Value => ({ kind: "known", value: entry }))
          : [value];
      return entries.flatMap((entry) => this.named(resource, path, kind, side, entry));
    });
  }

  private named(
    resource: ResourceDifference,
    path: string,
    kind: RoleArgument,
    side: Side,
    value: Value,
  ): NamedRole[] {
    const origin = (): ResourceDifference | undefined =>
      this.references.originOf(resource, path, TYPES[kind]);
    const own = value.kind === "unknown" ? origin() : undefined;
    const text = textOf(value);
    if (kind === "role") {
      if (own !== undefined) return [this.role(own)];
      return [text === undefined ? this.notKnown(value) : this.byText(text, side)];
    }
    const holder = own ?? (text === undefined ? undefined : this.only(`${kind} ${side} ${text}`));
    if (holder === undefined) {
      return [text === undefined ? this.notKnown(value) : elsewhere(text)];
    }
    const paths = kind === "profile" ? ["role"] : ["task_role_arn", "execution_role_arn"];
    return paths.flatMap((one) => this.at(holder, one, "role", side));
  }

  private notKnown(value: Value): NamedRole {
    return { ...elsewhere(shown(value)), isKnown: false };
  }

  private only(key: string): ResourceDifference | undefined {
    const [first, ...more] = this.byName.get(key) ?? [];
    return more.length === 0 ? first : undefined;
  }

  private role(resource: ResourceDifference): NamedRole {
    const name = textAt(resource, "after", "name") ?? textAt(resource, "before", "name");
    return {
      name: name ?? resource.address,
      isKnown: true,
      access: this.byResource.get(resource),
      resource,
    };
  }

  private byText(text: string, side: Side): NamedRole {
    const name = nameInArn(text);
    const account = accountInArn(text);
    const resources = [...(this.byName.get(`role ${side} ${name}`) ?? [])].filter((role) => {
      const own = accountInArn(textAt(role, side, "arn") ?? "");
      return own === undefined || account === undefined || own === account;
    });
    const [resource, ...more] = resources;
    if (resource !== undefined && more.length === 0) return { ...this.role(resource), name };
    const [access, ...others] = this.access.get(name) ?? [];
    const isOne = resources.length === 0 && others.length === 0 && account === undefined;
    return { ...elsewhere(text), access: isOne ? access : undefined };
  }
}
