/**
 * An error that the user can correct. The message names the value, what is allowed
 * and what to do; it is shown without a stack trace. What has one place is worded in that place; what
 * several say is below.
 */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** One variable with two values. */
export function givenTwice(variable: string): UserError {
  return new UserError(`${variable} has two values. Give it one.`);
}
