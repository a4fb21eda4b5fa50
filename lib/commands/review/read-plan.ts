import * as fs from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { isatty } from "node:tty";
import { noPlan, reason, UserError } from "../../text/user-error";

/** Windows PowerShell writes UTF-16 where other shells write UTF-8. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}

/**
 * The text of a plan, and what it was read from.
 *
 * @param plan a file, or the standard input as "-" or ""
 * @throws UserError where it cannot be read
 */
export async function readPlan(plan: string): Promise<{ text: string; source: string }> {
  // Of a lone "-", yargs hands on an empty string, too.
  const isPiped = plan === "" || plan === "-";
  if (isPiped && isatty(0)) {
    throw noPlan(
      "The terminal",
      "Name a file that terraform show -json wrote, or pipe its output to this command.",
    );
  }
  const source = isPiped ? "The standard input" : plan;
  try {
    // As a stream: a pipe whose writer is slower than this has nothing to read yet, and is not at its end.
    const bytes = isPiped ? await buffer(process.stdin) : await fs.readFile(plan);
    return { text: decode(bytes), source };
  } catch (error) {
    throw new UserError(
      `Could not read the plan from ${isPiped ? "the standard input" : plan}: ${reason(error)}. Name a file that terraform show -json wrote, or - for the standard input.`,
      { cause: error },
    );
  }
}
