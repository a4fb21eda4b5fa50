/** Patterns of actions, such as `iam:*`, as an option of the review names them. */
import { escalationPaths, permissionActions, services } from "../review";
import { didYouMean, nearest } from "../text/nearest";
import { UserError } from "../text/user-error";

/**
 * Checks a pattern that no plan may newly allow. A misspelt one would match nothing and let everything pass.
 *
 * @throws UserError if it is not of the form service:action, or its service is unknown
 */
export function checkActionPattern(pattern: string): void {
  const [, service, name = ""] = /^([a-z0-9-]+|\*):([\w*?]+)$/i.exec(pattern) ?? [];
  if (pattern === "*") return;
  if (service === undefined) {
    throw new UserError(
      `--never: ${JSON.stringify(pattern)} is not an action. Write service:action, such as iam:* or kms:PutKeyPolicy.`,
    );
  }
  if (service !== "*" && !services().includes(service.toLowerCase())) {
    throw new UserError(
      `--never: AWS has no service ${JSON.stringify(service)}.${didYouMean(service, services())} Write service:action, such as iam:* or kms:PutKeyPolicy.`,
    );
  }
  if (/[*?]/.test(name)) return;
  const known = [...permissionActions(), ...escalationPaths.flatMap(({ actions }) => actions)];
  const own = known.filter((action) => action.startsWith(`${service.toLowerCase()}:`));
  const lower = pattern.toLowerCase();
  const isKnown = own.some((action) => action.toLowerCase() === lower);
  const meant = isKnown ? undefined : nearest(pattern, own);
  // Two letters apart is a misspelling; AWS has pairs such as PutObject and GetObject that are one apart.
  if (meant !== undefined && isMisspelt(lower, meant.toLowerCase())) {
    throw new UserError(
      `--never: ${JSON.stringify(pattern)} looks misspelt. Did you mean ${JSON.stringify(meant)}? If not, write it with a wildcard: ${JSON.stringify(`${pattern}*`)}.`,
    );
  }
}

/**
 * True if two names have the same first word and differ all the same: PutKeyPolcy, PutKeyPolicy.
 */
function isMisspelt(given: string, meant: string): boolean {
  return given.slice(0, given.indexOf(":") + 4) === meant.slice(0, meant.indexOf(":") + 4)
    ? Math.abs(given.length - meant.length) <= 1
    : false;
}
