/**
 * The library: the functions behind the command. It needs no other package; the constructs
 * for CDKTF apps, which do, are those of `teleport-db-iam/cdktf`.
 */
import { explain as explainShared } from "./answers/explain";
import type { Explanation } from "./answers/explanation";
import { databaseTypes } from "./catalog";
import type { DatabaseType } from "./catalog/database-type";
import { typeNames } from "./catalog/select-types";
import type { Inputs } from "./inputs/assignments";
import {
  defineModule as defineSharedModule,
  type ModuleDefinition,
} from "./inputs/module-definition";
import type { ReviewOptions } from "./review/findings";
import type { Report } from "./review/report/report";
import { reviewPlan } from "./review/review";
import { frozen } from "./text/frozen";

export type { DatabaseType, UserRole } from "./catalog/database-type";
export type { Resources, Statement, Switch } from "./catalog/statement";
export { selectTypes, type Selection } from "./catalog/select-types";
export type { ModuleDefinition } from "./inputs/module-definition";
export type { Inputs } from "./inputs/assignments";
export type { Json } from "./text/json";
export type { Variable, VariableType } from "./inputs/variable";
export { documents, type Documents } from "./policies/documents";
export type { GrantedStatement } from "./policies/documents";
export type { PolicyDocument, PolicyStatement } from "./catalog/policy-document";
export { documentSize } from "./catalog/quotas";
export { UserError } from "./text/user-error";
export type { ExplainedStatement, Explanation } from "./answers/explanation";
export { list, type ListedType } from "./answers/list";
export { type IamDocuments, printIam, type PrintIamOptions } from "./answers/print-iam";
export {
  type ConfigurationReading,
  readTeleportConfiguration,
} from "./answers/read-teleport-configuration";
export type { Format, Input } from "./teleport/read";
export type { ModuleCall, RootVariable } from "./teleport/module-call";
export type { Place, Remark } from "./teleport/place";
export { type JsonSchema, schema } from "./answers/schema";
export { setValues } from "./inputs/assignments";
export type * from "./review/report/report";
export type { ReviewOptions } from "./review/findings";
export type { Verdict } from "./review/verdict";
export { compose, composeJson, type ComposeOptions } from "./answers/compose";
export type { Files } from "./files/module-files";
export type { ModuleJson } from "./module/module-json";
export { compareAccess, compareTrust } from "./review/compare";
export type {
  Access,
  AccessComparison,
  Answer,
  TrustOptions,
  TrustPolicy,
  Witness,
} from "./review/compare";
export { Budget } from "./review/compare/budget";

// Later calls return the same objects, so a caller's changes would change their results.
frozen(databaseTypes);
frozen(typeNames);
export { databaseTypes, typeNames };

/** As in `explain` of the command, as an object that cannot be changed. */
export function explain(name: string, values?: Inputs): Explanation {
  return frozen(explainShared(name, values));
}

/** The module for database types: its variables. It cannot be changed. */
export function defineModule(types: readonly DatabaseType[]): ModuleDefinition {
  return frozen(defineSharedModule(types));
}

/**
 * Reviews a Terraform plan: returns the object that `review --format json` prints.
 *
 * @param planJson what `terraform show -json` printed
 * @throws UserError if the text is not a plan that can be reviewed
 */
export function review(planJson: string, options?: ReviewOptions): Report {
  return reviewPlan(planJson, "The plan", options);
}
