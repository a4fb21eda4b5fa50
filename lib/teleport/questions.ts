import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Inputs } from "../inputs/assignments";
import { managedUsersSwitch } from "./values";

/**
 * What AWS or a person decides, and no configuration of Teleport: sentences that name the variables.
 *
 * @param types those that the Database Service connects to
 * @param values what the configuration decides
 * @param creates whether the call creates the roles that users connect as
 */
export function questions(
  types: readonly DatabaseType[],
  values: Inputs,
  creates: boolean,
): string[] {
  return [
    ...(types.some(({ name }) => name === "rds") && values.rds_auto_enable_iam_auth === undefined
      ? [
          "Whether Teleport may modify RDS databases to turn on their IAM authentication: it may, unless rds_auto_enable_iam_auth = false",
        ]
      : []),
    ...types.flatMap((type) => {
      const managed = managedUsersSwitch(type);
      return managed === undefined || values[managed] !== undefined
        ? []
        : [
            `Whether users of ${type.title} are tagged in AWS to be managed by Teleport (teleport.dev/managed=true): no, unless ${managed} = true`,
          ];
    }),
    ...types.flatMap(({ title, name, userRole }) =>
      userRole === undefined
        ? []
        : [
            `The roles that users connect to ${title} as: ${variablePrefix(name)}_user_role_names (${userRole.defaultName})${creates ? "" : "; create_user_roles = true creates them"}`,
          ],
    ),
  ];
}
