/** The quotas of IAM. Sizes count no white space. */
import { parameter, type Request, tagsOf } from "../call";
import type { IamState } from "../state";
import { documentOf, guide, type Rule, TRUST_WRITERS } from "./rule";

const source = guide("reference_iam-quotas");
const quota = { source, status: 409, code: "LimitExceeded" } as const;

const size = (document: string): number => document.replace(/\s/g, "").length;

export const quotas: readonly Rule[] = [
  {
    ...quota,
    name: "ten-attachments",
    actions: ["AttachRolePolicy"],
    refusal: (request: Request, { roles }: IamState): string | undefined => {
      const attached = roles.get(parameter(request, "RoleName"))?.attached ?? new Set();
      return attached.size >= 10 && !attached.has(parameter(request, "PolicyArn"))
        ? "Cannot exceed quota for PoliciesPerRole: 10"
        : undefined;
    },
  },
  {
    ...quota,
    name: "size-managed",
    actions: ["CreatePolicy", "CreatePolicyVersion"],
    refusal: (request) =>
      size(documentOf(request)) > 6144 ? "Cannot exceed quota for PolicySize: 6144" : undefined,
  },
  {
    ...quota,
    name: "size-inline",
    actions: ["PutRolePolicy"],
    refusal: (request: Request, { roles }: IamState): string | undefined => {
      const role = parameter(request, "RoleName");
      // The quota is of all inline policies of the role together.
      const documents = new Map(roles.get(role)?.inline);
      documents.set(parameter(request, "PolicyName"), documentOf(request));
      return size([...documents.values()].join("")) > 10240
        ? `Maximum policy size of 10240 bytes exceeded for role ${role}`
        : undefined;
    },
  },
  {
    ...quota,
    name: "size-trust",
    actions: TRUST_WRITERS,
    refusal: (request) =>
      size(documentOf(request)) > 2048 ? "Cannot exceed quota for ACLSizePerRole: 2048" : undefined,
  },
  {
    ...quota,
    name: "fifty-tags",
    actions: ["TagRole", "TagPolicy"],
    refusal: (request: Request, { roles, policies }: IamState): string | undefined => {
      const tagged =
        roles.get(parameter(request, "RoleName")) ?? policies.get(parameter(request, "PolicyArn"));
      const keys = new Set(tagged?.tagKeys);
      for (const { key } of tagsOf(request)) keys.add(key);
      return keys.size > 50 ? "The number of tags has reached the maximum limit." : undefined;
    },
  },
];
