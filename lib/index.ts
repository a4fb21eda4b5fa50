/** The library: what the command does, for programs, and the constructs for CDKTF apps. */
export { databaseTypes } from "./catalog";
export type { DatabaseType, UserRole } from "./catalog/database-type";
export type { Resources, Statement, Switch } from "./catalog/statement";
export { selectTypes, type Selection, typeNames } from "./catalog/select-types";
export { compose, composeJson, type ComposeOptions } from "./compose";
export { type Composition, composition } from "./composition";
export type { Inputs } from "./composition/inputs";
export type { Json, Variable, VariableType } from "./composition/variable";
export { documents, type Documents } from "./documents";
export type { GrantedStatement } from "./documents/granted-statements";
export {
  documentSize,
  type PolicyDocument,
  type PolicyStatement,
} from "./documents/policy-document";
export type { Files } from "./emit/module-files";
export { UserError } from "./errors";
export { explain, type ExplainedStatement, type Explanation } from "./explain";
export { list, type ListedType } from "./list";
export { DatabaseAccessModule } from "./module/database-access";
export { type ModuleJson, ModuleStack } from "./module/module-stack";
export { type IamDocuments, printIam, type PrintIamOptions } from "./print-iam";
export {
  type ConfigurationReading,
  type ModuleForConfiguration,
  readTeleportConfiguration,
} from "./read-teleport-configuration";
export { type JsonSchema, schema } from "./schema";
export { setValues } from "./set-values";
