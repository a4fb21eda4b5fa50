/** Pieces of Terraform code of which the pull requests are made. */

/** The account that all plans are of. */
export const ACCOUNT = "210987654321";
export const OTHER = "444455556666";

/** The values that each configuration has: its name, and the trust policy of each service. */
export const locals = (name: string): string => `
locals {
  name = "${name.replaceAll("_", "-")}"
  trust = {
    for service in ["ec2", "ecs-tasks", "lambda", "eks", "glue", "firehose", "codebuild", "events", "pods.eks", "vpc-flow-logs", "monitoring.rds", "s3"] :
    service => jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "\${service}.amazonaws.com" } }] })
  }
}`;

/** A JSON document of statements. */
export const text = (...statements: readonly string[]): string =>
  `jsonencode({ Version = "2012-10-17", Statement = [${statements.join(", ")}] })`;

const list = (values: string): string => `[${values.split(" ").map(quoted).join(", ")}]`;
const quoted = (value: string): string =>
  /^(aws|data|local|module)[._]/.test(value) && !value.includes(":") ? value : `"${value}"`;

/** A statement that allows actions on resources (words with spaces between), with more arguments in HCL. */
export const may = (actions: string, resources: string, more = ""): string =>
  `{ Effect = "Allow", Action = ${list(actions)}, Resource = ${list(resources)}${more === "" ? "" : `, ${more}`} }`;

/** A statement of a resource's policy: the principal in HCL. */
export const lets = (principal: string, actions: string, more = "", resources = "*"): string =>
  may(actions, resources, `Principal = ${principal}${more === "" ? "" : `, ${more}`}`);

export const denies = (statement: string): string => statement.replace('"Allow"', '"Deny"');

export const service = (name: string): string => `{ Service = "${name}.amazonaws.com" }`;
export const account = (id: string): string => `{ AWS = "arn:aws:iam::${id}:root" }`;
export const when = (operator: string, key: string, value: string): string =>
  `Condition = { ${operator} = { "${key}" = ${value} } }`;

/** A role that a service may assume, by the key of \`local.trust\`. */
export const roleOf = (key: string, name = "app", more = ""): string => `
resource "aws_iam_role" "${name}" {
  name               = "\${local.name}-${name}"
  assume_role_policy = local.trust["${key}"]
  ${more}
}`;

/** A role that a principal in HCL may assume, on a condition if there is one. */
export const assumedBy = (principal: string, condition = "", action = "sts:AssumeRole"): string => `
resource "aws_iam_role" "app" {
  name               = "\${local.name}-app"
  assume_role_policy = ${text(`{ Effect = "Allow", Action = "${action}", Principal = ${principal}${condition === "" ? "" : `, ${condition}`} }`)}
}`;

/** An inline policy of a role. */
export const own = (policy: string, role = "app", name = role): string => `
resource "aws_iam_role_policy" "${name}" {
  name   = "${name}"
  role   = aws_iam_role.${role}.name
  policy = ${policy}
}`;

/** An attachment of an AWS-managed policy or of an ARN in HCL. */
export const has = (policy: string, role = "app", name = role): string => `
resource "aws_iam_role_policy_attachment" "${name}" {
  role       = aws_iam_role.${role}.name
  policy_arn = ${policy.startsWith("aws_") ? policy : `"arn:aws:iam::aws:policy/${policy}"`}
}`;

/** A block of any type, with its arguments in HCL. */
const block = (head: string, body: string): string => `\n${head} {\n${body}\n}`;

export const resource = (type: string, values: string, name = "x"): string =>
  block(`resource "${type}" "${name}"`, values);

/** A managed policy of these statements. */
export const policy = (statements: readonly string[], more = "", name = "x"): string =>
  resource(
    "aws_iam_policy",
    `name = "\${local.name}-${name}"\npolicy = ${text(...statements)}\n${more}`,
    name,
  );

export const data = (body: string, name = "x"): string =>
  block(`data "aws_iam_policy_document" "${name}"`, body);

/** A statement of such a document: words of actions and of resources. */
export const says = (actions: string, resources: string, sid = "Own"): string =>
  block("statement", `sid = "${sid}"\nactions = ${list(actions)}\nresources = ${list(resources)}`);

export const FROM_DATA = own("data.aws_iam_policy_document.x.json");

export const moved = (from: string, to: string): string =>
  block("moved", `from = ${from}\nto = ${to}`);
