import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { shellWord } from "../../lib/files/command-line";
import { PROJECT } from "./terraform";

/** The built command. */
export const PROGRAM = path.join(PROJECT, "dist", "teleport-db-iam.js");

if (!fs.existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing. Run: npm run build`);

/** `describe` for suites that need a pseudo-terminal, which script(1) of util-linux gives. */
export function describeWithTerminal(): jest.Describe {
  const { stdout } = spawnSync("script", ["--version"], { encoding: "utf8" });
  if (stdout.includes("util-linux")) return describe;
  if (process.env.CI === "true") throw new Error("script(1) is missing, and CI=true needs it.");
  process.stderr.write("SKIPPED: script(1) is missing, so terminals are not tested here.\n");
  return describe.skip;
}

/** The command as a process of its own whose input and outputs are a terminal. */
export class Terminal {
  private readonly process: ChildProcess;
  private readonly exit: Promise<number | null>;
  private raw = "";
  private seen = 0;

  constructor(
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    { columns = 120, folder = process.cwd() } = {},
  ) {
    const command = [process.execPath, PROGRAM, ...args].map(shellWord).join(" ");
    // A new pseudo-terminal has no size, and prompts are laid out to it.
    const sized = `stty cols ${String(columns)} rows 40; exec ${command}`;
    this.process = spawn("script", ["-qefc", sized, "/dev/null"], {
      cwd: folder,
      env: { ...process.env, TERM: "xterm-256color", NO_COLOR: "", ...environment },
    });
    this.process.stdout?.on("data", (data: Buffer) => (this.raw += data.toString("utf8")));
    this.exit = new Promise((resolve) => this.process.on("close", resolve));
  }

  /** All that the terminal has got, colours and cursor movements included. */
  get output(): string {
    return this.raw;
  }

  /** The text as a person reads it. */
  get text(): string {
    return stripVTControlCharacters(this.raw);
  }

  /** Waits until `text` appears behind what was waited for before. */
  async waitFor(text: string): Promise<this> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const at = this.text.indexOf(text, this.seen);
      if (at >= 0) {
        this.seen = at + text.length;
        return this;
      }
      if (Date.now() > deadline || this.process.exitCode !== null) {
        throw new Error(`No ${JSON.stringify(text)} in:\n${this.text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Presses keys, as the bytes that a terminal sends. */
  press(...keys: readonly string[]): void {
    for (const key of keys) this.process.stdin?.write(key);
  }

  /** Waits for the end of the process. */
  async status(): Promise<number | null> {
    return this.exit;
  }

  /** Ends the process where a test did not. */
  dispose(): void {
    if (this.process.exitCode === null) this.process.kill("SIGKILL");
  }
}

/** Keys as a terminal sends them. */
export const keys = {
  down: "\u001B[B",
  space: " ",
  tab: "\t",
  enter: "\r",
  interrupt: "\u0003",
} as const;
