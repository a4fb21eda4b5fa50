/**
 * The library: what the command does, for programs. It needs no package beside itself; the constructs
 * for CDKTF apps, which do, are those of `teleport-db-iam/cdktf`.
 */
import type * as Reading from "./commands/compose/read-teleport-configuration";
import type { ConfigurationReading } from "./commands/compose/read-teleport-configuration";
import type { JsonSchema } from "./commands/schema/schema";
import type * as Schemas from "./commands/schema/schema";
import type * as Comparison from "./review/compare";
import type { Access, AccessComparison, TrustOptions, TrustPolicy } from "./review/compare";
import type { Budget } from "./review/compare/budget";
import type { Report } from "./review/report/report";
import type * as Reviewing from "./review/review";
import type { Format } from "./teleport/formats";
import type { Input } from "./teleport/read";

export { databaseTypes } from "./catalog";
export type { DatabaseType, UserRole } from "./catalog/database-type";
export type { Resources, Statement, Switch } from "./catalog/statement";
export { selectTypes, type Selection, typeNames } from "./catalog/select-types";
export { defineModule, type ModuleDefinition } from "./inputs/module-definition";
export type { Inputs } from "./inputs/assignments";
export type { Json } from "./text/json";
export type { Variable, VariableType } from "./inputs/variable";
export { documents, type Documents } from "./policies/documents";
export type { GrantedStatement } from "./policies/documents";
export type { PolicyDocument, PolicyStatement } from "./catalog/policy-document";
export { documentSize } from "./catalog/quotas";
export { UserError } from "./text/user-error";
export { explain } from "./commands/explain/explain";
export type { ExplainedStatement, Explanation } from "./commands/explain/explanation";
export { list, type ListedType } from "./commands/list/list";
export { type IamDocuments, printIam, type PrintIamOptions } from "./commands/print-iam/print-iam";
export type { ModuleForConfiguration } from "./commands/compose/read-teleport-configuration";
export type { DiscoveryRole } from "./teleport/discovery-roles";
export type { Place, Remark } from "./teleport/place";
export type { JsonSchema } from "./commands/schema/schema";
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
} from "./review/report/report";
export type { Verdict } from "./review/verdict";
export { compose, composeJson, type ComposeOptions } from "./commands/compose/compose";
export type { Files } from "./files/module-files";
export type { ModuleJson } from "./module/module-json";

export type { Access, AccessComparison, Answer, Witness } from "./review/compare";
export { Budget } from "./review/compare/budget";

export type { ConfigurationReading, Format, Input };

// What follows is loaded when it is first called: it is more than half of the library, and who
// composes a module needs none of it.
/* eslint-disable @typescript-eslint/no-require-imports */
const reading = () => require("./commands/compose/read-teleport-configuration") as typeof Reading;
const reviewing = () => require("./review/review") as typeof Reviewing;
const schemas = () => require("./commands/schema/schema") as typeof Schemas;
const comparison = () => require("./review/compare") as typeof Comparison;
/* eslint-enable @typescript-eslint/no-require-imports */

/**
 * The modules that give a Database Service what its configuration needs.
 *
 * @param inputs files that each say a part, in any of the formats
 * @param otherTypes types of databases that are registered elsewhere (`db_service.resources`)
 * @param format the one format that all files have; found out by their content without
 * @throws UserError with its place for what cannot be read, and where nothing is needed
 * @see https://goteleport.com/docs/enroll-resources/database-access/reference/configuration/
 */
export function readTeleportConfiguration(
  inputs: readonly Input[],
  otherTypes: readonly string[] = [],
  format?: Format,
): ConfigurationReading {
  return reading().readTeleportConfiguration(inputs, otherTypes, format);
}

/**
 * Says what a Terraform plan does to IAM access: what `review --format json` prints, as an object.
 *
 * @param planJson what `terraform show -json` printed
 * @throws UserError where the text is no plan that can be reviewed
 */
export function review(planJson: string): Report {
  return reviewing().reviewPlan(planJson, "The plan");
}

/**
 * Compares what two lists of IAM policy documents allow, each with its permissions boundary. "no" is
 * certain by IAM's rules; "yes" has a request for each statement that gives or takes access;
 * "undecided" says why. Policies of resources, sessions and organizations are left aside.
 *
 * @param budget how much work may be done; give the same one to comparisons that belong together
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function compareAccess(before: Access, after: Access, budget?: Budget): AccessComparison {
  return comparison().compareAccess(before, after, budget);
}

/**
 * Compares who may assume a role by two trust policies, with the answers of {@link compareAccess}.
 *
 * @param before undefined where there was no role
 * @param after undefined where there is no role any more
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function compareTrust(
  before: TrustPolicy,
  after: TrustPolicy,
  options?: TrustOptions,
): AccessComparison {
  return comparison().compareTrust(before, after, options);
}

/**
 * The JSON Schema of everything that the commands print for programs, by command under `$defs`.
 *
 * @see https://json-schema.org/draft/2020-12/schema
 */
export function schema(): JsonSchema {
  return schemas().schema();
}
