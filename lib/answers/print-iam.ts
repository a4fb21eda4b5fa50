import { databaseTypes } from "../catalog";
import { selectTypes } from "../catalog/select-types";
import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { defineModule, withUserRoles } from "../inputs/module-definition";
import { checkInputs, type Inputs } from "../inputs/assignments";
import type { Json } from "../text/json";
import { type Documents, documents } from "../policies/documents";
import type { PolicyDocument } from "../catalog/policy-document";
import { givenTwice, UserError } from "../text/user-error";

/** The options of {@link printIam}. */
export interface PrintIamOptions {
  /** Names of database types, in any order; `all` for every one. */
  readonly types: readonly string[];
  /** Name, with path, or ARN of the role that the trust policies trust. A bare name needs `accountId`. */
  readonly role?: string;
  /** Names, with path, or ARNs of the roles that users connect as, for every type that has them. */
  readonly assumesRoles?: readonly string[];
  /** Account of the databases. Without it, the documents contain a placeholder. */
  readonly accountId?: string;
  /** Values of any other variable of the module, by name. */
  readonly values?: Inputs;
}

/** The IAM documents of {@link printIam}. */
export interface IamDocuments {
  readonly policy: PolicyDocument;
  readonly permissions_boundary: PolicyDocument;
  /** By type; empty if no type connects as a role. */
  readonly user_role_trust_policies: Readonly<Record<string, PolicyDocument>>;
  /** By type, for types whose roles' permissions Teleport's reference prescribes. */
  readonly user_role_policies: Readonly<Record<string, PolicyDocument>>;
}

function noUserRoles(subject: string): UserError {
  const others = withUserRoles(databaseTypes);
  return new UserError(
    `Users of ${subject} do not connect as an IAM role, so there is no such role or trust policy. Types with such roles: ${others.map(({ name }) => name).join(", ")}.`,
  );
}

/**
 * The ARN of the trusted role and its partition. A bare name belongs to the databases' account.
 *
 * @throws UserError for a bare name without an account
 */
function trustedRole(role: string, accountId: Json = null, partition = "aws"): Inputs {
  if (role.startsWith("arn:")) {
    return { aws_partition: role.split(":")[1] ?? "aws", trusted_principals: [role] };
  }
  if (typeof accountId !== "string") {
    throw new UserError(
      `--role ${role} is a name without an account. Add --account-id, or give the role's ARN: arn:aws:iam::123456789012:role/${role}`,
    );
  }
  return { trusted_principals: [`arn:${partition}:iam::${accountId}:role/${role}`] };
}

/** The module's inputs that say the same as the options. */
function inputsOf(
  { role, accountId, assumesRoles = [], values = {} }: PrintIamOptions,
  prefixes: readonly string[],
): Inputs {
  const account = accountId ?? values.aws_account_id;
  const trusted =
    role === undefined || prefixes.length === 0
      ? {}
      : trustedRole(role, account, values.aws_partition as string | undefined);
  const isArn = (name: string): boolean => name.startsWith("arn:");
  const roles = (assumesRoles.length === 0 ? [] : prefixes).flatMap((prefix) => [
    [`${prefix}_user_role_names`, assumesRoles.filter((name) => !isArn(name))] as const,
    [`${prefix}_user_role_arns`, assumesRoles.filter(isArn)] as const,
  ]);
  const own: Inputs = {
    ...trusted,
    ...(accountId === undefined ? {} : { aws_account_id: accountId }),
    ...Object.fromEntries(roles),
  };
  const twice = Object.keys(own).find((name) => (values[name] ?? own[name]) !== own[name]);
  if (twice !== undefined) throw givenTwice(twice);
  return { ...own, ...values };
}

interface Printed {
  readonly types: readonly DatabaseType[];
  readonly inputs: Inputs;
  readonly documents: Documents;
}

/** The documents of {@link printIam} with all that is known about them; the same errors. */
export function printed(options: PrintIamOptions): Printed {
  const { types } = selectTypes(options.types);
  const prefixes = withUserRoles(types).map(({ name }) => variablePrefix(name));
  if (prefixes.length === 0 && (options.assumesRoles ?? []).length > 0) {
    throw noUserRoles(types.map(({ name }) => name).join(", "));
  }
  const inputs = inputsOf(options, prefixes);
  checkInputs(defineModule(types), inputs);
  return { types, inputs, documents: documents(types, inputs) };
}

/**
 * The IAM documents for database types, without Terraform. A value that was not given stays as a
 * visible placeholder.
 *
 * @throws UserError for an unknown type, or none, for a value that the module would refuse, and for
 *   roles to assume if no type assumes any
 */
export function printIam(options: PrintIamOptions): IamDocuments {
  const { documents: all } = printed(options);
  return {
    policy: all.policy,
    permissions_boundary: all.permissionsBoundary,
    user_role_trust_policies: all.userRoleTrustPolicies,
    user_role_policies: all.userRolePolicies,
  };
}

/**
 * The one trust policy of the roles that users connect as.
 *
 * @throws UserError if there is none, or if the types' policies differ
 */
export function singleTrustPolicy({
  user_role_trust_policies: byType,
}: IamDocuments): PolicyDocument {
  const [first, ...others] = Object.values(byType);
  if (first === undefined) throw noUserRoles("these types");
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first))) {
    throw new UserError(
      `The trust policies of ${Object.keys(byType).join(", ")} differ. Name one type, or leave out --trust to get all of them by type.`,
    );
  }
  return first;
}
