/** The scripts and workflows of examples/pull-request, with a `terraform` that shows a prepared plan. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { FakeGitHub, MARKER } from "../support/fake-github";
import { planOfResources, policyChange } from "../support/iam-plan";
import { allow, document } from "../support/policy-documents";
import { TemporaryFolder } from "../support/project-copy";
import { PROGRAM } from "../support/terminal";
import { PROJECT } from "../support/terraform";
import { describeWith } from "../support/tools";

const EXAMPLE = path.join(PROJECT, "examples", "pull-request");

/** Shows plan.json of the root; fails at the step that `fails` of the root names. */
const TERRAFORM = `#!/bin/sh
step=$1
if [ -f fails ] && [ "$(cat fails)" = "$step" ]; then echo "Error: as wanted" >&2; exit 1; fi
case $step in show) cat plan.json ;; *) echo "$step" ;; esac
`;

const READ = document(allow("s3:GetObject", "*"));
const plans = {
  broadened: planOfResources([
    policyChange(READ, document(allow(["s3:GetObject", "s3:PutObject"], "*"))),
  ]),
  // The policy is known only after apply.
  unknown: planOfResources([{ ...policyChange(READ, READ), after: {}, unknown: ["policy"] }]),
  unchanged: planOfResources([]),
};

describeWith("jq", ["--version"])("the scripts of a pull request", () => {
  let folder: TemporaryFolder;
  let github: FakeGitHub;

  beforeEach(() => {
    folder = new TemporaryFolder();
    github = new FakeGitHub(folder.path("bin"));
    const command = `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`;
    folder.write({ "bin/terraform": TERRAFORM, "bin/teleport-db-iam": command });
    for (const name of ["terraform", "teleport-db-iam"]) {
      fs.chmodSync(folder.path("bin", name), 0o755);
    }
    for (const [name, plan] of Object.entries(plans)) {
      folder.write({ [`${name}/plan.json`]: plan });
    }
  });

  function shell(line: string, environment: NodeJS.ProcessEnv = {}) {
    return spawnSync("bash", ["-c", line], {
      cwd: folder.folder,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${folder.path("bin")}:${process.env.PATH ?? ""}`,
        TELEPORT_DB_IAM: "teleport-db-iam",
        ...environment,
      },
    });
  }
  const review = (...roots: readonly string[]) =>
    shell(`"${EXAMPLE}/review.sh" comment.md ${roots.join(" ")}`).status;
  const comment = (commit: string) => {
    expect(shell(`"${EXAMPLE}/comment.sh" team/infra 7 ${commit} comment.md`).stderr).toBe("");
    return github.comments().at(-1)?.body ?? "";
  };

  test.each([
    ["unchanged", 0, "this plan changes no access"],
    ["broadened", 1, "this plan grants new access"],
    ["unknown", 1, "not all of this plan can be compared"],
  ])("a plan that is %s ends with %i", (root, status, line) => {
    expect(review(root)).toBe(status);
    expect(folder.read("comment.md")).toContain(`### IAM review: ${line}`);
  });

  test.each(["init", "validate", "plan", "show"])("a failed %s ends with 2 and says so", (step) => {
    folder.write({ "broadened/fails": step });
    expect(review("broadened")).toBe(2);
    expect(folder.read("comment.md")).toMatch(/^### IAM review: failed\n/);
  });

  test("a root that is not there ends with 2", () => {
    expect(review("nowhere")).toBe(2);
  });

  test("several roots have one comment, and the worst status", () => {
    expect(review("unchanged", "broadened")).toBe(1);
    const text = folder.read("comment.md");
    expect(text).toMatch(
      /^## Root `unchanged`\n\n### IAM review: this plan changes no access[^]*\n## Root `broadened`\n/,
    );
    folder.write({ "unchanged/fails": "plan" });
    expect(review("unchanged", "broadened")).toBe(2);
    expect(folder.read("comment.md")).toMatch(
      /failed\n[^]*\n## Root `broadened`\n\n### IAM review: this plan grants new access/,
    );
  });

  test("the comment names its commit, and a failed plan of the next commit replaces it", () => {
    review("unchanged");
    const first = comment("abc123");
    expect(first).toMatch(
      new RegExp(
        `^${MARKER}\n\nPlan of commit \`abc123\`\n\n### IAM review: this plan changes no access`,
      ),
    );
    folder.write({ "unchanged/fails": "plan" });
    review("unchanged");
    expect(comment("def456")).toMatch(/Plan of commit `def456`\n\n### IAM review: failed/);
    fs.rmSync(folder.path("comment.md"));
    expect(comment("0000ff")).toMatch(/Plan of commit `0000ff`\n\n### IAM review: failed/);
    expect(github.comments()).toHaveLength(3);
  });

  test("a long comment ends with a whole line, and says how much is missing", () => {
    const line = "é".repeat(99);
    folder.write({ "comment.md": `${line}\n`.repeat(1000) });
    const body = comment("abc123");
    expect(body.length).toBeLessThan(65_536);
    // In bytes it would be 30,000 characters.
    expect(body.length).toBeGreaterThan(59_000);
    expect(body).toMatch(/\né{99}\n\n\*\*401 of 1001 lines are missing here\*\*/);
  });

  /** The lines of a workflow's steps, with its expressions as GitHub fills them in. */
  const steps = (name: string) => {
    const text = fs.readFileSync(path.join(EXAMPLE, "github", name), "utf8");
    const { jobs } = parse(text) as {
      jobs: Record<string, { steps: { run?: string; env?: Record<string, string> }[] }>;
    };
    return Object.values(jobs).flatMap((job) => job.steps.filter(({ run }) => run !== undefined));
  };

  test("the workflows' own lines put the comment", () => {
    fs.cpSync(EXAMPLE, folder.path("ci"), { recursive: true });
    fs.cpSync(folder.path("broadened"), folder.path("infra"), { recursive: true });
    folder.write({ "bin/npm": '#!/bin/sh\necho "npm $*"\n' });
    fs.chmodSync(folder.path("bin", "npm"), 0o755);
    const RUNNER_TEMP = folder.path("temp", "iam-review");
    fs.mkdirSync(RUNNER_TEMP, { recursive: true });
    const [install, plan, ...others] = steps("plan.yml");
    expect(others).toEqual([]);
    expect(shell(install?.run ?? "", { RUNNER_TEMP }).stdout).toBe("npm ci --ignore-scripts\n");
    expect(shell(plan?.run ?? "", { RUNNER_TEMP }).status).toBe(1);

    const [put] = steps("comment.yml");
    const values: Readonly<Record<string, string>> = {
      "github.token": "token",
      "runner.temp": folder.path("temp"),
      "github.event.workflow_run.head_repository.owner.login": "someone",
      "github.event.workflow_run.head_branch": "branch",
      "github.event.workflow_run.head_sha": "abc123",
      "github.event.workflow_run.html_url": "https://github.com/team/infra/actions/runs/1",
    };
    const environment = Object.fromEntries(
      Object.entries(put?.env ?? {}).map(([name, value]) => [
        name,
        value.replace(
          /\$\{\{ ([\w.]+) \}\}/g,
          (_, expression: string) => values[expression] ?? "?",
        ),
      ]),
    );
    expect(Object.values(environment).join()).not.toContain("?");
    const { status, stderr } = shell(put?.run ?? "", {
      ...environment,
      GITHUB_REPOSITORY: "team/infra",
      RUNNER_TEMP: folder.path("temp"),
    });
    expect([status, stderr]).toEqual([0, ""]);
    expect(github.comments().at(-1)?.body).toMatch(
      /Plan of commit `abc123` \(\[log\]\(https:[^)]+\)\)\n\n### IAM review: this plan grants new access/,
    );
  });
});
