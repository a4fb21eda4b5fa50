import { type Finding, findingOf } from "../finding";
import type { ResourceDifference } from "../plan/difference";
import { noImpact } from "../verdict";
import { ends, nothingWhenNew, otherArguments } from "./data/others";
import { isListed, isOfAccess } from "./tables";
import { isTag, whyUnlisted } from "./unlisted-types";
import { isConfigured, isSameAt } from "./values";

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
    const names = own.arguments?.filter(
      (name) => !isSameAt(resource, name) && isConfigured(resource, name),
    );
    const isUnchanged = action === "update" && resource.changedAttributes.every(isTag);
    if (names === undefined ? isUnchanged : names.length === 0) return [];
    if (action === "delete" && ends.has(type)) {
      const item = { kind: "argument", reasons: ["The access that it gave ends."] } as const;
      return [findingOf(resource, item, { impact: { ...noImpact, narrows: true } })];
    }
    const which = names === undefined ? "" : ` (${names.join(", ")})`;
    const reasons = [`It ${own.why}${which}. That is not compared.`];
    return [findingOf(resource, { kind: "argument", reasons })];
  });
}
