import { isList, isObject, type Json } from "../../text/json";
import type { Configuration } from "../configuration";
import { type ConfigurationDocument, documentOf } from "../parse";
import { type Place, problemAt } from "../place";
import { treeOfJson } from "../tree";
import type { Reader } from "./reader";
import { readDatabaseResource, readDiscoveryConfig } from "./resources";

const DATABASE = "teleport_database";
const DISCOVERY_CONFIG = "teleport_discovery_config";

function member(value: Json | undefined, key: string): Json | undefined {
  return value !== undefined && isObject(value) && Object.hasOwn(value, key)
    ? value[key]
    : undefined;
}

function list(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : [];
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function isOurs(resource: Json): boolean {
  return [DATABASE, DISCOVERY_CONFIG].includes(text(member(resource, "type")));
}

/** The resources of a module and of the modules in it, however deep, in the order of the file. */
function resourcesOf(root: Json | undefined): Json[] {
  const found: Json[] = [];
  const modules = [root];
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    for (const resource of list(member(module, "resources"))) {
      if (isOurs(resource)) found.push(resource);
    }
    for (const inner of [...list(member(module, "child_modules"))].reverse()) modules.push(inner);
  }
  return found;
}

const WAY_OUT = "apply, and name the state instead (terraform show -json, without a plan's file)";

/** Settings of a database that leave something open if they are not known. */
const WITHOUT_DECISION = ["uri", "protocol", "aws"];

/** Settings that decide which role needs what: without them nothing can be concluded. */
const DECISIVE = ["assume_role_arn", "assume_role", "role_arn", "types"];

/** The paths below `value` of what a plan marks as known after apply only. */
function* unknownPaths(
  value: Json | undefined,
  path: readonly string[],
): Generator<readonly string[]> {
  if (value === true) yield path;
  if (typeof value !== "object" || value === null || path.length > 10) return;
  for (const [key, each] of Object.entries(value)) yield* unknownPaths(each, [...path, key]);
}

/**
 * Whether a database's URI is still to come; warns of everything that is not known, by its address.
 *
 * @throws UserError for what decides who may do what
 */
function checkUnknown(
  unknown: Json | undefined,
  place: Place,
  configuration: Configuration,
): boolean {
  const paths = [...unknownPaths(member(unknown, "spec"), ["spec"])].filter(
    ([, setting]) => setting === undefined || WITHOUT_DECISION.includes(setting),
  );
  for (const path of paths) {
    const name = path.join(".");
    const last = path.filter((key) => !/^[0-9]+$/.test(key)).at(-1) ?? "";
    if (DECISIVE.includes(last) || name === "spec.aws") {
      throw problemAt(place, `${name} is known after apply only: ${WAY_OUT}.`);
    }
    const remark = `${name} is known after apply only, and stays open here. To have it read: ${WAY_OUT}.`;
    configuration.warnings.push({ ...place, text: remark });
  }
  return paths.some(([, setting]) => setting === undefined || setting === "uri");
}

function readResource(
  resource: Json,
  unknown: Json | undefined,
  place: Place,
  configuration: Configuration,
): void {
  const tree = treeOfJson(member(resource, "values") ?? {}, place);
  if (tree.kind !== "mapping") return;
  const { section } = documentOf(tree, configuration.warnings);
  const awaitsUri = checkUnknown(unknown, place, configuration);
  // Terraform itself refuses unknown keys.
  if (text(member(resource, "type")) === DATABASE) {
    readDatabaseResource(section, place, awaitsUri, configuration);
  } else readDiscoveryConfig(section, configuration);
}

function read({ plan, section }: ConfigurationDocument, configuration: Configuration): void {
  const { file } = section.place;
  const values = member(plan, "planned_values") ?? member(plan, "values");
  const unknown = new Map(
    list(member(plan, "resource_changes"))
      .filter(isOurs)
      .map((change) => [
        text(member(change, "address")),
        member(member(change, "change"), "after_unknown"),
      ]),
  );
  const found = resourcesOf(member(values, "root_module"));
  if (found.length === 0) {
    throw problemAt(
      { file },
      "This is a plan or state of Terraform without a teleport_database or teleport_discovery_config. What Terraform passes to an agent as text is not read: name that agent's teleport.yaml.",
    );
  }
  for (const resource of found) {
    const address = text(member(resource, "address"));
    const place = { file, address };
    if (text(member(resource, "mode")) === "data") {
      const remark = "a data source: what it reads is configured elsewhere, passed over";
      configuration.passedOver.push({ ...place, text: remark });
    } else readResource(resource, unknown.get(address), place, configuration);
  }
}

/** Databases that Terraform makes: `terraform show -json` of a plan's file, or of the state. */
export const terraform: Reader = {
  title: "a plan or state of Terraform (terraform show -json)",
  recognises: ({ plan }) => plan !== undefined,
  read,
};
