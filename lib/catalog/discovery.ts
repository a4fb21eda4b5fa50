import type { DatabaseType } from "./database-type";
import type { Discovery, Statement } from "./statement";

/** Teleport's IAM reference of auto-discovery. */
export const discoveryPage =
  "https://goteleport.com/docs/enroll-resources/auto-discovery/reference/aws-iam";

/**
 * The statement by which a type's databases are found.
 *
 * @param databases them in the plural, as they end a sentence
 */
export function finds(
  sid: string,
  databases: string,
  discovery: Pick<Discovery, "actions" | "arns">,
): Statement {
  return {
    sid,
    actions: [],
    discovery,
    resources: {
      kind: "databases",
      unrestricted: true,
      narrowings: [],
      arns: discovery.arns ?? [],
    },
    purpose: `Find ${databases}.`,
    omittable: "Needed only if Teleport discovers databases.",
    source: discoveryPage,
  };
}

/** True if Teleport can discover databases of a type by itself. */
export function isDiscovered({ statements }: DatabaseType): boolean {
  return statements.some(({ discovery }) => discovery !== undefined);
}
