/** The arguments of each type of resource, as paths: `target.role_arn`. */
export type ArgumentTable = Readonly<Record<string, readonly string[]>>;
