import * as rules from "../../catalog/formats";
import { plainOrQuoted } from "../../text/visible-text";
import { checked } from "../checked";
import type { Configuration } from "../configuration";
import { agentKeys, databaseManifestKeys } from "../known-keys";
import { type ConfigurationDocument, parseConfiguration } from "../parse";
import type { Place } from "../place";
import type { Section } from "../section";
import type { Scalar } from "../tree";
import { warnOfUnknownKeys } from "../unknown-keys";
import type { Reader } from "./reader";
import { readDatabaseResource } from "./resources";
import { isAgent, readAgent } from "./teleport-yaml";

/** The key that the chart's ConfigMap, and everybody's by its example, holds the file under. */
const KEY = "teleport.yaml";

/** The annotation that names the role of a service account. */
export const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

/** Kinds of Flux and Argo CD that hold values of a chart, each in its own way. */
const WITH_VALUES: readonly string[] = ["HelmRelease", "Application"];

/** How many blanks the first line with anything else begins with. */
function indentation(text: string): number {
  for (const line of text.split("\n")) {
    if (line.trim() !== "") return line.length - line.trimStart().length;
  }
  return 0;
}

/**
 * The place, in the file around it, of a line and column of a text that is in it. Of a block (`|`)
 * every line is there as it is; of any other scalar only its beginning can be named.
 */
function inner(
  { place: { line: first = 0, ...start }, block }: Scalar,
  text: string,
): (line?: number, column?: number) => Place {
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
function readHeldFile(file: Section, configuration: Configuration): void {
  const isSecret = file.word("kind") === "Secret";
  // What is in stringData replaces what is in data.
  const isPlain = !isSecret || file.section("stringData").has(KEY);
  const held = file.section(isSecret && isPlain ? "stringData" : "data").scalar(KEY);
  if (held === undefined || held.text === "") {
    const text = `${file.word("kind") ?? ""} without ${KEY}: passed over`;
    configuration.passedOver.push({ ...file.place, text });
    return;
  }
  const text = isPlain ? held.text : Buffer.from(held.text, "base64").toString("utf8");
  for (const each of parseConfiguration(text, inner(held, text), configuration.warnings)) {
    if (isAgent(each.section)) {
      warnOfUnknownKeys(each.root, agentKeys, configuration.warnings, KEY);
      readAgent(each.section, configuration);
    } else {
      const remark = `${KEY} has no sections of Teleport`;
      configuration.passedOver.push({ ...each.root.place, text: remark });
    }
  }
}

/** Reads the role of a service account. */
function readServiceAccount(
  { section }: ConfigurationDocument,
  configuration: Configuration,
): void {
  const metadata = section.section("metadata");
  const arn = checked(
    ROLE_ANNOTATION,
    metadata.section("annotations").text(ROLE_ANNOTATION),
    rules.roleArn,
  );
  if (arn === undefined) {
    const text = "ServiceAccount without a role's annotation: passed over";
    configuration.passedOver.push({ ...section.place, text });
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
  recognises: ({ section: { keys } }) => keys.includes("apiVersion") && keys.includes("kind"),
  read: (document, configuration) => {
    const { root, section } = document;
    const kind = section.word("kind") ?? "";
    if (kind === "ConfigMap" || kind === "Secret") readHeldFile(section, configuration);
    else if (kind === "ServiceAccount") readServiceAccount(document, configuration);
    else if (kind === "TeleportDatabaseV3") {
      warnOfUnknownKeys(root, databaseManifestKeys, configuration.warnings, "The resource");
      readDatabaseResource(section, section.place, false, configuration);
    } else {
      const text = WITH_VALUES.includes(kind)
        ? `${kind}: the values in it are not read. Name them in a file of their own, or what helm template prints`
        : `${plainOrQuoted(kind)}: configures no databases, passed over`;
      configuration.passedOver.push({ ...section.place, text });
    }
  },
};
