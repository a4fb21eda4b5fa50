/** The library: what the commands but `review` and `explore` do, for programs, and the constructs for CDKTF apps. */
export { databaseTypes } from "./catalog";
export type { DatabaseType, UserRole } from "./catalog/database-type";
export type { Resources, Statement, Switch } from "./catalog/statement";
export { selectTypes, type Selection, typeNames } from "./catalog/select-types";
export { compose, composeJson, type ComposeOptions } from "./commands/compose/compose";
export { defineModule, type ModuleDefinition } from "./inputs/module-definition";
export type { Inputs } from "./inputs/assignments";
export type { Json } from "./json";
export type { Variable, VariableType } from "./inputs/variable";
export { documents, type Documents } from "./policies/documents";
export type { GrantedStatement } from "./policies/documents";
export type { PolicyDocument, PolicyStatement } from "./iam/policy-document";
export { documentSize } from "./iam/quotas";
export type { Files } from "./files/module-files";
export { UserError } from "./user-error";
export { explain, type ExplainedStatement, type Explanation } from "./commands/explain/explain";
export { list, type ListedType } from "./commands/list/list";
export { DatabaseAccessModule } from "./module/database-access";
export { type ModuleJson, ModuleStack } from "./module/module-stack";
export { type IamDocuments, printIam, type PrintIamOptions } from "./commands/print-iam/print-iam";
export {
  type ConfigurationReading,
  type ModuleForConfiguration,
  readTeleportConfiguration,
} from "./commands/compose/read-teleport-configuration";
export type { DiscoveryRole } from "./teleport/discovery-roles";
export type { Format } from "./teleport/formats";
export type { Place, Remark } from "./teleport/place";
export type { Input } from "./teleport/read";
export { type JsonSchema, schema } from "./commands/schema/schema";
export { setValues } from "./inputs/set-values";
