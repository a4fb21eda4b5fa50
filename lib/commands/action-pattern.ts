/** Patterns of actions, such as `iam:*`, as an option of the review names them. */
import { actionsLike, services } from "../review";
import { didYouMean } from "../text/nearest";
import { UserError } from "../text/user-error";

/**
 * Checks a pattern that no plan may newly allow. A misspelt one would match nothing and let everything pass.
 *
 * @throws UserError if it is not of the form service:action, or AWS has no such service or action
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
  if (/[*?]/.test(name) || actionsLike(pattern).length > 0) return;
  throw new UserError(
    `--never: AWS has no action ${JSON.stringify(pattern)}.${didYouMean(pattern, actionsLike(`${service}:*`))} If it is newer than this version, write it with a wildcard: ${JSON.stringify(`${pattern}*`)}.`,
  );
}
