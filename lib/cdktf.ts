/** The constructs, for CDKTF apps: `teleport-db-iam/cdktf`. The app brings CDKTF along. */
export {
  DatabaseAccess,
  type DatabaseAccessProps,
  type DatabaseTypeName,
} from "./construct/database-access";
export type { ModuleDefinition } from "./inputs/module-definition";
export { DatabaseAccessModule } from "./module/database-access";
export { type ModuleJson, ModuleStack } from "./module/module-stack";
