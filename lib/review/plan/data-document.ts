import { isObject, type JsonObject } from "../../text/json";
import type { ResourceDifference } from "./difference";
import { Hole, type PartialDocument, type PartialStatement } from "./partial-document";
import { referencesOf } from "./references";

/** A value of a plan, with its unknown leaves as holes. */
function withHoles(value: unknown, unknown: unknown, hole: Hole): unknown {
  if (unknown === true) return hole;
  if (Array.isArray(unknown)) {
    const list = Array.isArray(value) ? (value as unknown[]) : [];
    const length = Math.max(list.length, unknown.length);
    return Array.from({ length }, (_, index) => withHoles(list[index], unknown[index], hole));
  }
  if (isObject(unknown)) {
    const object = isObject(value) ? value : {};
    return Object.fromEntries(
      [...new Set([...Object.keys(object), ...Object.keys(unknown)])].map((key) => [
        key,
        withHoles(object[key], unknown[key], hole),
      ]),
    );
  }
  return value;
}

const isGiven = (value: unknown): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

/** `&{aws:username}` is how the data source writes a policy variable. */
function withVariables(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("&{", "${");
  return Array.isArray(value) ? (value as unknown[]).map((one) => withVariables(one)) : value;
}

function principalsOf(blocks: unknown): unknown {
  const list = Array.isArray(blocks) ? blocks.filter(isObject) : [];
  const result: Record<string, unknown[]> = {};
  for (const { type, identifiers } of list) {
    if (typeof type !== "string") return undefined;
    const names = Array.isArray(identifiers) ? (identifiers as unknown[]) : [identifiers];
    if (type === "*" && names.includes("*")) return "*";
    result[type] = [...(result[type] ?? []), ...names];
  }
  return result;
}

function conditionOf(blocks: unknown): JsonObject {
  const result: Record<string, Record<string, unknown[]>> = {};
  for (const { test, variable, values } of Array.isArray(blocks) ? blocks.filter(isObject) : []) {
    const keys = (result[String(test)] ??= {});
    const list = Array.isArray(values) ? values.map(withVariables) : [values];
    keys[String(variable)] = [...(keys[String(variable)] ?? []), ...list];
  }
  return result;
}

/** A statement block of the data source as JSON of IAM. */
function statementOf(block: JsonObject): PartialStatement {
  const lists = [
    ["Action", block.actions],
    ["NotAction", block.not_actions],
    ["Resource", block.resources],
    ["NotResource", block.not_resources],
  ].filter(([, list]) => isGiven(list));
  const condition = conditionOf(block.condition);
  return {
    ...(typeof block.sid === "string" && block.sid !== "" ? { Sid: block.sid } : {}),
    Effect: block.effect ?? "Allow",
    ...(Object.fromEntries(lists.map(([name, list]) => [name, withVariables(list)])) as JsonObject),
    ...(isGiven(block.principals) ? { Principal: principalsOf(block.principals) } : {}),
    ...(isGiven(block.not_principals) ? { NotPrincipal: principalsOf(block.not_principals) } : {}),
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

/**
 * The document of an `aws_iam_policy_document` that Terraform reads only during apply, from what the plan
 * shows of its statements; undefined if it is put together from other documents.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/d/iam_policy_document.html.markdown
 */
export function dataDocument(data: ResourceDifference): PartialDocument | undefined {
  const { after, after_unknown: unknown } = data.planned;
  if (!isObject(after)) return undefined;
  const others = [
    "source_json",
    "override_json",
    "source_policy_documents",
    "override_policy_documents",
  ];
  const marks = isObject(unknown) ? unknown : {};
  if (others.some((name) => isGiven(after[name]) || isGiven(marks[name]))) return undefined;
  const blocks = Array.isArray(after.statement) ? (after.statement as unknown[]) : undefined;
  if (blocks === undefined || marks.statement === true) return undefined;
  const written = data.expressions?.statement;
  const statements = blocks.map((block, index) => {
    const expressions: unknown = Array.isArray(written) ? written[index] : undefined;
    const mark: unknown = Array.isArray(marks.statement) ? marks.statement[index] : undefined;
    const names = Object.keys(isObject(block) ? block : {});
    const values = names.map((name) => {
      const own = referencesOf(isObject(expressions) ? expressions[name] : undefined);
      const value = isObject(block) ? block[name] : undefined;
      return [name, withHoles(value, isObject(mark) ? mark[name] : mark, new Hole(own))];
    });
    return Object.fromEntries(values) as JsonObject;
  });
  const version = typeof after.version === "string" ? after.version : "2012-10-17";
  return { version, statements: statements.map(statementOf) };
}

/**
 * The statements of a module of this project, from its `terraform_data.statements`. They show what the
 * module grants before its policy is known. Anybody can write such a resource, so it proves no safety.
 *
 * @param waitsFor the references in the module's call that its unknown values may take their value from
 */
export function moduleDocument(
  statements: ResourceDifference,
  waitsFor: readonly string[],
): PartialDocument | undefined {
  const { after, after_unknown: unknown } = statements.planned;
  const values = isObject(after) ? after.triggers_replace : undefined;
  const marks = isObject(unknown) ? unknown.triggers_replace : undefined;
  if (marks === true) return undefined;
  const all = withHoles(values, marks, new Hole(waitsFor));
  if (!isObject(all)) return undefined;
  const list = Object.entries(all).flatMap(([Sid, statement]) => {
    if (!isObject(statement) || !isGiven(statement.Resource)) return [];
    const { Condition: condition, ...rest } = statement;
    return [{ Sid, ...rest, ...(isObject(condition) ? { Condition: condition } : {}) }];
  });
  return { version: "2012-10-17", statements: list };
}
