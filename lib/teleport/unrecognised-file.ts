import { quoted } from "../text/visible-text";
import type { Section } from "./section";

/** A line that begins a block of Terraform's configuration. */
const BLOCK =
  /^(resource|module|variable|provider|terraform|locals|data|output|moved|import|removed|check)\b[^:{\n]*\{/m;

/**
 * Names the format of text that is not YAML, as the end of a sentence; nothing if it may be YAML.
 */
export function describeUnrecognisedText(text: string): string | undefined {
  if (text.startsWith("PK\u0003\u0004")) {
    return "is a saved plan, which only Terraform can read. Write it as JSON: terraform show -json tfplan > plan.json";
  }
  return BLOCK.test(text)
    ? "is Terraform's configuration, without values. Use a plan: terraform plan -out=tfplan, then terraform show -json tfplan > plan.json"
    : undefined;
}

/** Describes a document without a reader, as the end of a sentence. */
export function describeUnrecognised({ keys }: Section): string {
  if (keys.includes("lineage") && keys.includes("serial")) {
    return "is Terraform's state file. Write it as JSON: terraform show -json > state.json";
  }
  const found = keys.slice(0, 5).map(quoted).join(", ") || "no keys";
  return `does not configure databases: it has ${found}. Name an agent's teleport.yaml, values of the Helm chart teleport-kube-agent (for another chart, the output of helm template), a manifest with teleport.yaml, or the output of tctl get db,discovery_config or terraform show -json.`;
}
