import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { inMilliseconds, medians, report, runProcess, times } from "./measure";

/** A fresh process each time: the command against bare Node, and against `cdktf synth`. */
export function benchStartUp(project: string): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-bench-"));
  const command = path.join(project, "dist", "teleport-db-iam.js");
  const types = "rds,redshift";
  const compose = (): void => {
    const output = path.join(folder, "output");
    fs.rmSync(output, { recursive: true, force: true });
    runProcess(process.execPath, [command, "compose", "--types", types, "--output", output]);
  };
  const [bare = 0, help = 0, two = 0] = medians(15, {
    bare: () => runProcess(process.execPath, ["-e", "0"]),
    help: () => runProcess(process.execPath, [command, "--help"]),
    compose,
  });
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
  const [synth = 0] = medians(3, { synth: () => runProcess(cdktf, ["synth"], folder) });
  fs.rmSync(folder, { recursive: true });
  report("A fresh process (medians)", [
    ["node -e 0", inMilliseconds(bare)],
    ["--help", inMilliseconds(help), `${times(help, bare)} node -e 0`],
    [`compose --types ${types}`, inMilliseconds(two), `${times(two, bare)} node -e 0`],
    [
      "cdktf synth (the eleven ready modules)",
      inMilliseconds(synth),
      `${times(synth, two)} compose`,
    ],
  ]);
}
