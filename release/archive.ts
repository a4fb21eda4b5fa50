import { gunzipSync, gzipSync } from "fflate";
import { extract, pack } from "tar-stream";

/** A file of an archive. */
export interface ArchivedFile {
  readonly content: Buffer;
  readonly executable: boolean;
}

/** Files by path, with slashes between folders. */
export type ArchivedFiles = ReadonlyMap<string, ArchivedFile>;

/** The time of every entry, which says nothing: the one that npm uses. */
const TIME = new Date("1985-10-26T08:15:00Z");

/**
 * A `.tar.gz` of `files` that has the same bytes on every machine:
 *
 * - entries in the order of their paths, owned by nobody in particular, of one time and two modes
 * - compressed in JavaScript, because the bytes that zlib gives depend on its version and the processor
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

/** By code unit, as no locale changes it. */
function byPath([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** The files of a tar archive, compressed or not. */
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
