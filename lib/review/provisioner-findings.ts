import { isObject } from "../text/json";
import { type Finding, findingOf } from "./finding";
import type { ResourceDifference } from "./plan/difference";

/** A call of the AWS command in a shell command, with its service and operation. */
const CALL = /(?:^|[\s;&|(`"'/])aws\s+(?:--?[\w-]+(?:[= ]\S+)?\s+)*([a-z0-9-]+)\s+([a-z0-9-]+)/;

/** All texts of a provisioner's expressions. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return (value as unknown[]).flatMap(texts);
  return isObject(value) ? Object.values(value).flatMap(texts) : [];
}

/** Provisioners that run the AWS command. Its effect is unknown before it runs. */
export function provisionerFindings(resources: readonly ResourceDifference[]): Finding[] {
  return resources
    .filter(({ action }) => ["create", "replace", "delete"].includes(action))
    .flatMap((resource) => {
      const provisioners = resource.configuration?.provisioners;
      const list = Array.isArray(provisioners) ? (provisioners as unknown[]) : [];
      const calls = list.flatMap(texts).flatMap((text) => {
        const [, service, operation] = CALL.exec(text) ?? [];
        return service === undefined ? [] : [`aws ${service} ${operation ?? ""}`];
      });
      if (calls.length === 0) return [];
      const reason = `It runs ${[...new Set(calls)].join(", ")}, which is not compared.`;
      return [findingOf(resource, { kind: "provisioner", reasons: [reason] })];
    });
}
