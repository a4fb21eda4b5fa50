import { isObject, type JsonObject, parseJson } from "../../text/json";
import { UserError } from "../../text/user-error";
import { Configuration } from "./configuration";
import { DocumentTexts } from "./document-texts";
import type { ConfigurationModule, ConfigurationResource, ResourceChange } from "./plan-json";

export type { ConfigurationResource, ResourceChange } from "./plan-json";

/**
 * A plan, as `terraform show -json` prints it.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface Plan {
  readonly resource_changes: readonly ResourceChange[];
  /** Changes that Terraform put off to a later plan. */
  readonly deferred_changes: readonly ResourceChange[];
  /** Changes that were made outside of Terraform, which it found before it planned. */
  readonly resource_drift: readonly ResourceChange[];
  readonly configuration: Configuration;
  /** The documents of managed policies that data sources have read, by ARN. */
  readonly policyTexts: ReadonlyMap<string, string>;
  /** The account of the credentials, by provider configuration, if a data source has read it. */
  readonly callers: ReadonlyMap<string, string>;
  readonly texts: DocumentTexts;
}

const HOW = "Make one with: terraform plan -out tfplan && terraform show -json tfplan > plan.json";

/** An error about a text that is not a plan. `problem` contains the problem and the advice. */
export function noPlan(source: string, problem: string): UserError {
  return new UserError(`${source} is not a Terraform plan in JSON. ${problem}`);
}

const isText = (value: unknown): boolean => typeof value === "string";
/** Terraform before 0.13 writes null for what there is not. */
const isTextIfAny = (value: unknown): boolean =>
  value === undefined || value === null || isText(value);
const isObjectIfAny = (value: unknown): boolean => value === undefined || isObject(value);

function isChange(value: unknown): value is ResourceChange {
  return (
    isObject(value) &&
    [value.address, value.mode, value.type, value.name].every(isText) &&
    [value.module_address, value.previous_address].every(isTextIfAny) &&
    (typeof value.index === "number" || isTextIfAny(value.index)) &&
    isObject(value.change) &&
    Array.isArray(value.change.actions) &&
    value.change.actions.every(isText)
  );
}

function isConfigurationResource(value: unknown): value is ConfigurationResource {
  return isObject(value) && isText(value.address) && isObjectIfAny(value.expressions);
}

function isModuleCall(value: unknown): boolean {
  return (
    isObject(value) &&
    isObjectIfAny(value.expressions) &&
    (value.module === undefined || isConfigurationModule(value.module))
  );
}

function isConfigurationModule(value: unknown): value is ConfigurationModule {
  if (!isObject(value)) return false;
  const { resources = [], outputs = {}, module_calls: calls = {} } = value;
  return (
    Array.isArray(resources) &&
    resources.every(isConfigurationResource) &&
    isObject(outputs) &&
    Object.values(outputs).every(isObject) &&
    isObject(calls) &&
    Object.values(calls).every(isModuleCall)
  );
}

/** Names the text that is not a plan, with advice. */
function recognise(text: string, value: unknown): string {
  if (text.trim() === "") return `It is empty. ${HOW}`;
  if (text.startsWith("[command]") || /^::debug::Terraform exited with code/m.test(text)) {
    return "It is the output of the wrapper that hashicorp/setup-terraform installs. Set terraform_wrapper: false in that step.";
  }
  if (text.startsWith("PK")) {
    return "It is a saved plan, which only Terraform can read. Write it as JSON: terraform show -json tfplan > plan.json";
  }
  if (value === undefined) {
    const [firstLine = ""] = text.split("\n", 1);
    return isObject(parseJson(firstLine) ?? null)
      ? `It is a stream of JSON lines, such as the log of terraform plan -json. ${HOW}`
      : `It is not JSON. ${HOW}`;
  }
  if (isObject(value) && ("values" in value || "lineage" in value || "serial" in value)) {
    return `It is a state, which has no changes. ${HOW}`;
  }
  return `It has no resource changes and no planned values. ${HOW}`;
}

function changes(value: unknown, source: string): readonly ResourceChange[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every(isChange)) {
    throw noPlan(source, `Its resource_changes are invalid. ${HOW}`);
  }
  return value;
}

function rootModule(value: unknown, source: string): ConfigurationModule {
  if (value === undefined) return {};
  const root = isObject(value) ? (value.root_module ?? {}) : undefined;
  if (!isConfigurationModule(root)) {
    throw noPlan(source, `Its configuration is invalid. ${HOW}`);
  }
  return root;
}

/** The data sources of a type that Terraform has read. */
function dataSources(priorState: unknown, type: string): JsonObject[] {
  const found: JsonObject[] = [];
  const values = isObject(priorState) ? priorState.values : undefined;
  const open: unknown[] = [isObject(values) ? values.root_module : undefined];
  for (let module = open.pop(); isObject(module); module = open.pop()) {
    const { address, resources, child_modules: inner } = module;
    for (const one of Array.isArray(inner) ? (inner as unknown[]) : []) open.push(one);
    for (const resource of Array.isArray(resources) ? (resources as unknown[]) : []) {
      if (isObject(resource) && resource.mode === "data" && resource.type === type)
        found.push({ ...resource, module_address: address });
    }
  }
  return found;
}

/** The documents that the data source `aws_iam_policy` has read. */
function policyTexts(priorState: unknown): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { values, sensitive_values: marks } of dataSources(priorState, "aws_iam_policy")) {
    if (!isObject(values) || (isObject(marks) && Object.keys(marks).includes("policy"))) continue;
    const { arn, policy } = values;
    if (typeof arn === "string" && typeof policy === "string") texts.set(arn, policy);
  }
  return texts;
}

/** The accounts that the data source `aws_caller_identity` has read, by provider configuration. */
function callers(priorState: unknown, configuration: Configuration): Map<string, string> {
  const accounts = new Map<string, string>();
  const type = "aws_caller_identity";
  for (const { values, name, module_address: module } of dataSources(priorState, type)) {
    const account = isObject(values) ? values.account_id : undefined;
    const address = typeof module === "string" ? module : null;
    const own = { module_address: address, mode: "data", type, name: String(name) };
    const provider = configuration.of(own)?.provider_config_key;
    if (typeof account !== "string" || !/^\d{12}$/.test(account)) continue;
    if (typeof provider === "string") accounts.set(provider, account);
  }
  return accounts;
}

/**
 * Reads a plan. What the rest of the program reads of it is checked here, but for the values of
 * attributes and expressions, which can be anything.
 *
 * @param source how messages call it, such as the file's name
 * @throws UserError if the text is anything else, of another format version, or of a failed run
 */
export function readPlan(text: string, source: string): Plan {
  const value: unknown = parseJson(text);
  if (!isObject(value) || !("resource_changes" in value || "planned_values" in value)) {
    throw noPlan(source, recognise(text, value));
  }
  const { format_version: version } = value;
  // Terraform 0.12 to 1.0 write 0.1 and 0.2.
  if (typeof version !== "string" || !/^(1\.|0\.[12]$)/.test(version)) {
    const got = typeof version === "string" ? JSON.stringify(version.slice(0, 20)) : "missing";
    throw noPlan(source, `Its format_version is ${got}; this version supports 0.1, 0.2 and 1.x.`);
  }
  if (value.errored === true) {
    throw noPlan(
      source,
      "Its terraform plan failed, so changes may be missing. Fix the errors, and plan again.",
    );
  }
  const deferred = Array.isArray(value.deferred_changes)
    ? value.deferred_changes.map((item: unknown) =>
        isObject(item) ? item.resource_change : undefined,
      )
    : value.deferred_changes;
  const configuration = new Configuration(rootModule(value.configuration, source));
  return {
    resource_changes: changes(value.resource_changes, source),
    deferred_changes: changes(deferred, source),
    resource_drift: changes(value.resource_drift, source),
    configuration,
    policyTexts: policyTexts(value.prior_state),
    callers: callers(value.prior_state, configuration),
    texts: new DocumentTexts(),
  };
}
