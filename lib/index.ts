/**
 * The library: what the command does, for programs. It needs no package beside itself; the constructs
 * for CDKTF apps, which do, are those of `teleport-db-iam/cdktf`.
 */
import type {
  ConfigurationReading,
  readTeleportConfiguration as readNow,
} from "./commands/compose/read-teleport-configuration";
import { reviewPlan } from "./review/review";
import type { Report } from "./review/report";
import type { Format } from "./teleport/formats";
import type { Input } from "./teleport/read";

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
export type { ModuleForConfiguration } from "./commands/compose/read-teleport-configuration";
export type { DiscoveryRole } from "./teleport/discovery-roles";
export type { Place, Remark } from "./teleport/place";
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
export { compose, composeJson, type ComposeOptions } from "./commands/compose/compose";
export type { Files } from "./files/module-files";
export type { ModuleJson } from "./module/module-json";

export type { ConfigurationReading, Format, Input };

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
  // Loaded when it is first called: the YAML parser takes long to load.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const reading = require("./commands/compose/read-teleport-configuration") as {
    readonly readTeleportConfiguration: typeof readNow;
  };
  return reading.readTeleportConfiguration(inputs, otherTypes, format);
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
