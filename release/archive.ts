import { gunzipSync, gzipSync } from "fflate";
import { extract, pack } from "tar-stream";

/** A file of an archive. */
export interface ArchivedFile {
  readonly content: Buffer;
  readonly executable: boolean;
}

/** Files by path, with slashes between folders. */
export type ArchivedFiles = ReadonlyMap<string, ArchivedFile>;

/** The fixed time of every entry, the one that npm uses. */
const TIME = new Date("1985-10-26T08:15:00Z");

/**
 * Makes a `.tar.gz` of `files` that has the same bytes on every machine:
 *
 * - entries are sorted by path, with one owner, one time and one of two modes
 * - compression is in JavaScript, because zlib's bytes depend on its version and the processor
 */
export async function archive(files: ArchivedFiles): Promise<Buffer> {
  const packing = pack();
  for (const [name, { content, executable }] of [...files].sort(byPath)) {
    packing.entry({ name, mode: executable ? 0o755 : 0o644, mtime: TIME, uid: 0, gid: 0 }, content);
  }
  packing.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packing) chunks.push(chunk as Buffer);
  return Buffer.from(gzipSync(Buffer.concat(chunks), { level: 9, mtime: 0 }));
}

/** Compares by code unit, which does not depend on the locale. */
function byPath([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** Reads the files of a tar archive, compressed or not. */
export async function readArchive(bytes: Buffer): Promise<ArchivedFiles> {
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const extracting = extract();
  extracting.end(isCompressed ? Buffer.from(gunzipSync(bytes)) : bytes);
  const files = new Map<string, ArchivedFile>();
  for await (const entry of extracting) {
    const { name, type, mode } = entry.header;
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (type === "file") {
      const executable = (mode & 0o100) !== 0;
      files.set(name.replace(/^\.\//, ""), { content: Buffer.concat(chunks), executable });
    }
  }
  return files;
}
