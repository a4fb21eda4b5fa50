/** A README says what its module's JSON says, and its example plans. */
import { compose } from "../../lib/answers/compose";
import { readyModules } from "../../lib/module/ready-modules";
import type { Files } from "../../lib/files/module-files";
import { type Section, sections } from "../support/markdown";
import { OFFLINE_PROVIDER, readFolder, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const ready: readonly (readonly [string, Files])[] = [...readyModules.keys()].map((name) => [
  name,
  new Map(Object.entries(readFolder(readyModule(name)))),
]);
const pair = compose({ types: ["rds", "redshift"] });

const modules: readonly (readonly [string, Files])[] = [
  ...ready,
  ["rds and redshift, composed", pair],
  ["all, composed", compose({ types: ["all"] })],
];

describe.each(modules)("README of %s", (_, files) => {
  const page = sections(text(files, "README.md"));

  test("lists every variable and output of the module", () => {
    // A variable and an output can have the same name.
    const listed = new Set(
      page.flatMap(({ tables }) => tables.flat().map(({ Name = "" }) => Name)),
    );
    for (const [file, kind] of [
      ["variables.tf.json", "variable"],
      ["outputs.tf.json", "output"],
    ] as const) {
      for (const name of Object.keys(block(files, file, kind))) expect(listed).toContain(name);
    }
  });

  test("lists every statement of the module", () => {
    const sids = [...text(files, "main.tf.json").matchAll(/"Sid": "(\w+)"/g)].map(([, sid]) => sid);
    for (const sid of new Set(sids)) expect(text(files, "README.md")).toContain(sid);
  });

  test("holds nothing that differs from run to run or machine to machine", () => {
    expect(text(files, "README.md")).not.toMatch(
      /\d{4}-\d\d-\d\d|cdktf|node_modules|\/home\/|\/root\/|\/tmp\//i,
    );
  });
});

test.each(ready.map(([name, files]) => [name, files] as const))(
  "the README of %s has at most 1,200 words",
  (_, files) => {
    const words = text(files, "README.md")
      .replace(/https?:\/\/[^ )]*/g, "")
      .split(/[\s|]+/)
      .filter((word) => /\w/.test(word));
    expect(words.length).toBeLessThanOrEqual(1200);
  },
);

describeWithTerraform()("the usage blocks, pasted into one root", () => {
  test("plan a policy each, attached to the role", () => {
    const root = new TerraformRoot({ "provider.tf": OFFLINE_PROVIDER });
    for (const [name, files] of ready) root.addModule(`modules/${name}`, files);
    root.addModule("database-access", pair);
    const pages = [...ready.map(([, files]) => files), pair];
    const policies = pages.slice(2);
    root.write({
      "main.tf": pages
        .map((files) => section(sections(text(files, "README.md")), "Usage").blocks.hcl)
        .join("\n"),
    });
    const planned = (root.init().plan().resource_changes ?? []).map(({ type }) => type);
    expect(planned.sort()).toEqual(
      [
        ...policies.map(() => "aws_iam_policy"),
        "aws_iam_instance_profile",
        "aws_iam_role",
        "aws_iam_role",
        ...policies.map(() => "aws_iam_role_policy_attachment"),
        ...policies.map(() => "terraform_data"),
      ].sort(),
    );
  });
});

function text(files: Files, name: string): string {
  return files.get(name) ?? "";
}

function block(files: Files, file: string, name: string): object {
  return (JSON.parse(text(files, file)) as Record<string, object>)[name] ?? {};
}

function section(page: readonly Section[], heading: string): Section {
  const [found, ...more] = page.filter((candidate) => candidate.heading === heading);
  if (found === undefined || more.length > 0) throw new Error(`not one section ${heading}`);
  return found;
}
