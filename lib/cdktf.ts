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
export { DatabaseAccessModule } from "./module/database-access";
export { type ModuleJson, ModuleStack } from "./module/module-stack";
