/** The constructs, for CDKTF apps: `teleport-db-iam/cdktf`. The app brings CDKTF along. */
export type { Composition } from "./policies/composition";
export { DatabaseAccessModule } from "./module/database-access";
export { type ModuleJson, ModuleStack } from "./module/module-stack";
