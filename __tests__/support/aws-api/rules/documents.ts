/** Rules for the content of policy documents. */
import type { Request } from "../call";
import { principals, type Statement, statements, values } from "../document";
import { documentOf, guide, POLICY_WRITERS, type Rule, TRUST_WRITERS } from "./rule";

const malformed = { status: 400, code: "MalformedPolicyDocument" } as const;
const principalPage = guide("reference_policies_elements_principal");

/** A rule about each principal of a trust policy. */
function principalRule(kind: string, allowed: readonly RegExp[]): Rule {
  return {
    ...malformed,
    name: `principal-${kind.toLowerCase()}`,
    source: principalPage,
    actions: TRUST_WRITERS,
    refusal: (request: Request): string | undefined => {
      const wrong = statements(documentOf(request))
        .flatMap(principals)
        .find(
          (principal) =>
            principal.kind === kind && !allowed.some((pattern) => pattern.test(principal.name)),
        );
      return wrong === undefined
        ? undefined
        : `Invalid principal in policy: "${kind === "AWS" ? kind : kind.toUpperCase()}":"${wrong.name}"`;
    },
  };
}

/** A rule about each statement of a document. */
function statementRule(
  name: string,
  source: string,
  actions: readonly string[],
  message: (statement: Statement) => string | undefined,
): Rule {
  return {
    ...malformed,
    name,
    source,
    actions,
    refusal: (request) =>
      statements(documentOf(request))
        .map(message)
        .find((found) => found !== undefined),
  };
}

export const documents: readonly Rule[] = [
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
  statementRule("principal-missing", principalPage, TRUST_WRITERS, (statement) =>
    principals(statement).length === 0 ? "AssumeRole policy must contain principals." : undefined,
  ),
  statementRule("trust-resource", guide("troubleshoot_roles"), TRUST_WRITERS, ({ Resource }) =>
    Resource === undefined ? undefined : "Has prohibited field Resource",
  ),
  statementRule("policy-principal", principalPage, POLICY_WRITERS, ({ Principal }) =>
    Principal === undefined ? undefined : "Policy document should not specify a principal.",
  ),
  statementRule(
    "sid-pattern",
    guide("reference_policies_elements_sid"),
    POLICY_WRITERS,
    ({ Sid = "" }) =>
      /^[0-9A-Za-z]*$/.test(Sid)
        ? undefined
        : "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
  ),
  statementRule(
    "resource-account",
    guide("reference-arns"),
    POLICY_WRITERS,
    // An account ID, what may match one, or the accounts of AWS itself.
    ({ Resource }) =>
      values(Resource).every(
        (arn) => arn === "*" || /^(|aws|\d{12}|.*[*?$].*)$/.test(arn.split(":")[4] ?? ""),
      )
        ? undefined
        : "The policy failed legacy parsing",
  ),
];
