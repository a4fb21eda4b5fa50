import { interpolate } from "../hcl";

/** Characters of a JSON document as IAM counts them: white space is free. */
export function documentSize(document: string): string {
  return `length(replace(${document}, "/\\\\s/", ""))`;
}

/** A statement (an expression) without the duplicates in its Resource, in the same order. */
export function withoutDuplicates(statement: string): string {
  const resource = `${statement}.Resource`;
  return `merge(${statement}, { Resource = try(distinct(${resource}), ${resource}) })`;
}

/** A policy document around the statements of the expression `statements`, as JSON text. */
export function policyDocument(statements: string): string {
  return `jsonencode({ Version = "2012-10-17", Statement = ${statements} })`;
}

/** A condition that spans variables, checked when the module is planned. */
export interface Precondition {
  readonly condition: string;
  readonly error_message: string;
}

/** A precondition that fails with `message` unless `condition` (an expression) holds. */
export function precondition(condition: string, message: string): Precondition {
  return { condition: interpolate(condition), error_message: message };
}
