/** Requests that AWS refuses and moto accepts. */
import { parameter, type Request } from "./call";
import { principals, statements, values } from "./document";
import type { IamState } from "./state";

/** A rule of AWS that moto lacks. */
export interface Rule {
  readonly name: string;
  /** The source: AWS's documentation, or an observation. */
  readonly source: string;
  readonly actions: readonly string[];
  readonly status: 400 | 404 | 409;
  readonly code: string;
  /** @returns AWS's message if it refuses the request */
  readonly refusal: (request: Request, state: IamState) => string | undefined;
}

const api = (action: string): string =>
  `https://docs.aws.amazon.com/IAM/latest/APIReference/API_${action}.html`;
const guide = (page: string): string =>
  `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`;

const documentOf = ({ parameters }: Request): string =>
  parameters.PolicyDocument ?? parameters.AssumeRolePolicyDocument ?? "";
const principalsOf = (request: Request): ReturnType<typeof principals> =>
  statements(documentOf(request)).flatMap(principals);

const malformed = { status: 400, code: "MalformedPolicyDocument" } as const;
const ofPolicies = {
  ...malformed,
  actions: ["CreatePolicy", "CreatePolicyVersion", "PutRolePolicy"],
} as const;
const ofTrust = { ...malformed, actions: ["CreateRole", "UpdateAssumeRolePolicy"] } as const;

/** A rule about the principals of a trust policy that have one kind. */
function principalRule(kind: string, allowed: readonly RegExp[]): Rule {
  return {
    ...ofTrust,
    name: `principal-${kind.toLowerCase()}`,
    source: guide("reference_policies_elements_principal"),
    refusal: (request) => {
      const wrong = principalsOf(request).find(
        (principal) =>
          principal.kind === kind && !allowed.some((pattern) => pattern.test(principal.name)),
      );
      return wrong && `Invalid principal in policy: "${kind.toUpperCase()}":"${wrong.name}"`;
    },
  };
}

/** A rule about a policy that is deleted while something needs it. */
function deletion(
  name: string,
  message: string,
  isNeeded: (state: IamState, arn: string) => boolean,
  source = api("DeletePolicy"),
): Rule {
  return {
    name,
    source,
    actions: ["DeletePolicy"],
    status: 409,
    code: "DeleteConflict",
    refusal: (request, state) =>
      isNeeded(state, parameter(request, "PolicyArn")) ? message : undefined,
  };
}

/**
 * The rules in AWS's order: documents, then the account. Sizes and numbers are not among them, because
 * the modules refuse those at plan; names of roles and profiles are not, because moto has that rule.
 */
export const rules: readonly Rule[] = [
  principalRule("AWS", [
    /^\*$/,
    /^\d{12}$/,
    /^A(RO|ID)A[A-Z0-9]+$/,
    /^arn:aws(-cn|-us-gov)?:(iam|sts)::\d{12}:(root|(role|user|assumed-role|federated-user)\/.+)$/,
  ]),
  // AWS knows all services; the front those that the modules and the tests name.
  principalRule("Service", [
    /^(ec2|ecs-tasks|pods\.eks|lambda|redshift)\.amazonaws\.com$/,
    /^ec2\.amazonaws\.com\.cn$/,
  ]),
  principalRule("Federated", [
    /^arn:aws(-cn|-us-gov)?:iam::\d{12}:(oidc-provider|saml-provider)\/.+$/,
    /^(cognito-identity\.amazonaws|accounts\.google|graph\.facebook|www\.amazon)\.com$/,
  ]),
  {
    ...ofPolicies,
    name: "sid-pattern",
    source: guide("reference_policies_elements_sid"),
    refusal: (request) =>
      statements(documentOf(request)).every(({ Sid = "" }) => /^[0-9A-Za-z]*$/.test(Sid))
        ? undefined
        : "Statement IDs (SID) must be alpha-numeric.",
  },
  {
    ...ofPolicies,
    name: "resource-account",
    source: guide("reference-arns"),
    // An account ID, a pattern that may match one, or the accounts of AWS itself.
    refusal: (request) =>
      statements(documentOf(request))
        .flatMap(({ Resource }) => values(Resource))
        .every((arn) => arn === "*" || /^(|aws|\d{12}|.*[*?$].*)$/.test(arn.split(":")[4] ?? ""))
        ? undefined
        : "The policy failed legacy parsing",
  },
  {
    ...ofTrust,
    name: "principal-exists",
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/8905",
    // AWS does not look up roles of other accounts.
    refusal: (request: Request, { roles }: IamState): string | undefined => {
      const own = new RegExp(`^arn:[^:]+:iam::${request.account}:role/`);
      const absent = principalsOf(request).find(
        ({ name }) => own.test(name) && ![...roles.values()].some(({ arn }) => arn === name),
      );
      return absent && `Invalid principal in policy: "AWS":"${absent.name}"`;
    },
  },
  {
    name: "boundary-exists",
    source: api("PutRolePermissionsBoundary"),
    actions: ["CreateRole", "PutRolePermissionsBoundary"],
    status: 404,
    code: "NoSuchEntity",
    refusal: (request: Request, { policies }: IamState): string | undefined => {
      const arn = parameter(request, "PermissionsBoundary");
      return arn === "" || arn.split(":")[4] === "aws" || policies.has(arn)
        ? undefined
        : `Scope ARN: ${arn} does not exist or is not attachable.`;
    },
  },
  deletion(
    "delete-boundary-in-use",
    "Cannot delete a policy attached to entities.",
    ({ roles }, arn) => [...roles.values()].some(({ boundary }) => boundary === arn),
    "https://github.com/gruntwork-io/cloud-nuke/issues/972",
  ),
  deletion(
    "delete-attached-policy",
    "Cannot delete a policy attached to entities.",
    ({ roles }, arn) => [...roles.values()].some(({ attached }) => attached.has(arn)),
  ),
  deletion(
    "delete-versions-first",
    "This policy has more than one version. Before you delete a policy, you must delete the policy's versions.",
    ({ policies }, arn) => (policies.get(arn)?.versions.size ?? 0) > 1,
  ),
  {
    name: "unique-policy",
    source: api("CreatePolicy"),
    actions: ["CreatePolicy"],
    status: 409,
    code: "EntityAlreadyExists",
    refusal: (request: Request, { policies }: IamState): string | undefined => {
      const name = parameter(request, "PolicyName");
      return [...policies.values()].some((taken) => taken.name.toLowerCase() === name.toLowerCase())
        ? `A policy called ${name} already exists. Duplicate names are not allowed.`
        : undefined;
    },
  },
];

/** The first rule that refuses the request, and its message. */
export function refusalOf(
  request: Request,
  state: IamState,
): { readonly rule: Rule; readonly message: string } | undefined {
  for (const rule of rules) {
    if (!rule.actions.includes(request.action)) continue;
    const message = rule.refusal(request, state);
    if (message !== undefined) return { rule, message };
  }
  return undefined;
}
