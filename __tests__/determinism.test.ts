/** The same source gives the same bytes: by both writers, in any process, wherever it runs. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { compose } from "../lib/answers/compose";
import { readyModules } from "../lib/module/ready-modules";
import { contentOf } from "./support/content-of";
import { bundle } from "./support/bundle";
import { PROJECT } from "./support/terraform";

const names = [...readyModules.keys()];

/**
 * Environments that must not change a byte: locale, time zone, terminal, and whose machine it is.
 */
const environments: readonly (readonly [string, NodeJS.ProcessEnv])[] = [
  ["plain", { LANG: "C", TZ: "UTC" }],
  [
    "Turkish, on Pacific islands",
    { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Apia" },
  ],
  [
    "another home, with colours",
    { LANG: "ja_JP.UTF-8", TZ: "Asia/Tokyo", HOME: "/", FORCE_COLOR: "1" },
  ],
];

let parent: string;

beforeAll(() => {
  parent = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-bytes-")));
});

describe("the CDKTF app", () => {
  let written: Record<string, Record<string, string>>;

  beforeAll(() => {
    written = Object.fromEntries(
      environments.map(([name, environment], index) => {
        const folder = path.join(parent, `app-${String(index)}`);
        // The app writes modules/ beside the folder that it lies in.
        const script = bundle("main.ts", path.join(folder, "dist"));
        const workingFolder = path.join(folder, "elsewhere");
        fs.mkdirSync(workingFolder);
        execFileSync(process.execPath, [script], {
          cwd: workingFolder,
          env: { PATH: process.env.PATH, ...environment, CDKTF_OUTDIR: path.join(folder, "out") },
          stdio: "ignore",
        });
        expect(contentOf(workingFolder)).toEqual({});
        return [name, contentOf(folder, "modules/")];
      }),
    );
  });

  test.each(environments.slice(1).map(([name]) => name))("gives the same bytes: %s", (name) => {
    expect(written[name]).toEqual(written.plain);
  });

  test("gives what modules/ holds", () => {
    for (const [file, content] of Object.entries(written.plain ?? {})) {
      expect([file, fs.readFileSync(path.join(PROJECT, file), "utf8")]).toEqual([file, content]);
    }
    expect(fs.readdirSync(path.join(PROJECT, "modules")).sort()).toEqual([...names].sort());
  });

  test("writes no path, no user and no date", () => {
    const text = Object.values(written.plain ?? {}).join("\n");
    expect(text).not.toContain(PROJECT);
    expect(text).not.toContain(parent);
    expect(text).not.toMatch(/20[0-9]{2}-(?!10-17)[0-9]{2}-[0-9]{2}/);
  });
});

test("cdktf synth writes the same stacks", () => {
  const folder = path.join(parent, "cdktf");
  bundle("main.ts", path.join(folder, "dist"));
  const config = JSON.parse(fs.readFileSync(path.join(PROJECT, "cdktf.json"), "utf8")) as object;
  fs.writeFileSync(
    path.join(folder, "cdktf.json"),
    JSON.stringify({ ...config, app: "node dist/main.js" }),
  );
  execFileSync(path.join(PROJECT, "node_modules", ".bin", "cdktf"), ["synth"], {
    cwd: folder,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", CI: "1" },
    stdio: "ignore",
  });
  const synthesized = stacks(path.join(folder, "cdktf.out"));
  expect(Object.keys(synthesized).sort()).toEqual(
    names.map((name) => `stacks/${name}/cdk.tf.json`).sort(),
  );
  for (const name of names) {
    const blocks = Object.values(contentOf(path.join(PROJECT, "modules", name)))
      .filter((content) => content.startsWith("{"))
      .map((content) => JSON.parse(content) as object);
    const stack = moduleOf(synthesized[`stacks/${name}/cdk.tf.json`]);
    expect(stack).toEqual(Object.assign({}, ...blocks));
  }
});

describe("the command", () => {
  const orders = ["rds,redshift,keyspace", "keyspace rds redshift", "redshift,rds keyspace,rds"];

  test("gives the same bytes in any order of types, in any process", () => {
    const script = bundle("lib/commands/program.ts", path.join(parent, "command"));
    const written = orders.map((types, index) => {
      const [, environment] = environments[index] ?? [];
      const workingFolder = path.join(parent, `working-folder-${String(index)}`);
      fs.mkdirSync(workingFolder);
      const output = path.join(parent, `output-${String(index)}`);
      execFileSync(
        process.execPath,
        [script, "compose", "--types", ...types.split(" "), "--output", output],
        { cwd: workingFolder, env: { PATH: process.env.PATH, ...environment }, stdio: "ignore" },
      );
      expect(contentOf(workingFolder)).toEqual({});
      return contentOf(output);
    });
    const library = Object.fromEntries(compose({ types: ["redshift", "keyspace", "rds"] }));
    for (const content of written) expect(content).toEqual(library);
  });
});

/** The stacks that CDKTF wrote: text by path. */
function stacks(folder: string): Record<string, string> {
  const files = Object.entries(contentOf(folder));
  return Object.fromEntries(files.filter(([file]) => /^stacks\/.+\/cdk\.tf\.json$/.test(file)));
}

/** A stack without what cdktf-cli asks for beside the comment. */
function moduleOf(stack = "{}"): object {
  const { "//": about, ...blocks } = JSON.parse(stack) as { "//": { comment: string } };
  return { "//": about.comment, ...blocks };
}
