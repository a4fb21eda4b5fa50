import { getSystemErrorMap } from "node:util";
import { UserError } from "./user-error";

/** A failed system call, as Node reports it. */
type Failure = Partial<NodeJS.ErrnoException> & { readonly dest?: string };

/**
 * An error of the file system or of another program as a sentence for the person at the keyboard. Any
 * other error is returned unchanged.
 *
 * @see https://nodejs.org/api/errors.html#class-systemerror
 */
export function withSystemErrorsExplained(error: unknown): unknown {
  // Not by its class, because it can come from another realm.
  if (typeof error !== "object" || error === null) return error;
  const { errno, code = "", syscall = "", path, dest, message = "" } = error as Failure;
  // Node's own check of a path, before the system is asked.
  if (code === "ERR_INVALID_ARG_VALUE" && message.includes("null bytes")) {
    return new UserError("A path must not contain a null character. Name another path.", {
      cause: error,
    });
  }
  if (errno === undefined) return error;
  if (syscall === "uv_cwd") {
    return new UserError(
      "The working directory does not exist any more. Change to a folder that exists.",
      { cause: error },
    );
  }
  // In the words of the system: "permission denied".
  const problem = getSystemErrorMap().get(errno)?.[1] ?? "unknown error";
  const place = dest ?? path ?? `The system call ${syscall}`;
  return new UserError(
    `${place}: ${problem} (${code}). Name another path, or correct its permissions.`,
    { cause: error },
  );
}
