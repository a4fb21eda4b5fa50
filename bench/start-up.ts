import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { measure, ratio, report, runProcess, withSpread } from "./measure";

const TYPES = "rds,redshift";

/** The command keeps what was compiled of it: a first run does without. */
const NOTHING_KEPT = { NODE_DISABLE_COMPILE_CACHE: "1" };

/** Composes two types in a fresh process of `node`, into a folder below `folder`. */
function compose(project: string, node: string, folder: string, env: NodeJS.ProcessEnv = {}): void {
  const output = path.join(folder, "output");
  fs.rmSync(output, { recursive: true, force: true });
  const command = path.join(project, "dist", "teleport-db-iam.js");
  runProcess(node, [command, "compose", "--types", TYPES, "--output", output], { env });
}

function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-bench-"));
}

/** A fresh process each time: the command against bare Node. */
export function benchStartUp(project: string, node: string): void {
  const folder = temporaryFolder();
  const command = path.join(project, "dist", "teleport-db-iam.js");
  const library = path.join(project, "dist", "index.js");
  const { bare, required, help, two, first } = measure(15, {
    bare: () => runProcess(node, ["-e", "0"]),
    required: () => runProcess(node, ["-e", `require(${JSON.stringify(library)})`]),
    help: () => runProcess(node, [command, "--help"]),
    two: () => {
      compose(project, node, folder);
    },
    first: () => {
      compose(project, node, folder, NOTHING_KEPT);
    },
  });
  fs.rmSync(folder, { recursive: true });
  report("A fresh process (medians, and between what half of the runs lie)", [
    ["node -e 0", withSpread(bare)],
    ["require of the library", withSpread(required), `${ratio(required, bare)} node -e 0`],
    ["--help", withSpread(help), `${ratio(help, bare)} node -e 0`],
    [`compose --types ${TYPES}`, withSpread(two), `${ratio(two, bare)} node -e 0`],
    ["the same, with nothing kept compiled", withSpread(first), `${ratio(first, bare)} node -e 0`],
  ]);
}

/** The command against `cdktf synth`, which not every version of Node can run. */
export function benchSynth(project: string): void {
  const folder = temporaryFolder();
  // The built app, so that compiling it is not part of the time.
  const config = JSON.parse(fs.readFileSync(path.join(project, "cdktf.json"), "utf8")) as object;
  fs.mkdirSync(path.join(folder, "dist"));
  fs.copyFileSync(path.join(project, "dist", "main.js"), path.join(folder, "dist", "main.js"));
  fs.writeFileSync(
    path.join(folder, "cdktf.json"),
    JSON.stringify({ ...config, app: "node dist/main.js" }),
  );
  const cdktf = path.join(project, "node_modules", ".bin", "cdktf");
  process.env.CHECKPOINT_DISABLE = "1";
  const { two, synth } = measure(3, {
    two: () => {
      compose(project, process.execPath, folder);
    },
    synth: () => runProcess(cdktf, ["synth"], { folder }),
  });
  fs.rmSync(folder, { recursive: true });
  report("cdktf synth (medians)", [
    [`compose --types ${TYPES}`, withSpread(two)],
    ["cdktf synth, all ready modules", withSpread(synth), `${ratio(synth, two)} compose`],
  ]);
}
