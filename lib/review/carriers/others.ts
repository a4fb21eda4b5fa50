import { type Finding, findingOf } from "../finding";
import type { ResourceDifference } from "../plan/difference";
import { noImpact } from "../verdict";
import { ends, nothingWhenNew, otherArguments } from "./data/others";
import { isListed, isOfAccess } from "./tables";
import { isTag, whyUnlisted } from "./unlisted-types";
import { isConfigured, isSameAt, valuesAt } from "./values";

/** The arguments that change and bear on access. */
function changed(resource: ResourceDifference, names: readonly string[]): readonly string[] {
  const { action } = resource;
  if (names.includes("*")) {
    const isRelevant = action !== "update" || !resource.changedAttributes.every(isTag);
    return isRelevant ? ["*"] : [];
  }
  if (action === "update" || action === "replace") {
    return names.filter((name) => !isSameAt(resource, name) && isConfigured(resource, name));
  }
  const side = action === "create" ? "after" : "before";
  return names.filter(
    (name) => valuesAt(resource, side, name).length > 0 && isConfigured(resource, name),
  );
}

/** Returns findings about resources that affect access and are not compared. */
export function otherFindings(resources: readonly ResourceDifference[]): Finding[] {
  return resources.flatMap((resource) => {
    const { type, action } = resource;
    if (action === "none") return [];
    const own = otherArguments.get(type);
    if (own === undefined) {
      const twin = type.replace(/^awscc_/, "aws_");
      if (isListed(type) || !twin.startsWith("aws_")) return [];
      const why = whyUnlisted(resource, twin !== type && isOfAccess(twin));
      const reasons = [`It ${why ?? ""}. That is not compared.`];
      return why === undefined ? [] : [findingOf(resource, { kind: "argument", reasons })];
    }
    if (action === "create" && nothingWhenNew.has(type)) return [];
    const names = changed(resource, own.arguments);
    if (names.length === 0) return [];
    if (action === "delete" && ends.has(type)) {
      const item = { kind: "argument", reasons: ["The access that it gave ends."] } as const;
      return [findingOf(resource, item, { impact: { ...noImpact, narrows: true } })];
    }
    const which = names.includes("*") ? "" : ` (${names.join(", ")})`;
    const reasons = [`It ${own.why}${which}. That is not compared.`];
    return [findingOf(resource, { kind: "argument", reasons })];
  });
}
