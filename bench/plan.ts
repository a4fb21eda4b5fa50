const ACCOUNT = "123456789012";

function statement(sid: string, action: string, names: readonly string[]): object {
  const resources = names.map((name) => `arn:aws:rds-db:us-east-1:${ACCOUNT}:dbuser:${name}/*`);
  return { Sid: sid, Effect: "Allow", Action: action, Resource: resources };
}

/** A document near IAM's limit: 60 ARNs, of which `changed` differ from one version to the next. */
function policyDocument(seed: number, changed: number): string {
  const names = Array.from({ length: 30 }, (_, index) =>
    index < changed ? `db-NEW${String(seed)}X${String(index)}` : `db-OLD${String(index)}`,
  );
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      statement("RDSConnect", "rds-db:connect", names),
      statement("More", "rds-db:*", names),
    ],
  });
}

/** The change of one resource: policies, roles and attachments in turn. */
function change(index: number): object {
  const name = `x${String(index)}`;
  const resource = (
    type: string,
    actions: readonly string[],
    before: object | null,
    after: object,
  ): object => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    change: {
      actions,
      before,
      after,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
    },
  });
  const arn = `arn:aws:iam::${ACCOUNT}:policy/${name}`;
  switch (index % 3) {
    case 0:
      return resource(
        "aws_iam_policy",
        ["update"],
        { name, arn, policy: policyDocument(index, 0) },
        { name, arn, policy: policyDocument(index, 5) },
      );
    case 1:
      return resource(
        "aws_iam_role_policy",
        ["update"],
        { name, role: "app", policy: policyDocument(index, 5) },
        { name, role: "app", policy: policyDocument(index, 0) },
      );
    default:
      return resource("aws_iam_role_policy_attachment", ["create"], null, {
        role: name,
        policy_arn: arn,
      });
  }
}

/** A plan that changes every one of `count` resources. */
export function planText(count: number): string {
  return JSON.stringify({
    format_version: "1.2",
    planned_values: {},
    resource_changes: Array.from({ length: count }, (_, index) => change(index)),
    configuration: { root_module: {} },
  });
}
