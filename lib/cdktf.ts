/**
 * The constructs, for CDKTF apps: `teleport-db-iam/cdktf`, and `teleport-db-iam/cdktn` for CDK Terrain,
 * which the build makes of this file, too. The app brings its library along.
 */
export {
  DatabaseAccess,
  type DatabaseAccessProps,
  type DatabaseTypeName,
} from "./construct/database-access";
export {
  AccessRole,
  type AccessRoleProps,
  ServiceRole,
  type ServiceRoleProps,
} from "./construct/roles";
export type { ModuleDefinition } from "./inputs/module-definition";
export { AccessRoleStack } from "./module/access-role-stack";
export { DatabaseAccessStack } from "./module/database-access-stack";
export type { ModuleJson } from "./module/module-json";
export { ModuleStack } from "./module/module-stack";
export { ServiceRoleStack } from "./module/service-role-stack";
