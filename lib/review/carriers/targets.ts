import type { ResourceDifference } from "../plan/difference";
import { kindOf, targetNames } from "./data/policies";
import { textAt } from "./values";

/** One name of a thing that has several: the ID of a key, the name of a function. */
export function canonicalName(of: string, name: string): string {
  if (of === "KMS key") return name.replace(/^.*:key\//, "");
  if (of !== "function") return name;
  return /(?:^|:)function:([^:]+)/.exec(name)?.[1] ?? /^[^:]+/.exec(name)?.[0] ?? name;
}

/** The rest of the ARN of each kind of thing, after `arn:…:`; `#` is the name. */
const ARNS: Readonly<Record<string, readonly string[]>> = {
  bucket: ["s3:::#", "s3:::#/*"],
  "file system": ["elasticfilesystem:*:*:file-system/#"],
  "KMS key": ["kms:*:*:key/#"],
};

/** The resources that a policy of a thing can apply to, as patterns; undefined if any. */
export function resourcesOf(of: string, name: string | undefined): readonly string[] | undefined {
  if (name === undefined || /[*?$]/.test(name)) return undefined;
  if (of === "topic" && name.startsWith("arn:")) return [name];
  return ARNS[of]?.map((arn) => `arn:*:${arn.replace("#", name)}`);
}

/** The things that a plan creates or deletes, by kind and name. */
export class Targets {
  private readonly names: Readonly<Record<"create" | "delete", Set<string>>> = {
    create: new Set(),
    delete: new Set(),
  };

  constructor(resources: readonly ResourceDifference[]) {
    for (const resource of resources) {
      const { type, action } = resource;
      if (action !== "create" && action !== "delete") continue;
      for (const attribute of targetNames.get(type) ?? []) {
        const name = textAt(resource, action === "create" ? "after" : "before", attribute);
        if (name !== undefined) this.names[action].add(this.key(kindOf(type).of, name));
      }
    }
  }

  has(action: "create" | "delete", of: string, name: string): boolean {
    return this.names[action].has(this.key(of, name));
  }

  private key(of: string, name: string): string {
    return JSON.stringify([of, canonicalName(of, name)]);
  }
}
