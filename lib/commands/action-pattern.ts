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
  const meant = nearest(
    pattern,
    known.filter((action) => action.startsWith(`${service.toLowerCase()}:`)),
  );
  if (meant === undefined || meant.toLowerCase() === pattern.toLowerCase()) return;
  // AWS has pairs such as PutObject and GetObject: a misspelling has the first word and the length of what is meant.
  const start = service.length + 4;
  const isSameWord = pattern.slice(0, start).toLowerCase() === meant.slice(0, start).toLowerCase();
  if (isSameWord && Math.abs(pattern.length - meant.length) <= 1) {
    throw new UserError(
      `--never: ${JSON.stringify(pattern)} looks misspelt. Did you mean ${JSON.stringify(meant)}? If not, write it with a wildcard: ${JSON.stringify(`${pattern}*`)}.`,
    );
  }
}
