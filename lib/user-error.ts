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

/** A command line without database types. */
export function typesMissing(): UserError {
  return new UserError(
    'Name the database types: --types rds,redshift, or --types all. "teleport-db-iam list" shows them.',
  );
}

/** A command that does not exist. */
export function unknownCommand(
  given: string,
  nearest: string | undefined,
  valid: readonly string[],
): UserError {
  return new UserError(
    `Unknown command ${JSON.stringify(given)}.${suggestion(nearest)} Commands: ${valid.join(", ")}.`,
  );
}

/** A word of the command line that a command does not take. */
export function unknownArgument(given: string, nearest: string | undefined): UserError {
  return new UserError(
    `Unknown argument: ${given}.${nearest === undefined ? "" : ` Did you mean --${nearest}?`}`,
  );
}

/** A shell that completion is not written for. */
export function unknownShell(
  given: string,
  nearest: string | undefined,
  valid: readonly string[],
): UserError {
  return new UserError(
    `There is no completion for ${JSON.stringify(given)}.${suggestion(nearest)} Shells: ${valid.join(", ")}.`,
  );
}

/** A command line without an output folder. */
export function outputMissing(): UserError {
  return new UserError("Name the folder to write the module to: --output ./database-access");
}

/** A question that was not answered. */
export function cancelled(): UserError {
  return new UserError("Cancelled. Nothing was written.");
}

/** A command without the word that it needs. */
export function argumentMissing(command: string, name: string, describe: string): UserError {
  return new UserError(
    `${command} needs a word: teleport-db-iam ${command} <${name}>. It is: ${describe}.`,
  );
}

/** A flag that takes one value and got several. */
export function flagGivenTwice(flag: string): UserError {
  return new UserError(`--${flag} was given twice. Give it once.`);
}

/** A flag that is on or off, with a value. */
export function flagWithValue(flag: string): UserError {
  return new UserError(`--${flag} takes no value. Give it alone, or leave it out.`);
}

/** A flag whose value is empty. */
export function flagEmpty(flag: string): UserError {
  return new UserError(`--${flag} is empty. Give it a value, or leave it out.`);
}

/** A name that is neither a database type nor a Sid. */
export function unknownTypeOrSid(
  given: string,
  nearest: string | undefined,
  types: readonly string[],
): UserError {
  return new UserError(
    `${JSON.stringify(given)} is neither a database type nor the Sid of a statement.${suggestion(nearest)} Types: ${types.join(", ")}. "teleport-db-iam list" shows the Sids.`,
  );
}

/** A role where no type has one. */
export function noUserRoles(types: readonly string[]): UserError {
  const subject = types.length === 0 ? "None of the types" : `None of ${types.join(", ")}`;
  return new UserError(
    `${subject} connects as an IAM role, so there is no role to assume and none that needs a trust policy.`,
  );
}

/** An ARN that is no role's. */
export function notARole(given: string): UserError {
  return new UserError(
    `${JSON.stringify(given)} is not the ARN of an IAM role. Give the role's name, with path, or its ARN: arn:aws:iam::123456789012:role/name`,
  );
}

/** Several trust policies where one was asked for. */
export function differentTrustPolicies(types: readonly string[]): UserError {
  return new UserError(
    `The trust policies of ${types.join(", ")} are not the same. Name one type, or leave out --trust to get all of them by type.`,
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

/** A file that cannot be read. */
export function notReadable(path: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError(`Could not read ${path}: ${reason}.`, { cause });
}

/** Types beside a configuration that has no place for them. */
export function nothingRegisteredElsewhere(): UserError {
  return new UserError(
    "--types adds nothing here: it names the types of databases that are registered elsewhere, and the file has no db_service.resources that matches any. Leave it out.",
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

/** An output path that is no regular file. */
export function notAFile(path: string): UserError {
  return new UserError(`${path} is not a file. Name a file, or one that does not exist yet.`);
}

/** An output file that was not written by this program. */
export function foreignFile(path: string): UserError {
  return new UserError(
    `teleport-db-iam did not write ${path}. Nothing was changed. Name another file, or use --force to replace it.`,
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
