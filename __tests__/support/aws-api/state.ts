/** The state of an account's IAM after the accepted calls. */
import { accepted, type Call, element, parameter } from "./call";

export interface Role {
  readonly arn: string;
  /** The trust policy. */
  trust: string;
  /** ARN of the permissions boundary. */
  boundary: string | undefined;
  /** ARNs of attached policies. */
  readonly attached: Set<string>;
  /** Inline policies: documents by name. */
  readonly inline: Map<string, string>;
}

/** A customer managed policy. */
export interface Policy {
  readonly name: string;
  readonly arn: string;
  /** Documents by version ID. */
  readonly versions: Map<string, string>;
  defaultVersion: string;
}

export interface IamState {
  /** By name. */
  readonly roles: Map<string, Role>;
  /** By ARN. */
  readonly policies: Map<string, Policy>;
  /** Names of instance profiles. */
  readonly profiles: Set<string>;
}

export function emptyState(): IamState {
  return { roles: new Map(), policies: new Map(), profiles: new Set() };
}

/** Changes `state` as the call did. Calls that were refused, or that only read, change nothing. */
export function applyCall(state: IamState, call: Call): void {
  if (!accepted(call)) return;
  const effect = Object.hasOwn(effects, call.action) ? effects[call.action] : undefined;
  effect?.(state, call, (name) => parameter(call, name));
}

type Effect = (state: IamState, call: Call, of: (parameter: string) => string) => void;

/** The change by each call. */
const effects: Readonly<Record<string, Effect>> = {
  CreateRole({ roles }, call, of) {
    roles.set(of("RoleName"), {
      arn: element(call.answer, "Arn"),
      trust: of("AssumeRolePolicyDocument"),
      boundary: call.parameters.PermissionsBoundary,
      attached: new Set(),
      inline: new Map(),
    });
  },
  DeleteRole({ roles }, _, of) {
    roles.delete(of("RoleName"));
  },
  UpdateAssumeRolePolicy({ roles }, _, of) {
    const role = roles.get(of("RoleName"));
    if (role !== undefined) role.trust = of("PolicyDocument");
  },
  PutRolePermissionsBoundary({ roles }, _, of) {
    const role = roles.get(of("RoleName"));
    if (role !== undefined) role.boundary = of("PermissionsBoundary");
  },
  DeleteRolePermissionsBoundary({ roles }, _, of) {
    const role = roles.get(of("RoleName"));
    if (role !== undefined) role.boundary = undefined;
  },
  AttachRolePolicy({ roles }, _, of) {
    roles.get(of("RoleName"))?.attached.add(of("PolicyArn"));
  },
  DetachRolePolicy({ roles }, _, of) {
    roles.get(of("RoleName"))?.attached.delete(of("PolicyArn"));
  },
  PutRolePolicy({ roles }, _, of) {
    roles.get(of("RoleName"))?.inline.set(of("PolicyName"), of("PolicyDocument"));
  },
  DeleteRolePolicy({ roles }, _, of) {
    roles.get(of("RoleName"))?.inline.delete(of("PolicyName"));
  },
  CreatePolicy({ policies }, call, of) {
    const arn = element(call.answer, "Arn");
    policies.set(arn, {
      name: of("PolicyName"),
      arn,
      versions: new Map([["v1", of("PolicyDocument")]]),
      defaultVersion: "v1",
    });
  },
  DeletePolicy({ policies }, _, of) {
    policies.delete(of("PolicyArn"));
  },
  CreatePolicyVersion({ policies }, call, of) {
    const policy = policies.get(of("PolicyArn"));
    const version = element(call.answer, "VersionId");
    policy?.versions.set(version, of("PolicyDocument"));
    if (policy !== undefined && of("SetAsDefault") === "true") policy.defaultVersion = version;
  },
  SetDefaultPolicyVersion({ policies }, _, of) {
    const policy = policies.get(of("PolicyArn"));
    if (policy !== undefined) policy.defaultVersion = of("VersionId");
  },
  DeletePolicyVersion({ policies }, _, of) {
    policies.get(of("PolicyArn"))?.versions.delete(of("VersionId"));
  },
  CreateInstanceProfile({ profiles }, _, of) {
    profiles.add(of("InstanceProfileName"));
  },
  DeleteInstanceProfile({ profiles }, _, of) {
    profiles.delete(of("InstanceProfileName"));
  },
};
