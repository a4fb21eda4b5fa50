/** The library: what the command does, for programs. */
export { databaseTypes } from "./catalog";
export type { DatabaseType, UserRole } from "./catalog/database-type";
export type { Resources, Statement, Switch } from "./catalog/statement";
export { compose, composeJson, type ComposeOptions } from "./compose";
export type { Inputs } from "./composition/inputs";
export { documents, type Documents } from "./documents";
export type { GrantedStatement } from "./documents/granted-statements";
export {
  documentSize,
  type PolicyDocument,
  type PolicyStatement,
} from "./documents/policy-document";
export { UserError } from "./errors";
export { explain, type ExplainedStatement, type Explanation } from "./explain";
export { list, type ListedType } from "./list";
export { type IamDocuments, printIam, type PrintIamOptions } from "./print-iam";
export { type JsonSchema, schema } from "./schema";
export { setValues } from "./set-values";
