/** The ARN of each type of resource whose ARN another resource needs. */
const ARNS = {
  aws_iam_policy: "arn:aws:iam::aws:policy/mocked",
  aws_iam_role: "arn:aws:iam::aws:role/mocked",
  aws_iam_openid_connect_provider: "arn:aws:iam::aws:oidc-provider/mocked.example.com",
};

/**
 * Well-formed ARNs of mocked resources, for the tests of a root that calls the module. Their account is
 * `aws`, which the module accepts whatever `aws_account_id` is.
 *
 * @see https://developer.hashicorp.com/terraform/language/tests/mocking
 */
export function mocks(marker: string): string {
  return [
    // A default in the command can have several lines, and each must stay a comment.
    ...marker.split("\n").map((line) => `# ${line}\n`),
    ...Object.entries(ARNS).map(
      ([type, arn]) => `\nmock_resource "${type}" {\n  defaults = {\n    arn = "${arn}"\n  }\n}\n`,
    ),
  ].join("");
}
