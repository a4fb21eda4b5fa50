/** Plans for what real terraform does not let through, or not in such numbers. */

interface Change {
  readonly address: string;
  readonly previous_address?: string;
  readonly type: string;
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  /** The values that are known only after apply, as `true` in their places. */
  readonly after_unknown?: object;
  /** The sensitive values, on both sides. */
  readonly sensitive?: object;
  readonly mode?: string;
}

/** A plan with these changes. */
export function planOf(changes: readonly Change[]): object {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes.map(
      ({ address, previous_address, type, mode = "managed", sensitive = {}, ...change }) => ({
        address,
        ...(previous_address === undefined ? {} : { previous_address }),
        mode,
        type,
        name: "x",
        provider_name: "registry.terraform.io/hashicorp/aws",
        change: {
          after_unknown: {},
          ...change,
          before_sensitive: sensitive,
          after_sensitive: sensitive,
        },
      }),
    ),
    configuration: { root_module: {} },
  };
}

/** The change of a managed policy: created, changed or deleted by which documents there are. */
export function policyChange(policy: {
  readonly address: string;
  readonly previous_address?: string;
  readonly before?: object;
  readonly after?: object;
}): Change {
  const { before, after, ...change } = policy;
  const value = (document: object | undefined): object | null =>
    document === undefined ? null : { name: "x", policy: JSON.stringify(document) };
  const action = before === undefined ? "create" : after === undefined ? "delete" : "update";
  return {
    ...change,
    type: "aws_iam_policy",
    actions: [action],
    before: value(before),
    after: value(after),
  };
}
