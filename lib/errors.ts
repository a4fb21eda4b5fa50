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

/** A plan that cannot be read. */
export function unreadablePlan(source: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError(
    `Could not read the plan from ${source}: ${reason}. Name a file that terraform show -json wrote, or - for the standard input.`,
    { cause },
  );
}

/** Something that is no plan in JSON. `problem` says what it is and what to do. */
export function noPlan(source: string, problem: string): UserError {
  return new UserError(`${source} is no plan that can be reviewed. ${problem}`);
}
