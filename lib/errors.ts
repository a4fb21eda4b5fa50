/**
 * An error that the person at the keyboard can mend. The message names the value, what is allowed
 * and what to do; it is shown without a stack trace.
 */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** The nearest of `candidates` to a mistyped `value`, as a question, or nothing where none is near. */
function suggestion(nearest: string | undefined): string {
  return nearest === undefined ? "" : ` Did you mean ${JSON.stringify(nearest)}?`;
}

/** A database type that does not exist. */
export function unknownType(
  given: string,
  nearest: string | undefined,
  valid: readonly string[],
): UserError {
  return new UserError(
    `Unknown database type ${JSON.stringify(given)}.${suggestion(nearest)} Valid types: ${valid.join(", ")}, or all.`,
  );
}

/** No database type at all. */
export function noTypes(valid: readonly string[]): UserError {
  return new UserError(
    `No database type given. Name one or more of ${valid.join(", ")}, or all: --types rds,redshift`,
  );
}

/** A variable that the module does not have. */
export function unknownVariable(
  given: string,
  nearest: string | undefined,
  types: readonly string[],
): UserError {
  return new UserError(
    `The module for ${types.join(", ")} has no variable ${JSON.stringify(given)}.${suggestion(nearest)} "teleport-db-iam explain <type>" shows a type's variables.`,
  );
}

/** Values of variables that their rules refuse. */
export function invalidValues(findings: readonly string[]): UserError {
  return new UserError(findings.join("\n"));
}

/** A `--set` that is no assignment. */
export function notAnAssignment(given: string): UserError {
  return new UserError(
    `${JSON.stringify(given)} is no assignment. Write the variable's name, "=" and its value: --set trust_account=true`,
  );
}

/** One variable with two values. */
export function givenTwice(variable: string): UserError {
  return new UserError(`${variable} has two values. Give it one.`);
}

/** An output path that is no folder. */
export function notAFolder(path: string): UserError {
  return new UserError(`${path} is not a folder. Name a folder, or one that does not exist yet.`);
}

/** An output folder with files that were not written by this program. */
export function foreignFiles(path: string, files: readonly string[]): UserError {
  const shown = files.slice(0, 5).join(", ");
  const more = files.length > 5 ? ` and ${String(files.length - 5)} more` : "";
  return new UserError(
    `${path} holds files that teleport-db-iam did not write: ${shown}${more}. Nothing was changed. Name another folder, or use --force to write among them; files of the module's own names are then replaced.`,
  );
}

/** An output folder that another run is writing to, or that a killed run has left locked. */
export function locked(path: string, lock: string): UserError {
  return new UserError(
    `Another run is writing to ${path}. Wait for it to end; if there is none, remove ${lock} and try again.`,
  );
}

/** A failure of the file system while a module was written. The old state has been restored. */
export function notWritten(path: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError(
    `Could not write to ${path}: ${reason}. What was there before is unchanged.`,
    {
      cause,
    },
  );
}
