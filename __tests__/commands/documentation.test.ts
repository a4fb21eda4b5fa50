/** docs/command-line.md, followed by copying: every command of it prints what is written there. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { OFFLINE_PROVIDER, PROJECT, TerraformRoot } from "../support/terraform";
import { PROGRAM } from "../support/terminal";
import { describeWithTerraform } from "../support/tools";

const page = fs.readFileSync(path.join(PROJECT, "docs", "command-line.md"), "utf8");

/** The code blocks of a language, in their order. */
function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(
    ([, content = ""]) => content,
  );
}

/** Commands and the output that is written below them. */
const recordings = blocks("console").flatMap((block) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const [command = "", ...output] = text.trimEnd().split("\n");
      return { command, output };
    }),
);

describeWithTerraform()("the page about the command line", () => {
  let root: TerraformRoot;

  beforeAll(() => {
    const [main = ""] = blocks("hcl");
    const [configuration = ""] = blocks("yaml");
    root = new TerraformRoot({
      "main.tf": main,
      "teleport.yaml": configuration,
      ...inputs(),
      // The page's provider finds credentials of its own; the test has none.
      "provider_override.tf": OFFLINE_PROVIDER,
    });
  });
  afterAll(() => {
    root.dispose();
  });

  test("has commands", () => {
    expect(recordings.length).toBeGreaterThan(7);
  });

  // In the order of the page: a later command needs what an earlier one wrote.
  test.each(recordings)("$command", ({ command, output }) => {
    const [program, ...args] = command.split(" ");
    const printed = program === "terraform" ? root.succeed(...args) : both(root.folder, command);
    expectRecording(output, printed.trimEnd().split("\n"));
  });
});

/** What the command prints to both outputs, where tctl knows the databases of a fixture. */
function both(folder: string, command: string): string {
  const shell = [
    `teleport-db-iam() { "${process.execPath}" "${PROGRAM}" "$@"; }`,
    'tctl() { [ "$*" = "get db,discovery_config" ] && cat resources.yaml; }',
    `{ ${command}; } 2>&1`,
  ].join("\n");
  return execFileSync("bash", ["-c", shell], { cwd: folder, encoding: "utf8" });
}

/** Files of the origins that the page names, in the shape that each gives them. */
function inputs(): Record<string, string> {
  const folder = path.join(PROJECT, "__tests__", "fixtures", "teleport-inputs");
  const files = ["values.yaml", "resources.yaml", "plan.json"];
  return Object.fromEntries(
    files.map((file) => [file, fs.readFileSync(path.join(folder, file), "utf8")]),
  );
}

/** The lines are those of the recording, where `…` stands for any number of lines. */
function expectRecording(recording: readonly string[], printed: readonly string[]): void {
  let rest = printed;
  let skips = false;
  for (const line of recording) {
    if (line === "…") {
      skips = true;
      continue;
    }
    const at = skips ? rest.indexOf(line) : 0;
    expect(at < 0 ? `missing below the last found line: ${line}` : rest[at]).toBe(line);
    rest = rest.slice(at + 1);
    skips = false;
  }
  if (!skips) expect(rest).toEqual([]);
}
