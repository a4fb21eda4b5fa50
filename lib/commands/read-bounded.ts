import * as fs from "node:fs";
import { isatty } from "node:tty";
import { UserError } from "../text/user-error";

/** The most bytes of each kind of input: more than any has. */
const LARGEST = {
  /** A plan, a configuration or a file of accepted findings. */
  file: 64_000_000,
  /** A policy. IAM allows 6,144 characters; white space is not counted. */
  policy: 100_000,
} as const;

/** The name of the standard input on a command line. */
export const STANDARD_INPUT = "-";

/** UTF-8, or UTF-16 by its byte order mark: Windows PowerShell writes that. */
function decode(bytes: Buffer, name: string): string {
  const mark = bytes.subarray(0, 2).toString("hex");
  if (mark !== "fffe" && mark !== "feff") return bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (bytes.length % 2 !== 0) {
    throw new UserError(
      `${name} ends in the middle of a UTF-16 character. Save it again, as UTF-8.`,
    );
  }
  return (mark === "feff" ? bytes.swap16() : bytes).toString("utf16le").replace(/^\uFEFF/, "");
}

/**
 * The text of a file or of the standard input, and its name for messages.
 *
 * @param file a path, or `-` for the standard input, however slowly it comes
 * @throws UserError if it is a folder, a terminal or too large, and errors of the file system
 */
export async function readBounded(
  file: string,
  kind: keyof typeof LARGEST = "file",
): Promise<{ name: string; text: string }> {
  const largest = LARGEST[kind];
  const isStandardInput = file === STANDARD_INPUT;
  const name = isStandardInput ? "The standard input" : file;
  if (isStandardInput && isatty(0)) {
    throw new UserError(
      "The standard input is a terminal. Pipe a file to this command, or name a file.",
    );
  }
  if ((isStandardInput ? fs.fstatSync(0) : fs.statSync(file)).isDirectory()) {
    throw new UserError(`${name} is a folder. Name a file, or - for the standard input.`);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  const stream = isStandardInput ? process.stdin : fs.createReadStream(file);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > largest) break;
    }
  } catch (error) {
    // The system's error does not contain the path.
    throw Object.assign(error as Error, { path: name });
  }
  if (length > largest) {
    throw new UserError(
      `${name} is larger than ${String(largest / 1e6)} MB, which is the limit. Name a smaller file.`,
    );
  }
  return { name, text: decode(Buffer.concat(chunks), name) };
}
