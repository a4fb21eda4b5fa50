/** Plans of roles, users, groups and their policies, as the AWS provider's state has them. */
import { reviewPlan } from "../../lib/review";
import type { Report } from "../../lib/review/report/report";
import { trust } from "./policy-documents";

export const ACCOUNT = "111122223333";
export const arnOf = (policy: string): string => `arn:aws:iam::${ACCOUNT}:policy/${policy}`;

export type Values = Readonly<Record<string, unknown>>;

/** A resource by what it is before and after; the same on both sides where only one is given. */
export interface PlannedResource {
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly module?: string;
  readonly previousAddress?: string;
  readonly before: Values | null;
  readonly after: Values | null;
  /** The attributes that are known only after apply. */
  readonly unknown?: readonly string[];
  /** The attributes that are sensitive, on both sides. */
  readonly sensitive?: readonly string[];
  readonly actions?: readonly string[];
  /** The key of its provider configuration. */
  readonly provider?: string;
  /** The references of its attributes' expressions. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
}

/** Any resource by its values before and after; null if it is not there. */
export const planned = (
  type: string,
  before: Values | null,
  after: Values | null,
  more: Partial<PlannedResource> = {},
): PlannedResource => ({ type, name: "x", before, after, ...more });

export const same = (
  type: string,
  values: Values,
  more: Partial<PlannedResource> = {},
): PlannedResource => planned(type, values, values, more);

export const replaced = (resource: PlannedResource): PlannedResource => ({
  ...resource,
  actions: ["delete", "create"],
});

/** The values of a resource with a document, on each side that has one. */
const withDocuments = (
  before: object | undefined,
  after: object | undefined,
  values: (content: string) => Values,
): Pick<PlannedResource, "before" | "after"> => {
  const of = (content: object | undefined): Values | null =>
    content === undefined ? null : values(JSON.stringify(content));
  return { before: of(before), after: of(after) };
};

function actionsOf({ before, after, actions }: PlannedResource): readonly string[] {
  if (actions !== undefined) return actions;
  if (before === null) return ["create"];
  if (after === null) return ["delete"];
  return JSON.stringify(before) === JSON.stringify(after) ? ["no-op"] : ["update"];
}

const written = (key: string | number): string =>
  typeof key === "string" ? `[${JSON.stringify(key)}]` : `[${String(key)}]`;

/** A plan with these resources, as `terraform show -json` prints it. */
export function planOfResources(resources: readonly PlannedResource[], more: object = {}): string {
  const marks = (attributes: readonly string[] = []): object =>
    Object.fromEntries(attributes.map((attribute) => [attribute, true]));
  const changes = resources.map((resource) => {
    const { type, name, index, module, before, after, unknown, sensitive } = resource;
    const { previousAddress: previous_address } = resource;
    const own = `${type}.${name}${index === undefined ? "" : written(index)}`;
    return {
      address: module === undefined ? own : `${module}.${own}`,
      ...(module === undefined ? {} : { module_address: module }),
      ...(index === undefined ? {} : { index }),
      ...(previous_address === undefined ? {} : { previous_address }),
      mode: "managed",
      type,
      name,
      change: {
        actions: actionsOf(resource),
        before,
        after,
        after_unknown: marks(unknown),
        before_sensitive: marks(sensitive),
        after_sensitive: marks(sensitive),
      },
    };
  });
  const configured = new Map(
    resources
      .filter(({ module, after }) => module === undefined && after !== null)
      .map(({ type, name, provider, references = {} }) => [
        `${type}.${name}`,
        {
          address: `${type}.${name}`,
          ...(provider === undefined ? {} : { provider_config_key: provider }),
          expressions: Object.fromEntries(
            Object.entries(references).map(([attribute, list]) => [
              attribute,
              { references: list },
            ]),
          ),
        },
      ]),
  );
  return JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: { root_module: { resources: [...configured.values()] } },
    ...more,
  });
}

/** The review of a plan with these resources. */
export const review = (...resources: readonly PlannedResource[]): Report =>
  reviewPlan(planOfResources(resources), "plan");

/** Whose access a report is about: `role app: unchanged`. */
export const who = ({ access }: Report): string[] =>
  access.map(({ kind, name, verdict }) => `${kind} ${name}: ${verdict}`).sort();

/** The state of a role, with all its policies. */
export interface RoleState {
  readonly boundary?: string;
  readonly attached?: readonly string[];
  readonly inline?: Readonly<Record<string, object>>;
}

/** A role, by what it has before the plan; undefined where the plan creates it. */
export function role(
  name: string,
  state: RoleState | undefined,
  boundary?: string,
): PlannedResource {
  const values = (own: string | undefined): Values => ({
    name,
    arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    assume_role_policy: trust({ AWS: ACCOUNT }),
    permissions_boundary: own ?? "",
    managed_policy_arns: state?.attached ?? [],
    inline_policy: Object.entries(state?.inline ?? {}).map(([policy, content]) => ({
      name: policy,
      policy: JSON.stringify(content),
    })),
  });
  const after = values(boundary ?? state?.boundary);
  return {
    type: "aws_iam_role",
    name,
    before: state === undefined ? null : values(state.boundary),
    after,
    ...(state === undefined ? { unknown: ["arn", "managed_policy_arns", "inline_policy"] } : {}),
  };
}

/** A managed policy, by its document before and after. */
export function managedPolicy(
  name: string,
  before: object | undefined,
  after: object | undefined,
  attachments = 1,
): PlannedResource {
  return {
    type: "aws_iam_policy",
    name,
    ...withDocuments(before, after, (policy) => ({
      name,
      arn: arnOf(name),
      policy,
      attachment_count: attachments,
    })),
    ...(before === undefined ? { unknown: ["arn", "attachment_count"] } : {}),
  };
}

/** A managed policy of which only the document is known. */
export const policyChange = (
  before: object | undefined,
  after: object | undefined,
  more: Partial<PlannedResource> = {},
): PlannedResource => ({
  ...planned("aws_iam_policy", null, null, more),
  ...withDocuments(before, after, (policy) => ({ name: "x", policy })),
});

type Sides = "both" | "before" | "after";

/** The attachment of a managed policy of the plan to a role. A new policy's ARN is not known yet. */
export function attachment(
  to: string,
  policy: string,
  sides: Sides,
  isNew = false,
): PlannedResource {
  const values = {
    role: to,
    policy_arn: policy.startsWith("arn:") ? policy : isNew ? null : arnOf(policy),
  };
  return {
    type: "aws_iam_role_policy_attachment",
    name: `${to}-${policy.replace(/\W/g, "-")}`,
    before: sides === "after" ? null : values,
    after: sides === "before" ? null : values,
    ...(isNew ? { unknown: ["policy_arn"] } : {}),
    references: { policy_arn: [`aws_iam_policy.${policy}.arn`, `aws_iam_policy.${policy}`] },
  };
}

/** An inline policy of a role, user or group, by its document before and after. */
export const inlinePolicy = (
  to: string,
  name: string,
  before: object | undefined,
  after: object | undefined,
  kind: "role" | "user" | "group" = "role",
): PlannedResource => ({
  type: `aws_iam_${kind}_policy`,
  name,
  ...withDocuments(before, after, (policy) => ({ name, [kind]: to, policy })),
});
