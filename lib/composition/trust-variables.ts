import * as rules from "./text-rules";
import type { Variable } from "./variable";

/** Variables of modules with a type whose users connect as an IAM role. */
export const userRoleVariables: readonly Variable[] = [
  {
    name: "user_role_path",
    type: { kind: "string", rule: rules.path },
    description:
      "Path in front of the names of all database-user roles. A name can have a path of its own behind it.",
    default: "/",
  },
];
