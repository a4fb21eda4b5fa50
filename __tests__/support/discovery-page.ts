import * as fs from "node:fs";
import * as path from "node:path";
import { filledPolicy, type PolicyStatement } from "./reference-page";

/** Teleport's services that one role can serve. */
export type Service = "database" | "discovery";

/**
 * Statements that find databases and import their tags, by type and Sid, from Teleport's discovery
 * page.
 */
export const discoveryStatements = JSON.parse(
  fs.readFileSync(
    path.resolve(__dirname, "..", "fixtures", "discovery-page", "statements.json"),
    "utf8",
  ),
) as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Sorted actions on everything, or on a list of ARNs, by Sid: order and shape do not count here. */
export type Grants = Readonly<Record<string, { actions: string[]; resources: string[] }>>;

/**
 * The grants of statements, by Sid.
 *
 * @throws Error where a Sid occurs twice, which IAM refuses
 */
export function grantsOf(statements: readonly PolicyStatement[]): Grants {
  const grants = new Map<string, Grants[string]>();
  for (const { Sid = "", Action, Resource } of statements) {
    if (grants.has(Sid)) throw new Error(`The Sid ${Sid} occurs twice`);
    grants.set(Sid, {
      actions: [Action].flat().sort(),
      resources: [Resource ?? []].flat().sort(),
    });
  }
  return Object.fromEntries(grants);
}

/**
 * The grants of the pages for a type and the services of a role: the actions of a Sid that both pages
 * have are joined.
 */
export function pageGrants(type: string, services: readonly Service[]): Grants {
  const grants = new Map<string, Grants[string]>();
  if (services.includes("database")) {
    for (const [sid, grant] of Object.entries(grantsOf(filledPolicy(type).Statement)))
      grants.set(sid, grant);
  }
  if (services.includes("discovery")) {
    for (const [sid, actions] of Object.entries(discoveryStatements[type] ?? {})) {
      const joined = [...(grants.get(sid)?.actions ?? []), ...actions];
      grants.set(sid, { actions: [...new Set(joined)].sort(), resources: ["*"] });
    }
  }
  return Object.fromEntries(grants);
}
