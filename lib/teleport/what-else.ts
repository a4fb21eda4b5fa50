import type { ConfigurationDocument } from "./parse";

/*
 * What files are that no reader knows, and the way to one that a reader does.
 */

const SHOW_JSON = "terraform plan -out=tfplan, then terraform show -json tfplan";

/** What a text is that is no YAML, as the end of a sentence; nothing where it may be YAML. */
export function whatText(text: string): string | undefined {
  if (text.startsWith("PK\u0003\u0004")) {
    return "is a plan as Terraform keeps it. Name what terraform show -json prints of it.";
  }
  if (
    /^\s*(?:(?:#|\/\/).*\s*)*(?:resource|module|variable|provider|terraform|locals|data|output)\b[^:\n]*\{/.test(
      text,
    )
  ) {
    return `is Terraform's configuration, whose values only Terraform knows. Name what this prints: ${SHOW_JSON}.`;
  }
  return undefined;
}

/** What a document without a reader is, as the end of a sentence. */
export function whatElse({ keys }: ConfigurationDocument): string {
  const has = (...wanted: readonly string[]) => wanted.every((key) => keys.includes(key));
  if (has("lineage", "serial")) {
    return "is a state as Terraform keeps it. Name what terraform show -json prints.";
  }
  if (
    has("clusterName") &&
    ["auth", "proxy", "chartMode", "proxyProtocol"].some((key) => has(key))
  ) {
    return "has values of the chart teleport-cluster, which runs no Database Service. Name the values of teleport-kube-agent, or the agent's teleport.yaml.";
  }
  if (has("apiVersion", "name", "version")) {
    return "describes a chart (Chart.yaml). Name its values.";
  }
  return `is nothing that configures databases: it has ${keys.slice(0, 5).join(", ") || "no keys"}. Name an agent's teleport.yaml, values of the Helm chart teleport-kube-agent (of another chart, what helm template prints), a manifest with teleport.yaml, what tctl get db,discovery_config prints, or what terraform show -json prints.`;
}
