import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { Script } from "node:vm";

/** The hash of the program that this file was built with: esbuild puts it here. */
declare const PROGRAM_HASH: string;

/** What is said of kept code in a first line before it. */
interface Head {
  readonly program: string;
  /** The first words of the command lines that the code ran for: V8 compiles what runs, and nothing else. */
  readonly words: readonly string[];
  /** The hash of words and code. V8 does not check code, and ends the process where it is broken. */
  readonly hash: string;
}

interface Kept extends Head {
  readonly code: Buffer;
}

/** Words that are remembered: commands and flags, and not what is typed by mistake. */
const WORD = /^[a-z-]{1,20}$/;
/** The most of them: more than there are commands. */
const MOST_WORDS = 16;

const hashOf = (words: readonly string[], code: Buffer): string =>
  createHash("sha256").update(words.join()).update(code).digest("hex");

/** What `action` gives; undefined where it fails, for nobody depends on what is kept. */
function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Whether a folder is there and is the user's own. */
function isOwn(folder: string): boolean {
  const stats = attempt(() => fs.statSync(folder));
  return stats?.isDirectory() === true && stats.uid === (process.getuid?.() ?? stats.uid);
}

/**
 * The file in which compiled code is kept, by the XDG Base Directory Specification. Nowhere where Node is
 * told to keep none, and in nobody else's folder: what is kept there would run.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 * @see https://nodejs.org/api/cli.html#node_disable_compile_cache1
 */
function keptFile(): string | undefined {
  const { HOME = "", LOCALAPPDATA = "", XDG_CACHE_HOME = "", ...others } = process.env;
  if ((others.NODE_DISABLE_COMPILE_CACHE ?? "") !== "") return undefined;
  const home = process.platform === "win32" ? LOCALAPPDATA : HOME;
  const isGiven = path.isAbsolute(XDG_CACHE_HOME);
  if (!isOwn(isGiven ? XDG_CACHE_HOME : home)) return undefined;
  const caches = isGiven ? XDG_CACHE_HOME : path.join(home, ".cache");
  return path.join(caches, "teleport-db-iam", `compiled ${process.version} ${process.arch}`);
}

function read(file: string): Kept | undefined {
  const bytes = fs.readFileSync(file);
  const end = bytes.indexOf("\n");
  const head = JSON.parse(bytes.toString("utf8", 0, end)) as Head;
  const code = bytes.subarray(end + 1);
  const isWhole = head.program === PROGRAM_HASH && head.hash === hashOf(head.words, code);
  return isWhole ? { ...head, code } : undefined;
}

function write(file: string, words: readonly string[], code: Buffer): void {
  const head: Head = { program: PROGRAM_HASH, words, hash: hashOf(words, code) };
  const aside = `${file}.${String(process.pid)}`;
  const isWritten = attempt(() => {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(aside, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), code]));
    fs.renameSync(aside, file);
    return true;
  });
  if (isWritten !== true) {
    attempt(() => {
      fs.unlinkSync(aside);
    });
  }
}

/**
 * Runs a file as a CommonJS module, and keeps what V8 compiled for the next run: a third of the time of a
 * short one. Node's own cache does so from version 22 on, but keeps no function that was compiled when it
 * was first called, which most are.
 *
 * @see https://nodejs.org/api/vm.html#scriptcreatecacheddata
 */
export function runCompiled(program: string): void {
  const file = keptFile();
  const kept = file === undefined ? undefined : attempt(() => read(file));
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${fs.readFileSync(program, "utf8")}\n})`,
    { filename: program, cachedData: kept?.code },
  );
  const run = script.runInThisContext() as (...given: readonly unknown[]) => void;
  const module = { exports: {} };
  run(module.exports, createRequire(program), module, program, path.dirname(program));

  const words = script.cachedDataRejected === false ? (kept?.words ?? []) : [];
  const [, , word = "--help", ...others] = process.argv;
  if (file === undefined || words.includes(word) || words.length === MOST_WORDS) return;
  if (!WORD.test(word) || others.includes("--help")) return;
  process.once("exit", (status) => {
    // A run that ends early has compiled little of what its command takes.
    if (status === 0) write(file, [...words, word], script.createCachedData());
  });
}
