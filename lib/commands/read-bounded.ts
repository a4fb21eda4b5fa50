import * as fs from "node:fs";
import { reason, UserError } from "../text/user-error";

/** No plan of Terraform is larger; what goes on for ever is not read for ever. */
const LARGEST = 64_000_000;

/** The name of the standard input on a command line. */
export const STANDARD_INPUT = "-";

/** Windows PowerShell writes UTF-16 where other shells write UTF-8. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}

/**
 * The text of a file, or its beginning where it is larger than any that is meant.
 *
 * @param file `-` for the standard input, however slowly it comes
 * @throws UserError where it cannot be read
 */
export async function readBounded(file: string): Promise<string> {
  if (file === STANDARD_INPUT && process.stdin.isTTY) {
    throw new UserError("Nothing comes on the standard input. Pipe a file to it, or name one.");
  }
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    const stream = file === STANDARD_INPUT ? process.stdin : fs.createReadStream(file);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= LARGEST) break;
    }
  } catch (error) {
    const name = file === STANDARD_INPUT ? "the standard input" : file;
    throw new UserError(
      `Could not read ${name}: ${reason(error)}. Name a file, or - for the standard input.`,
      { cause: error },
    );
  }
  return decode(Buffer.concat(chunks));
}
