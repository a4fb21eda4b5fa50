/** The shell of the examples' READMEs, run as it stands: their commands, and the steps of CI services. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { copyExample, exampleFiles, exampleNames } from "../support/examples";
import { TemporaryFolder } from "../support/project-copy";
import { shellBlocks, withCommand } from "../support/shell-blocks";
import { PROGRAM } from "../support/terminal";
import { OFFLINE_PROVIDER, type Outcome, PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const PULL_REQUEST = exampleFiles("pull-request")["README.md"] ?? "";

test.each([...exampleNames, "pull-request"])("%s has no other code than is run here", (name) => {
  const readme = exampleFiles(name)["README.md"] ?? "";
  const languages = [...readme.matchAll(/^```(.*)$/gm)].filter((_, index) => index % 2 === 0);
  expect(languages.length).toBeGreaterThan(0);
  for (const [, language] of languages) expect(["sh", "yaml"]).toContain(language);
});

describeWithTerraform()("the commands of an example", () => {
  let root: TerraformRoot;

  beforeAll(() => {
    root = new TerraformRoot({});
  });

  test.each(exampleNames)("%s", (name) => {
    copyExample(root, name);
    const [block = "", ...others] = shellBlocks(exampleFiles(name)["README.md"] ?? "");
    expect(others).toEqual([]);
    const { status, stdout, stderr } = shell(path.join("examples", name), block);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    expect(status).toBe(0);
  });

  test("the step of Atlantis, with the plan that it is given", () => {
    copyExample(root, "single-account");
    const folder = path.join("examples", "single-account");
    expect(shell(folder, "terraform init && terraform plan -out default.tfplan").status).toBe(0);
    const { workflows } = yaml("Atlantis") as {
      workflows: { iam: { plan: { steps: [string, string, { run: { command: string } }] } } };
    };
    const [, , step] = workflows.iam.plan.steps;
    const planFile = path.join(root.folder, folder, "default.tfplan");
    const { status, stdout } = shell(folder, step.run.command, { PLANFILE: planFile });
    expect(stdout).toMatch(/^IAM review: this plan grants new access/);
    expect(status).toBe(0);
  });

  test("the script of GitLab's job, in a project that has the package", () => {
    const project = new TemporaryFolder();
    // The package is not released: npm ci installs nothing, and the built command is put in its place.
    project.write({
      "package.json": JSON.stringify({ private: true }),
      "package-lock.json": JSON.stringify({ lockfileVersion: 3, packages: { "": {} } }),
      "infra/main.tf": `${OFFLINE_PROVIDER}\nresource "aws_vpc" "x" {\n  cidr_block = "10.0.0.0/16"\n}\n`,
    });
    fs.mkdirSync(project.path("ci"));
    for (const script of ["review.sh", "comment.sh"]) {
      fs.copyFileSync(
        path.join(PROJECT, "examples", "pull-request", script),
        project.path("ci", script),
      );
    }
    const { "iam-review": job } = yaml("GitLab") as { "iam-review": { script: string[] } };
    const [install = "", review = ""] = job.script;
    const run = (command: string): Outcome =>
      outcome(project.folder, command, { CI_PROJECT_DIR: project.folder });
    expect(run(install).status).toBe(0);
    const installed = project.path("node_modules", ".bin");
    fs.mkdirSync(installed, { recursive: true });
    fs.symlinkSync(PROGRAM, path.join(installed, "teleport-db-iam"));
    expect(run(review).status).toBe(0);
    expect(project.read("comment.md")).toContain("### IAM review: this plan changes no access");
  });

  function outcome(folder: string, command: string, variables: NodeJS.ProcessEnv): Outcome {
    const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", command], {
      cwd: folder,
      env: withCommand(root.folder, {
        ...root.environment,
        ...variables,
        TF_CLI_ARGS: "-no-color",
      }),
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  function shell(folder: string, command: string, variables: NodeJS.ProcessEnv = {}): Outcome {
    return outcome(path.join(root.folder, folder), command, variables);
  }
});

/** The YAML below a heading of the page about pull requests. */
function yaml(heading: string): unknown {
  const [, text = ""] =
    new RegExp(`^## ${heading}$.*?^\`\`\`yaml\\n(.*?)^\`\`\`$`, "ms").exec(PULL_REQUEST) ?? [];
  return parse(text);
}
