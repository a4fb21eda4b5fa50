import { isObject } from "../../text/json";
import { readDocument } from "../compare";
import type { ResourceDifference, Side } from "../plan/difference";
import { type HeldDocument, unseenDocument } from "../plan/held-document";
import { shown } from "../plan/value";
import { byType } from "./data/words";
import { textAt, valuesAt } from "./values";

/**
 * The texts of an argument. One that is known only after apply is that of something that the plan creates, so no other
 * text is the same.
 */
const textsAt = (resource: ResourceDifference, side: Side, path: string): string[] =>
  valuesAt(resource, side, path).map((value) => {
    if (value.kind === "known") return shown(value);
    const isSame = resource.isSame(path.split(".")[0] ?? "");
    return `not known yet: ${path} of ${resource.address}${isSame ? "" : `, ${side}`}`;
  });

/** A condition, if its value is set. */
type Test = readonly [operator: string, key: string, value: string | undefined];

/** The parts of a statement. */
interface Parts {
  readonly principal: string | undefined;
  readonly actions: readonly string[];
  readonly tests: readonly Test[];
}

type Build = (get: (path: string) => string[], resource: ResourceDifference, side: Side) => Parts;

/** An ARN that is not known yet, as an ARN that nothing else is. */
const sourceArn = (value: string | undefined): string | undefined =>
  value === undefined || value.startsWith("arn:") ? value : `arn:aws:unknown:::${value}`;

const builders = byType<Build>({
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
  cloudwatch_event_permission: (get) => {
    const [operator] = get("condition.type");
    const [key] = get("condition.key");
    const [value] = get("condition.value");
    const [action = "events:PutEvents"] = get("action");
    const isOpen = operator === undefined || key === undefined;
    return {
      principal: get("principal")[0],
      actions: [action],
      tests: isOpen ? [] : [[operator, key, value]],
    };
  },
  // The one who may retire a grant only ends it: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
  kms_grant: (get, resource, side) => ({
    principal: get("grantee_principal")[0],
    actions: get("operations").map((name) => `kms:${name}`),
    tests: ["equals", "subset"]
      .flatMap((name) => valuesAt(resource, side, `constraints.encryption_context_${name}`))
      .flatMap((value) =>
        value.kind === "known" && isObject(value.value) ? Object.entries(value.value) : [],
      )
      .map(([key, value]) => ["StringEquals", `kms:EncryptionContext:${key}`, String(value)]),
  }),
  lambda_layer_version_permission: (get) => ({
    principal: get("principal")[0],
    actions: get("action"),
    tests: [
      ["StringEquals", "aws:PrincipalOrgID", get("organization_id")[0]],
      ["StringEquals", "lambda:LayerVersion", get("version_number")[0]],
    ],
  }),
  // https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
  lambda_permission: (get) => ({
    principal: get("principal")[0],
    actions: get("action"),
    tests: [
      ["ArnLike", "aws:SourceArn", sourceArn(get("source_arn")[0])],
      ["StringEquals", "aws:SourceAccount", get("source_account")[0]],
      ["StringEquals", "aws:PrincipalOrgID", get("principal_org_id")[0]],
      ["StringEquals", "lambda:EventSourceToken", get("event_source_token")[0]],
      ["StringEquals", "lambda:FunctionUrlAuthType", get("function_url_auth_type")[0]],
      ["StringEquals", "lambda:Qualifier", get("qualifier")[0]],
    ],
  }),
});

/** A statement that allows `*`, an account or ARN, or a service. */
function statementOf({ principal = "", actions, tests }: Parts, sid: string | undefined): object {
  const type = /^(\d{12}$|arn:)/.test(principal) ? "AWS" : "Service";
  const conditions: Record<string, Record<string, string>> = {};
  for (const [operator, key, value] of tests) {
    if (value !== undefined) conditions[operator] = { ...conditions[operator], [key]: value };
  }
  return {
    Sid: sid ?? "",
    Effect: "Allow",
    Principal: principal === "*" ? "*" : { [type]: principal },
    Action: actions,
    Resource: "*",
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  };
}

/**
 * Reads a resource that is one statement of a policy on one side, as a policy of the resource that it applies to;
 * undefined if it is not there.
 */
export function statementGrant(resource: ResourceDifference, side: Side): HeldDocument | undefined {
  const actions = ["action", "operations"].flatMap((path) => valuesAt(resource, side, path));
  if (actions.some(({ kind }) => kind !== "known")) {
    return { ...unseenDocument(`the actions of ${resource.address}, ${side}`), from: resource };
  }
  const get = (path: string): string[] => textsAt(resource, side, path);
  const parts = builders.get(resource.type)?.(get, resource, side);
  if (parts?.principal === undefined || parts.actions.length === 0) return undefined;
  const json = {
    Version: "2012-10-17",
    Statement: [statementOf(parts, textAt(resource, side, "statement_id"))],
  };
  const key = `grant ${JSON.stringify(json)}`;
  return { key, read: () => readDocument(json, "resource", key), from: resource };
}
