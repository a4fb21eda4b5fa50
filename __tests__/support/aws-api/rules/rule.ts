import type { Request } from "../call";
import type { IamState } from "../state";

/** A rule of AWS that moto lacks. */
export interface Rule {
  readonly name: string;
  /** The source: AWS's documentation, or an observation. */
  readonly source: string;
  readonly actions: readonly string[];
  readonly status: 400 | 404 | 409;
  readonly code: string;
  /** @returns AWS's message where it refuses the request */
  readonly refusal: (request: Request, state: IamState) => string | undefined;
}

/** A page of IAM's API reference. */
export const api = (action: string): string =>
  `https://docs.aws.amazon.com/IAM/latest/APIReference/API_${action}.html`;

/** A page of IAM's user guide. */
export const guide = (page: string): string =>
  `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`;

/** An issue of the AWS provider, with AWS's answer in it. */
export const providerIssue = (number: number): string =>
  `https://github.com/hashicorp/terraform-provider-aws/issues/${String(number)}`;

/** The calls that write a policy of permissions. */
export const POLICY_WRITERS = ["CreatePolicy", "CreatePolicyVersion", "PutRolePolicy"] as const;

/** The calls that write a trust policy. */
export const TRUST_WRITERS = ["CreateRole", "UpdateAssumeRolePolicy"] as const;

/** The document that a request writes. */
export function documentOf({ parameters }: Request): string {
  return parameters.PolicyDocument ?? parameters.AssumeRolePolicyDocument ?? "";
}
