import type { ResourceChange } from "./plan";

/** What Terraform does with a resource. */
export type Action = "create" | "update" | "replace" | "delete" | "none";

/**
 * The action of a change. A resource that is only forgotten stays as it is in AWS; one that is
 * forgotten and created anew leaves the old one in force and is a new one.
 */
export function actionOf({ change: { actions } }: ResourceChange): Action {
  const has = (name: string): boolean => actions.includes(name);
  if (has("create")) return has("delete") ? "replace" : "create";
  if (has("delete")) return "delete";
  return has("update") ? "update" : "none";
}
