import * as fs from "node:fs";
import { reason, UserError } from "../user-error";

/** No file that a person writes is larger; what goes on for ever is not read for ever. */
const LARGEST = 4_000_000;

/**
 * The text of a file, or its beginning where it is larger than any that is meant.
 *
 * @throws UserError where it cannot be read
 */
export function readBounded(file: string): string {
  const buffer = Buffer.alloc(LARGEST);
  try {
    const descriptor = fs.openSync(file, "r");
    try {
      let length = 0;
      for (let read = -1; read !== 0 && length < LARGEST; length += read) {
        read = fs.readSync(descriptor, buffer, length, LARGEST - length, null);
      }
      return buffer.toString("utf8", 0, length);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (error) {
    throw new UserError(`Could not read ${file}: ${reason(error)}.`, { cause: error });
  }
}
