import * as rules from "../../catalog/formats";
import { checked } from "../checked";
import type { Configuration } from "../configuration";
import { type ConfigurationDocument, parseConfiguration } from "../parse";
import type { Place } from "../place";
import type { Section } from "../section";
import type { Reader } from "./reader";
import { readDatabaseResource } from "./resources";
import { isAgent, readAgent } from "./teleport-yaml";

/** The key that the chart's ConfigMap, and everybody's by its example, holds the file under. */
const KEY = "teleport.yaml";

/** The annotation by which a service account stands for a role. */
export const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

/** Kinds of Flux and Argo CD that hold values of a chart, each in its own way. */
const WITH_VALUES: readonly string[] = ["HelmRelease", "Application"];

/** How many blanks the first line with anything else begins with. */
function indentation(text: string): number {
  return (/^ *(?=\S)/m.exec(text)?.[0] ?? "").length;
}

/**
 * The place, in the file around it, of a line and column of a text that stands in it. Of a block
 * (`|`) every line stands there as it is; of any other scalar only its beginning can be named.
 */
function inner(data: Section, text: string): (line?: number, column?: number) => Place {
  const { line: first = 0, ...start } = data.placeOf(KEY);
  const block = data.block(KEY);
  if (block === undefined) {
    return (line, column) => ({
      ...start,
      line: first,
      address: `line ${String(line ?? 1)}, column ${String(column ?? 1)} of ${KEY}`,
    });
  }
  const indent = indentation(block) - indentation(text);
  return (line = 1, column = 1) => ({ ...start, line: first + line, column: column + indent });
}

/** Reads the file that a ConfigMap or Secret holds. */
function readHeldFile(document: ConfigurationDocument, configuration: Configuration): void {
  const file = document.section(document.keys);
  const isSecret = document.word("kind") === "Secret";
  // What is in stringData goes over what is in data.
  const key = isSecret && file.mappingKeys("stringData").includes(KEY) ? "stringData" : "data";
  const data = file.mapping(key);
  const held = data.text(KEY);
  if (held === undefined) {
    configuration.passedOver.push({
      ...document.place,
      text: `${document.word("kind") ?? ""} without ${KEY}: passed over`,
    });
    return;
  }
  const isEncoded = isSecret && key === "data";
  const text = isEncoded ? Buffer.from(held.text, "base64").toString("utf8") : held.text;
  for (const each of parseConfiguration(text, inner(data, text), configuration.warnings)) {
    if (isAgent(each)) readAgent(each, configuration);
    else {
      configuration.passedOver.push({ ...each.place, text: `${KEY} has no sections of Teleport` });
    }
  }
}

/** Reads the role that a service account stands for. */
function readServiceAccount(document: ConfigurationDocument, configuration: Configuration): void {
  const metadata = document.section(document.keys).mapping("metadata");
  const arn = checked(
    ROLE_ANNOTATION,
    metadata.mapping("annotations").text(ROLE_ANNOTATION),
    rules.roleArn,
  );
  if (arn === undefined) {
    const text = "ServiceAccount without a role's annotation: passed over";
    configuration.passedOver.push({ ...document.place, text });
    return;
  }
  configuration.serviceRoles.push({
    arn,
    serviceAccount: metadata.text("name"),
    namespace: metadata.text("namespace"),
  });
}

/** Manifests of Kubernetes, as `helm template` and `kubectl get --output yaml` print them. */
export const kubernetes: Reader = {
  title: "a manifest of Kubernetes (a ConfigMap or Secret with teleport.yaml)",
  recognises: ({ keys }) => keys.includes("apiVersion") && keys.includes("kind"),
  read: (document, configuration) => {
    const kind = document.word("kind") ?? "";
    if (kind === "ConfigMap" || kind === "Secret") readHeldFile(document, configuration);
    else if (kind === "ServiceAccount") readServiceAccount(document, configuration);
    else if (kind === "TeleportDatabaseV3") {
      readDatabaseResource(document.section(document.keys), document.place, false, configuration);
    } else {
      const text = WITH_VALUES.includes(kind)
        ? `${kind}: the values in it are not read. Name them in a file of their own, or what helm template prints`
        : `${kind}: configures no databases, passed over`;
      configuration.passedOver.push({ ...document.place, text });
    }
  },
};
