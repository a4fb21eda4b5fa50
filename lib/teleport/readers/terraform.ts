import type { Configuration } from "../configuration";
import { type ConfigurationDocument, parseConfiguration } from "../parse";
import { type Place, problemAt } from "../place";
import type { Reader } from "./reader";
import { readDatabaseResource, readDiscoveryConfig } from "./resources";

/** A value of a plan or state that JSON.parse gave. */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

function member(value: Json | undefined, key: string): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)[key]
    : undefined;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The resources of a module and of the modules in it. */
function resourcesOf(module: Json | undefined): readonly Json[] {
  return [
    ...list(member(module, "resources")),
    ...list(member(module, "child_modules")).flatMap(resourcesOf),
  ];
}

/** The paths, below `value`, of what a plan marks as known after apply only. */
function unknownPaths(value: Json | undefined, path: readonly string[] = []): string[][] {
  if (value === true) return [[...path]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => unknownPaths(each, [...path, key]));
}

/** Paths that decide which role needs what: without them nothing can be said. */
const DECISIVE = ["assume_role_arn", "assume_role", "role_arn", "types"];

/** Paths of a database whose absence leaves something open, and of which the rest is none's concern. */
const CONCERNING = /^spec(\.(uri|protocol|aws\b.*))?$/;

const WAY_OUT = "apply, and name the state instead (terraform show -json, without a plan's file)";

/**
 * Whether a database's URI is still to come; warns of everything that is not known, by its address.
 *
 * @throws UserError for what decides who may do what
 */
function checkUnknown(
  unknown: readonly (readonly string[])[],
  place: Place,
  configuration: Configuration,
): { readonly awaitsUri: boolean } {
  const concerning = unknown.map((path) => path.join(".")).filter((path) => CONCERNING.test(path));
  for (const path of concerning) {
    const last =
      path
        .split(".")
        .filter((key) => !/^[0-9]+$/.test(key))
        .at(-1) ?? "";
    if (DECISIVE.includes(last) || path === "spec.aws") {
      throw problemAt(place, `${path} is known after apply only: ${WAY_OUT}.`);
    }
    const remark = `${path} is known after apply only, and stays open here. To have it read: ${WAY_OUT}.`;
    configuration.warnings.push({ ...place, text: remark });
  }
  return { awaitsUri: ["spec", "spec.uri"].some((path) => concerning.includes(path)) };
}

function readResource(
  resource: Json,
  unknown: readonly (readonly string[])[],
  place: Place,
  configuration: Configuration,
): void {
  const values = JSON.stringify(member(resource, "values") ?? {});
  const [document] = parseConfiguration(values, () => place, configuration.warnings);
  if (document === undefined) return;
  const section = document.section(document.keys);
  const { awaitsUri } = checkUnknown(unknown, place, configuration);
  if (text(member(resource, "type")) === "teleport_discovery_config") {
    readDiscoveryConfig(section, configuration);
  } else readDatabaseResource(section, place, awaitsUri, configuration);
}

function read(document: ConfigurationDocument, configuration: Configuration): void {
  const json = document.json as Json;
  const { file } = document.place;
  const root = member(member(json, "planned_values") ?? member(json, "values"), "root_module");
  const unknown = new Map(
    list(member(json, "resource_changes")).map((change) => [
      text(member(change, "address")),
      unknownPaths(member(member(change, "change"), "after_unknown")),
    ]),
  );
  const found = resourcesOf(root).filter((resource) =>
    ["teleport_database", "teleport_discovery_config"].includes(text(member(resource, "type"))),
  );
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
    } else readResource(resource, unknown.get(address) ?? [], place, configuration);
  }
}

/** Databases that Terraform makes: `terraform show -json` of a plan's file, or of the state. */
export const terraform: Reader = {
  title: "a plan or state of Terraform (terraform show -json)",
  recognises: ({ json }) => json !== undefined,
  read,
};
