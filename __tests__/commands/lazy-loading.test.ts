/** CDKTF takes longer to load than everything else takes to run: nothing may load it, and most do without the rest. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { bundle } from "../support/bundle";
import { PROJECT } from "../support/terraform";

let folder: string;
let script: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-lazy-"));
  // Left out of the bundle, CDKTF is loaded from its own files, which Node keeps a list of.
  script = bundle("__tests__/commands/loaded-modules.ts", folder, ["--packages=external"]);
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

test("a configuration loads the YAML parser, so that this test would see it", () => {
  fs.writeFileSync(path.join(folder, "teleport.yaml"), "db_service: {}\n");
  expect(loadedPackages("compose --from teleport.yaml --output output")).toEqual(["yaml"]);
});

test.each([
  "--help",
  "compose --help",
  "compose --types nope --output output",
  "compose --types rds",
  "compose --types rds --output output",
  "compose --unknown",
  "unknown",
  "list",
  "explain rds",
  "completion bash",
])("%s does not load CDKTF, the YAML parser or the prompts", (words) => {
  expect(loadedPackages(words)).toEqual([]);
});

test("compose starts no other program, and needs none", () => {
  const command = path.join(PROJECT, "dist", "teleport-db-iam.js");
  const output = path.join(folder, "alone");
  // Its PATH has nothing in it.
  execFileSync(process.execPath, [command, "compose", "--types", "rds", "--output", output], {
    env: { PATH: path.join(folder, "none") },
    stdio: "pipe",
  });
  expect(fs.readdirSync(output)).toContain("main.tf.json");
});

/** Of CDKTF, the YAML parser and the prompts, what a command line loads. */
function loadedPackages(words: string): string[] {
  const loaded = execFileSync(process.execPath, [script, ...words.split(" ")], {
    cwd: folder,
    env: { ...process.env, NODE_PATH: path.join(PROJECT, "node_modules") },
    encoding: "utf8",
  });
  const packages = (JSON.parse(loaded) as string[]).map(
    (file) => /node_modules\/(cdktf|constructs|@cdktf|yaml|@clack)\//.exec(file)?.[1],
  );
  return [...new Set(packages.filter((name) => name !== undefined))];
}
