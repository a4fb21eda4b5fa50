/** The pages under docs/, followed by copying: every command prints what is written below it. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fencedBlocks } from "../support/fenced-blocks";
import { recordings, shellBlocks, withCommand } from "../support/shell-blocks";
import { OFFLINE_PROVIDER, PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const DOCS = path.join(PROJECT, "docs");
const pages = fs.readdirSync(DOCS).filter((name) => name.endsWith(".md"));
const textOf = (page: string): string => fs.readFileSync(path.join(DOCS, page), "utf8");

test("there are commands to run, and the pipe with terraform on its left is one", () => {
  const commands = pages.flatMap((page) => recordings(textOf(page)).map(({ command }) => command));
  expect(commands.length).toBeGreaterThan(12);
  expect(commands).toContainEqual(
    expect.stringMatching(/^terraform show -json tfplan \| teleport-db-iam review/),
  );
});

test.each(pages)("%s has its commands where they are run", (page) => {
  const languages = [...textOf(page).matchAll(/^```(.*)$/gm)]
    .map(([, language = ""]) => language)
    .filter((_, index) => index % 2 === 0);
  expect(["console", "sh", "hcl", "yaml", "js", "json", "text", "mermaid"]).toEqual(
    expect.arrayContaining(languages),
  );
  // A block that cannot be run here says so to the reader.
  for (const block of shellBlocks(textOf(page))) expect(block).toMatch(/^# Not run by the tests: /);
});

describeWithTerraform()("a page under docs/", () => {
  describe.each(pages.filter((page) => recordings(textOf(page)).length > 0))("%s", (page) => {
    let root: TerraformRoot;

    beforeAll(() => {
      const files = savedFiles(page);
      root = new TerraformRoot({
        ...files,
        ...inputs(),
        // The page's provider finds credentials of its own; the test has none.
        ...(files["main.tf"]?.includes("provider") === true
          ? { "provider_override.tf": OFFLINE_PROVIDER }
          : {}),
      });
    });

    // In the order of the page: a later command needs what an earlier one wrote.
    test.each(recordings(textOf(page)))("$command", ({ command, output }) => {
      const { stdout, status } = spawnSync("bash", ["-c", `${TCTL}\n{ ${command}\n} 2>&1`], {
        cwd: root.folder,
        env: withCommand(root.folder, { ...root.environment, TF_CLI_ARGS: "-no-color" }),
        encoding: "utf8",
      });
      expectRecording(output, stdout.trimEnd().split("\n"));
      expect(status).toBe(0);
    });
  });
});

/** Files of the origins that the pages name, in the shape that each gives them. */
function inputs(): Record<string, string> {
  const folder = path.join(PROJECT, "__tests__", "fixtures", "teleport-inputs");
  const files = ["values.yaml", "resources.yaml", "plan.json"];
  return Object.fromEntries(
    files.map((file) => [file, fs.readFileSync(path.join(folder, file), "utf8")]),
  );
}

/** The cluster's command, where the cluster has the databases of a fixture. */
const TCTL = 'tctl() { [ "$*" = "get db,discovery_config" ] && cat resources.yaml; }';

/** The files that a page asks its reader to save. */
function savedFiles(page: string): Record<string, string> {
  const blocks = ["hcl", "yaml"].flatMap((language) => fencedBlocks(textOf(page), language));
  return Object.fromEntries(
    blocks.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text] as const])),
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
  if (!skips) expect(rest.join("\n")).toBe("");
}
