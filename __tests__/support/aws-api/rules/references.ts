/** References of a call must exist. */
import { parameter, type Request } from "../call";
import type { IamState } from "../state";
import { principals, statements } from "../document";
import { api, documentOf, providerIssue, type Rule, TRUST_WRITERS } from "./rule";

const BOUNDARY_WRITERS = ["CreateRole", "PutRolePermissionsBoundary"];

export const references: readonly Rule[] = [
  {
    name: "principal-exists",
    source: providerIssue(8905),
    actions: TRUST_WRITERS,
    status: 400,
    code: "MalformedPolicyDocument",
    refusal: (request: Request, state: IamState): string | undefined => {
      const absent = statements(documentOf(request))
        .flatMap(principals)
        .find(({ kind, name }) => kind === "AWS" && isAbsentRole(name, request.account, state));
      return absent === undefined
        ? undefined
        : `Invalid principal in policy: "AWS":"${absent.name}"`;
    },
  },
  {
    name: "boundary-of-another-account",
    source: api("PutRolePermissionsBoundary"),
    actions: BOUNDARY_WRITERS,
    status: 400,
    code: "InvalidInput",
    refusal: (request: Request): string | undefined => {
      const arn = parameter(request, "PermissionsBoundary");
      return arn === "" || ["aws", request.account].includes(arn.split(":")[4] ?? "")
        ? undefined
        : `ARN ${arn} is not valid.`;
    },
  },
  {
    name: "boundary-exists",
    source: api("PutRolePermissionsBoundary"),
    actions: BOUNDARY_WRITERS,
    status: 404,
    code: "NoSuchEntity",
    refusal: (request: Request, { policies }: IamState): string | undefined => {
      const arn = parameter(request, "PermissionsBoundary");
      // AWS's own policies are there from the start.
      return arn.split(":")[4] !== request.account || policies.has(arn)
        ? undefined
        : `Scope ARN: ${arn} does not exist or is not attachable.`;
    },
  },
];

/**
 * True if `arn` is of a role that `account` does not have. Roles of other accounts are not looked
 * up.
 */
function isAbsentRole(arn: string, account: string, { roles }: IamState): boolean {
  return (
    new RegExp(`^arn:[^:]+:iam::${account}:role/`).test(arn) &&
    ![...roles.values()].some((role) => role.arn === arn)
  );
}
