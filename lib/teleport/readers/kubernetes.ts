import * as rules from "../../catalog/formats";
import { plainOrQuoted } from "../../text/visible-text";
import type { Configuration, Reader } from "../configuration";
import { checkedText } from "../hop";
import { agentKeys, databaseManifestKeys } from "../known-keys";
import { parseConfiguration } from "../parse";
import type { Place } from "../place";
import type { Section } from "../section";
import type { Node } from "../tree";
import { warnOfUnknownKeys } from "../unknown-keys";
import { readDatabaseResource } from "./resources";
import { isAgent, readAgent } from "./teleport-yaml";

/** The key that the chart's ConfigMap, and everybody's by its example, holds the file under. */
const KEY = "teleport.yaml";

const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

/** The number of blanks that the first line with anything else begins with. */
function indentation(text: string): number {
  return /^ */.exec(text.replace(/^\s*\n/, ""))?.[0].length ?? 0;
}

/**
 * The place, in the file around it, of a line and column of a text that is in it. Of a block (`|`)
 * every line is there as it is; of any other scalar only its beginning can be named.
 */
function inner({ place, block }: Node, text: string): (line?: number, column?: number) => Place {
  const indent = indentation(block ?? "") - indentation(text);
  return (line = 1, column = 1) =>
    block === undefined
      ? { ...place, address: `line ${String(line)}, column ${String(column)} of ${KEY}` }
      : { ...place, line: (place.line ?? 0) + line, column: column + indent };
}

function readHeldFile(file: Section, configuration: Configuration): void {
  const isSecret = file.word("kind") === "Secret";
  // Entries of stringData replace entries of data.
  const isPlain = !isSecret || file.section("stringData").has(KEY);
  const data = file.section(isSecret && isPlain ? "stringData" : "data");
  const word = data.word(KEY) ?? "";
  if (word === "") {
    configuration.passOver(file.place, `${file.word("kind") ?? ""} without ${KEY}: skipped`);
    return;
  }
  const text = isPlain ? word : Buffer.from(word, "base64").toString("utf8");
  for (const each of parseConfiguration(text, inner(data.node(KEY), text))) {
    if (isAgent(each)) {
      warnOfUnknownKeys(each, agentKeys, configuration, KEY);
      readAgent(each, configuration);
    } else configuration.passOver(each.place, `${KEY} has no sections of Teleport`);
  }
}

/**
 * Reads the role of a service account.
 *
 * @returns false if the annotations name none
 */
export function readServiceRole(
  annotations: Section,
  serviceAccount: string | undefined,
  namespace: string | undefined,
  { serviceRoles }: Configuration,
): boolean {
  const arn = checkedText(annotations, ROLE_ANNOTATION, rules.roleArn);
  if (arn === undefined) return false;
  serviceRoles.push({ arn, serviceAccount, namespace });
  return true;
}

function readServiceAccount(section: Section, configuration: Configuration): void {
  const metadata = section.section("metadata");
  const [name, namespace] = ["name", "namespace"].map((key) => metadata.text(key)?.text);
  if (readServiceRole(metadata.section("annotations"), name, namespace, configuration)) return;
  const text = "ServiceAccount without a role's annotation: skipped";
  configuration.passOver(section.place, text);
}

/** Manifests of Kubernetes, as `helm template` and `kubectl get --output yaml` print them. */
export const kubernetes: Reader = {
  title: "a manifest of Kubernetes (a ConfigMap or Secret with teleport.yaml)",
  recognises: (section) => section.has("apiVersion") && section.has("kind"),
  read: (section, configuration) => {
    const kind = section.word("kind") ?? "";
    if (kind === "ConfigMap" || kind === "Secret") readHeldFile(section, configuration);
    else if (kind === "ServiceAccount") readServiceAccount(section, configuration);
    else if (kind === "TeleportDatabaseV3") {
      warnOfUnknownKeys(section, databaseManifestKeys, configuration, "The resource");
      readDatabaseResource(section, configuration);
    } else {
      // Flux and Argo CD hold values of a chart, each in its own way.
      const text = /^(HelmRelease|Application)$/.test(kind)
        ? `${kind}: its values are not read. Give --from a file with the values, or the output of helm template`
        : `${plainOrQuoted(kind)}: configures no databases, skipped`;
      configuration.passOver(section.place, text);
    }
  },
};
