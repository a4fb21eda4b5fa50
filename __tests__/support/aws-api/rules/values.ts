/** The allowed values of each parameter. */
import { type Request, tagsOf } from "../call";
import { api, documentOf, guide, POLICY_WRITERS, type Rule, TRUST_WRITERS } from "./rule";

const TAGGING = ["CreateRole", "CreatePolicy", "CreateInstanceProfile", "TagRole", "TagPolicy"];

interface Constraint {
  readonly parameter: string;
  readonly actions: readonly string[];
  /** A page of the API reference. */
  readonly page: string;
  /** In place of the parameter's in the rule's name. */
  readonly name?: string;
  /** The value in the request; the parameter, unless given. */
  readonly values?: (request: Request) => readonly string[];
}

const given =
  (name: string) =>
  ({ parameters }: Request): readonly string[] => {
    const value = parameters[name];
    return value === undefined ? [] : [value];
  };

function validation(
  { parameter, actions, page, values = given(parameter) }: Constraint,
  name: string,
  allows: (value: string) => boolean,
  constraint: string,
): Rule {
  const at = parameter.replace(/^./, (letter) => letter.toLowerCase());
  return {
    name,
    source: api(page),
    actions,
    status: 400,
    code: "ValidationError",
    refusal: (request) =>
      values(request).every(allows)
        ? undefined
        : `1 validation error detected: Value at '${at}' failed to satisfy constraint: Member must ${constraint}`,
  };
}

function pattern(constraint: Constraint, allowed: RegExp): Rule {
  const source = allowed.source.replace(/^\^|\$$/g, "");
  return validation(
    constraint,
    constraint.name ?? `pattern-${constraint.parameter}`,
    (value) => allowed.test(value),
    `satisfy regular expression pattern: ${source}`,
  );
}

function length(constraint: Constraint, maximum: number): Rule {
  return validation(
    constraint,
    constraint.name ?? `length-${constraint.parameter}`,
    (value) => value.length <= maximum,
    `have length less than or equal to ${String(maximum)}`,
  );
}

const roleName: Constraint = { parameter: "RoleName", actions: ["CreateRole"], page: "CreateRole" };
const policyName: Constraint = {
  parameter: "PolicyName",
  actions: ["CreatePolicy"],
  page: "CreatePolicy",
};

export const values: readonly Rule[] = [
  pattern(roleName, /^[\w+=,.@-]+$/),
  length(roleName, 64),
  pattern(policyName, /^[\w+=,.@-]+$/),
  length(policyName, 128),
  pattern(
    {
      parameter: "Path",
      name: "pattern-policy-path",
      actions: ["CreatePolicy"],
      page: "CreatePolicy",
    },
    /^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/,
  ),
  pattern(
    {
      parameter: "Path",
      name: "pattern-role-path",
      actions: ["CreateRole", "CreateInstanceProfile"],
      page: "CreateRole",
    },
    /^(\/)$|^(\/[\u0021-\u007E]+\/)$/,
  ),
  pattern(
    { parameter: "Description", actions: ["CreateRole", "UpdateRole"], page: "CreateRole" },
    // eslint-disable-next-line no-control-regex -- as the API reference has it
    /^[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*$/,
  ),
  length({ parameter: "Description", actions: ["CreatePolicy"], page: "CreatePolicy" }, 1000),
  pattern(
    {
      parameter: "PolicyDocument",
      actions: [...POLICY_WRITERS, ...TRUST_WRITERS],
      page: "CreatePolicy",
      values: (request) => [documentOf(request)],
    },
    // eslint-disable-next-line no-control-regex -- as the API reference has it
    /^[\u0009\u000A\u000D\u0020-\u00FF]+$/,
  ),
  validation(
    {
      parameter: "MaxSessionDuration",
      actions: ["CreateRole", "UpdateRole"],
      page: "UpdateRole",
    },
    "session-duration",
    (seconds) => Number(seconds) >= 3600 && Number(seconds) <= 43200,
    "have value greater than or equal to 3600 and less than or equal to 43200",
  ),
  pattern(
    {
      parameter: "Tags.member.value",
      name: "pattern-tag-value",
      actions: TAGGING,
      page: "Tag",
      values: (request) => tagsOf(request).map(({ value }) => value),
    },
    /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
  ),
  {
    name: "tag-aws",
    source: guide("id_tags"),
    actions: TAGGING,
    status: 400,
    code: "InvalidInput",
    refusal: (request) =>
      tagsOf(request).some(({ key }) => /^aws:/i.test(key))
        ? "System tags cannot be added/updated/deleted: tag keys cannot start with aws:"
        : undefined,
  },
];
