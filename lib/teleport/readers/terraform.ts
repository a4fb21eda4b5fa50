import type { Configuration, Reader } from "../configuration";
import { problemAt } from "../place";
import type { Section } from "../section";
import { isItems, isMapping, type Node } from "../tree";
import { readDatabaseResource, readDiscoveryConfig } from "./resources";

const DATABASE = "teleport_database";

function isOurs(resource: Section): boolean {
  return [DATABASE, "teleport_discovery_config"].includes(resource.word("type") ?? "");
}

/** The resources of a module and of the modules in it, in the order of the file. */
function resourcesOf(module: Section): Section[] {
  return [
    ...module.sections("resources").filter(isOurs),
    ...module.sections("child_modules").flatMap(resourcesOf),
  ];
}

/** The paths below a value that a plan marks as known only after apply. */
function unknownPaths({ content }: Node, path: string): string[] {
  if (content === "true") return [path];
  if (isItems(content)) {
    return content.flatMap((item, index) => unknownPaths(item, `${path}.${String(index)}`));
  }
  if (!isMapping(content)) return [];
  return [...content].flatMap(([key, value]) => unknownPaths(value, `${path}.${key}`));
}

/** Settings that decide which role needs what: without them nothing can be concluded. */
const DECISIVE = /^spec\.aws$|\.(assume_role_arn|assume_role|role_arn|types)(\.[0-9]+)*$/;

const WAY_OUT = "run terraform apply, and give --from the state: terraform show -json > state.json";

/**
 * Warns of values that are known only after apply.
 *
 * @returns true if the URI is still to come
 * @throws UserError for what decides who may do what
 */
function warnOfUnknown(unknown: Section, configuration: Configuration): boolean {
  const paths = unknownPaths(unknown.section("after_unknown").node("spec"), "spec");
  const needed = paths.filter((path) => /^spec($|\.(uri|protocol|aws))/.test(path));
  for (const path of needed) {
    const what = `${path} is known only after apply`;
    if (DECISIVE.test(path)) throw problemAt(unknown.place, `${what}: ${WAY_OUT}.`);
    const text = `${what}, so it is not narrowed here. To narrow it, ${WAY_OUT}.`;
    configuration.warn(unknown.place, text);
  }
  return needed.some((path) => path === "spec" || path === "spec.uri");
}

/** Reads the resources of a plan or state; Terraform itself refuses unknown keys. */
function read(plan: Section, configuration: Configuration): void {
  const values = plan.section(plan.has("planned_values") ? "planned_values" : "values");
  const found = resourcesOf(values.section("root_module"));
  if (found.length === 0) {
    throw problemAt(
      plan.place,
      "This is a plan or state of Terraform without a teleport_database or teleport_discovery_config. Text that Terraform passes to an agent is not read. Give --from that agent's teleport.yaml.",
    );
  }
  const changes = plan.sections("resource_changes").filter(isOurs);
  const unknown = new Map(changes.map((each) => [each.word("address"), each.section("change")]));
  for (const resource of found) {
    const own = resource.section("values");
    if (resource.word("mode") === "data") {
      const text = "a data source, whose values are configured elsewhere: skipped";
      configuration.passOver(resource.place, text);
      continue;
    }
    const change = unknown.get(resource.word("address"));
    const awaitsUri = change !== undefined && warnOfUnknown(change, configuration);
    if (resource.word("type") !== DATABASE) readDiscoveryConfig(own, configuration);
    else readDatabaseResource(own, configuration, awaitsUri);
  }
}

/** Databases that Terraform makes: `terraform show -json` of a plan's file, or of the state. */
export const terraform: Reader = {
  title: "a plan or state of Terraform (terraform show -json)",
  recognises: (section) => section.has("format_version"),
  read,
};
