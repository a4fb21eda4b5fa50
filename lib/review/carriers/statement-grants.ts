import { readDocument } from "../compare";
import type { ResourceDifference, Side } from "../plan/difference";
import type { HeldDocument } from "../plan/held-document";
import { textOf } from "../plan/value";
import { textAt, valuesAt } from "./values";

/**
 * A text of an argument. One that is known only after apply is that of something that the plan creates,
 * so no other text is the same.
 */
function text(resource: ResourceDifference, side: Side, path: string): string | undefined {
  const [value] = valuesAt(resource, side, path);
  if (value === undefined) return undefined;
  return textOf(value) ?? `not known yet: ${path} of ${resource.address}`;
}

type Condition = Record<string, Record<string, string | string[]>>;

/** A condition of the tests whose value is set. */
function conditionOf(
  tests: readonly (readonly [operator: string, key: string, value: string | undefined])[],
): { Condition?: Condition } {
  const condition: Condition = {};
  for (const [operator, key, value] of tests) {
    if (value === undefined) continue;
    condition[operator] = { ...condition[operator], [key]: value };
  }
  return Object.keys(condition).length === 0 ? {} : { Condition: condition };
}

/** `*`, an account or ARN of a principal, or the name of a service. */
function principal(name: string): "*" | Record<string, string> {
  if (name === "*") return "*";
  return /^(\d{12}$|arn:)/.test(name) ? { AWS: name } : { Service: name };
}

/** An ARN that is not known yet, as an ARN that nothing else is. */
const sourceArn = (value: string | undefined): string | undefined =>
  value === undefined || value.startsWith("arn:") ? value : `arn:aws:unknown:::${value}`;

type Build = (resource: ResourceDifference, side: Side) => object | undefined;

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const lambdaPermission: Build = (resource, side) => {
  const get = (path: string): string | undefined => text(resource, side, path);
  const [action, who] = [get("action"), get("principal")];
  if (action === undefined || who === undefined) return undefined;
  return {
    Sid: textAt(resource, side, "statement_id") ?? "",
    Effect: "Allow",
    Principal: principal(who),
    Action: action,
    Resource: "*",
    ...conditionOf([
      ["ArnLike", "aws:SourceArn", sourceArn(get("source_arn"))],
      ["StringEquals", "aws:SourceAccount", get("source_account")],
      ["StringEquals", "aws:PrincipalOrgID", get("principal_org_id")],
      ["StringEquals", "lambda:EventSourceToken", get("event_source_token")],
      ["StringEquals", "lambda:FunctionUrlAuthType", get("function_url_auth_type")],
      ["StringEquals", "lambda:Qualifier", get("qualifier")],
    ]),
  };
};

const layerPermission: Build = (resource, side) => {
  const get = (path: string): string | undefined => text(resource, side, path);
  const [action, who] = [get("action"), get("principal")];
  if (action === undefined || who === undefined) return undefined;
  return {
    Sid: textAt(resource, side, "statement_id") ?? "",
    Effect: "Allow",
    Principal: principal(who),
    Action: action,
    Resource: "*",
    ...conditionOf([
      ["StringEquals", "aws:PrincipalOrgID", get("organization_id")],
      ["StringEquals", "lambda:LayerVersion", String(get("version_number"))],
    ]),
  };
};

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html */
const eventPermission: Build = (resource, side) => {
  const who = text(resource, side, "principal");
  if (who === undefined) return undefined;
  const [type, key, value] = ["type", "key", "value"].map((name) =>
    text(resource, side, `condition.${name}`),
  );
  return {
    Sid: textAt(resource, side, "statement_id") ?? "",
    Effect: "Allow",
    Principal: principal(who),
    Action: text(resource, side, "action") ?? "events:PutEvents",
    Resource: "*",
    ...conditionOf(type === undefined || key === undefined ? [] : [[type, key, value]]),
  };
};

/**
 * A grant of a KMS key. The one who may retire it only ends it, so that is left out.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
 */
const keyGrant: Build = (resource, side) => {
  const who = text(resource, side, "grantee_principal");
  const operations = valuesAt(resource, side, "operations").flatMap((value) => textOf(value) ?? []);
  if (who === undefined || operations.length === 0) return undefined;
  const equals = valuesAt(resource, side, "constraints.encryption_context_equals");
  const subset = valuesAt(resource, side, "constraints.encryption_context_subset");
  const context = [...equals, ...subset].flatMap((value) =>
    value.kind === "known" ? Object.entries(value.value as Record<string, string>) : [],
  );
  return {
    Sid: "",
    Effect: "Allow",
    Principal: principal(who),
    Action: operations.map((name) => `kms:${name}`),
    Resource: "*",
    ...conditionOf(
      context.map(([key, value]) => ["StringEquals", `kms:EncryptionContext:${key}`, value]),
    ),
  };
};

const BUILDERS: Readonly<Record<string, Build>> = {
  aws_cloudwatch_event_permission: eventPermission,
  aws_kms_grant: keyGrant,
  aws_lambda_layer_version_permission: layerPermission,
  aws_lambda_permission: lambdaPermission,
};

/**
 * Reads a resource that is one statement of a policy on one side, as a policy of the resource that it
 * applies to; undefined if it is not there.
 */
export function statementGrant(resource: ResourceDifference, side: Side): HeldDocument | undefined {
  const statement = BUILDERS[resource.type]?.(resource, side);
  if (statement === undefined) return undefined;
  const json = { Version: "2012-10-17", Statement: [statement] };
  const key = `grant ${JSON.stringify(json)}`;
  return { key, read: () => readDocument(json, "resource", key), from: resource };
}
