/**
 * The constructs, for CDKTF apps: `teleport-db-iam/cdktf`, and `teleport-db-iam/cdktn` for CDK Terrain,
 * which the build makes of this file, too. The app brings its library along.
 */
export {
  DatabaseAccess,
  type DatabaseAccessProps,
  type DatabaseTypeName,
} from "./construct/database-access";
export type { ModuleDefinition } from "./inputs/module-definition";
export type { ModuleJson } from "./module/module-json";
export { DatabaseAccessModule } from "./synthesis/database-access-module";
export { ModuleStack } from "./synthesis/module-stack";
