/** Conflicts: resources in use, and names that exist already. */
import { parameter, type Request } from "../call";
import type { IamState, Role } from "../state";
import { api, guide, type Rule } from "./rule";

const IN_USE = "Cannot delete a policy attached to entities.";

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const conflicts: readonly Rule[] = [
  {
    name: "delete-boundary-in-use",
    source: "https://github.com/gruntwork-io/cloud-nuke/issues/972",
    actions: ["DeletePolicy"],
    status: 409,
    code: "DeleteConflict",
    refusal: (request, state) =>
      rolesOf(state).some(({ boundary }) => boundary === parameter(request, "PolicyArn"))
        ? IN_USE
        : undefined,
  },
  {
    name: "delete-attached-policy",
    source: api("DeletePolicy"),
    actions: ["DeletePolicy"],
    status: 409,
    code: "DeleteConflict",
    refusal: (request, state) =>
      rolesOf(state).some(({ attached }) => attached.has(parameter(request, "PolicyArn")))
        ? IN_USE
        : undefined,
  },
  {
    name: "delete-versions-first",
    source: api("DeletePolicy"),
    actions: ["DeletePolicy"],
    status: 409,
    code: "DeleteConflict",
    refusal: (request, { policies }) =>
      (policies.get(parameter(request, "PolicyArn"))?.versions.size ?? 0) > 1
        ? "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy."
        : undefined,
  },
  {
    name: "unique-role",
    source: api("CreateRole"),
    actions: ["CreateRole"],
    status: 409,
    code: "EntityAlreadyExists",
    refusal: (request: Request, { roles }: IamState): string | undefined => {
      const name = parameter(request, "RoleName");
      return [...roles.keys()].some((taken) => sameName(taken, name))
        ? `Role with name ${name} already exists.`
        : undefined;
    },
  },
  {
    name: "unique-policy",
    source: api("CreatePolicy"),
    actions: ["CreatePolicy"],
    status: 409,
    code: "EntityAlreadyExists",
    refusal: (request: Request, { policies }: IamState): string | undefined => {
      const name = parameter(request, "PolicyName");
      return [...policies.values()].some((taken) => sameName(taken.name, name))
        ? `A policy called ${name} already exists. Duplicate names are not allowed.`
        : undefined;
    },
  },
  {
    name: "unique-profile",
    source: guide("reference_iam-quotas"),
    actions: ["CreateInstanceProfile"],
    status: 409,
    code: "EntityAlreadyExists",
    refusal: (request: Request, { profiles }: IamState): string | undefined => {
      const name = parameter(request, "InstanceProfileName");
      return [...profiles].some((taken) => sameName(taken, name))
        ? `Instance Profile ${name} already exists.`
        : undefined;
    },
  },
];

function rolesOf({ roles }: IamState): readonly Role[] {
  return [...roles.values()];
}
