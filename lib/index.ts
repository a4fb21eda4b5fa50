/**
 * The library: what the command does, for programs. It needs no package beside itself; the constructs
 * for CDKTF apps, which do, are those of `teleport-db-iam/cdktf`.
 */
import type {
  compose as composeNow,
  composeJson as composeJsonNow,
  ComposeOptions,
} from "./commands/compose/compose";
import type { Files } from "./files/module-files";
import type { ModuleJson } from "./module/module-stack";
import { reviewPlan } from "./review/review";
import type { Report } from "./review/report";

export { databaseTypes } from "./catalog";
export type { DatabaseType, UserRole } from "./catalog/database-type";
export type { Resources, Statement, Switch } from "./catalog/statement";
export { selectTypes, type Selection, typeNames } from "./catalog/select-types";
export { defineModule, type ModuleDefinition } from "./inputs/module-definition";
export type { Inputs } from "./inputs/assignments";
export type { Json } from "./json";
export type { Variable, VariableType } from "./inputs/variable";
export { documents, type Documents } from "./policies/documents";
export type { GrantedStatement } from "./policies/documents";
export type { PolicyDocument, PolicyStatement } from "./iam/policy-document";
export { documentSize } from "./iam/quotas";
export { UserError } from "./user-error";
export { explain } from "./commands/explain/explain";
export type { ExplainedStatement, Explanation } from "./commands/explain/explanation";
export { list, type ListedType } from "./commands/list/list";
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
export type {
  Report,
  ReportAccess,
  ReportAnswer,
  ReportDifference,
  ReportGrant,
  ReportItem,
  ReportSize,
  ReportValues,
  ReportWitness,
} from "./review/report";
export type { Verdict } from "./review/verdict";
export type { ComposeOptions, Files, ModuleJson };

// Loaded when it is first needed: CDKTF takes longer to load than everything else.
const composing = (): { compose: typeof composeNow; composeJson: typeof composeJsonNow } =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require("./commands/compose/compose") as never;

/**
 * Composes one Terraform module for any combination of database types.
 *
 * @returns the module's files by path; the same types give the same bytes in any order
 * @throws UserError for an unknown type, or none, and for a default that the module would refuse
 */
export function compose(options: ComposeOptions): Files {
  return composing().compose(options);
}

/**
 * Composes one Terraform module for any combination of database types.
 *
 * @returns the module's blocks as Terraform's JSON syntax has them
 * @throws UserError for an unknown type, or none, and for a default that the module would refuse
 */
export function composeJson(options: ComposeOptions): ModuleJson {
  return composing().composeJson(options);
}

/**
 * Says what a Terraform plan does to IAM access: what `review --format json` prints, as an object.
 *
 * @param planJson what `terraform show -json` printed
 * @throws UserError where the text is no plan that can be reviewed
 */
export function review(planJson: string): Report {
  return reviewPlan(planJson, "The plan");
}

export {
  type Access,
  type AccessComparison,
  type Answer,
  Budget,
  compareAccess,
  compareTrust,
  type Witness,
} from "./iam/compare";
