import type { Statement } from "./statement";

/** The statement that lets the Database Service assume a type's database-user roles. */
export function connectAsRole(
  statement: Pick<Statement, "sid" | "purpose" | "source" | "omittable">,
): Statement {
  return { ...statement, actions: ["sts:AssumeRole"], resources: { kind: "user-roles" } };
}
