import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Outcome } from "./terraform";
import { PROJECT } from "./terraform";

/** A temporary folder for a test. */
export class TemporaryFolder {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-"));

  path(...parts: readonly string[]): string {
    return path.join(this.folder, ...parts);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(this.path(name)), { recursive: true });
      fs.writeFileSync(this.path(name), content);
    }
  }

  read(name: string): string {
    return fs.readFileSync(this.path(name), "utf8");
  }

  /** Replaces text in a file, which must have it. */
  replace(name: string, text: string, replacement: string): void {
    const content = this.read(name);
    if (!content.includes(text)) throw new Error(`${name} does not have ${text}`);
    this.write({ [name]: content.replace(text, replacement) });
  }

  /** Makes a package of the node_modules of another folder, the project's, one of this folder. */
  link(packageName: string, from: string = PROJECT): void {
    const link = this.path("node_modules", packageName);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(fs.realpathSync(path.join(from, "node_modules", packageName)), link);
  }

  run(program: string, ...args: readonly string[]): Outcome {
    // The settings of the npm that runs the tests are not those of a user.
    const environment = Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_(?!registry|cache|userconfig)|package_|lifecycle_)/i.test(name),
    );
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.folder,
      encoding: "utf8",
      env: Object.fromEntries(environment),
      maxBuffer: 1 << 28,
    });
    return { status, stdout, stderr };
  }

  /** Runs a program and fails with its messages where it fails. */
  succeed(program: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = this.run(program, ...args);
    if (status !== 0) throw new Error(`${program} ${args.join(" ")}:\n${stdout}\n${stderr}`);
    return stdout;
  }
}

/** The project as a fresh clone has it, with its installed packages. */
export function projectCopy(): TemporaryFolder {
  const copy = new TemporaryFolder();
  const listed = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: PROJECT, encoding: "utf8" },
  );
  for (const name of listed.split("\0")) {
    const source = path.join(PROJECT, name);
    // A link to installed packages is listed, too.
    if (name === "" || !fs.existsSync(source) || !fs.lstatSync(source).isFile()) continue;
    fs.mkdirSync(path.dirname(copy.path(name)), { recursive: true });
    fs.copyFileSync(source, copy.path(name));
  }
  fs.symlinkSync(fs.realpathSync(path.join(PROJECT, "node_modules")), copy.path("node_modules"));
  return copy;
}
