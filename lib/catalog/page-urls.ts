/** Teleport's IAM reference of auto-discovery. */
export const discoveryPage =
  "https://goteleport.com/docs/enroll-resources/auto-discovery/reference/aws-iam";

/** Teleport's Database Access AWS IAM Reference, at the section of `anchor`. */
export function referencePage(anchor: string): `https://${string}` {
  return `https://goteleport.com/docs/enroll-resources/database-access/reference/aws/#${anchor}`;
}
