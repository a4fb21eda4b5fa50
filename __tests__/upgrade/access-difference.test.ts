/** What two versions of a module allow, where it is known what differs between them. */
import * as path from "node:path";
import { compose } from "../../lib/commands/compose/compose";
import type { Files } from "../../lib/files/module-files";
import { moduleDifferences, type ModuleDifference } from "../../lib/upgrade/access-difference";
import { moduleDifferenceLines } from "../../lib/upgrade/difference-lines";
import { runCommand } from "../support/command";
import { TemporaryFolder } from "../support/project-copy";
import { PROJECT, readFolder } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const rds = compose({ types: ["rds"] });
const dynamodb = compose({ types: ["dynamodb"] });
const first: Files = new Map(
  Object.entries(readFolder(path.join(PROJECT, "__tests__", "fixtures", "modules-0.1.0", "rds"))),
);

/** A module with a text in place of another, which it must have. */
function edited(module: Files, text: string, replacement: string): Files {
  const files = new Map(
    [...module].map(([name, each]) => [name, each.replaceAll(text, replacement)]),
  );
  if ([...files].every(([name, each]) => each === module.get(name))) throw new Error(`No ${text}`);
  return files;
}

const without = edited(rds, '"rds:ModifyDBCluster",\n', "");
const pairs = {
  same: [rds, rds],
  more: [without, rds],
  less: [rds, without],
  switched: [rds, edited(rds, "&& var.rds_connect", "&& false && var.rds_connect")],
  trust: [dynamodb, edited(dynamodb, "sts:TagSession", "sts:SetSourceIdentity")],
  keys: [rds, edited(rds, '[\\"merged\\"] : []', '[\\"all\\"] : []')],
  "0.1.0": [first, rds],
} satisfies Record<string, readonly [Files, Files]>;

describeWithTerraform()("the difference between two versions", () => {
  const differences = moduleDifferences(Object.values(pairs)) ?? [];
  const of = (name: keyof typeof pairs): ModuleDifference | undefined =>
    differences[Object.keys(pairs).indexOf(name)];
  const changes = (name: keyof typeof pairs) =>
    of(name)?.access.map(
      ({ document, change, action }) => `${document}: ${String(action)} ${change}`,
    );

  test("of a module and itself is nothing", () => {
    expect(of("same")).toEqual({ access: [], addresses: { gone: [], added: [] } });
  });

  test("of an action more is a request with it, in the policy and in the boundary", () => {
    expect(of("more")?.access[0]).toEqual({
      document: "policy",
      change: "newly allowed",
      situation: "with the module's defaults",
      request: expect.stringMatching(
        /^rds:ModifyDBCluster on arn:aws:rds:\S+ \(RDSAutoEnableIAMAuth\)$/,
      ) as string,
      action: "rds:ModifyDBCluster",
    });
    expect(changes("more")).toEqual(
      ["policy", "boundary"].map((name) => `${name}: rds:ModifyDBCluster newly allowed`),
    );
  });

  test("of an action less is the same the other way round", () => {
    expect(changes("less")).toEqual(
      ["policy", "boundary"].map((name) => `${name}: rds:ModifyDBCluster no longer allowed`),
    );
  });

  test("of a statement that is off is its requests", () => {
    expect(changes("switched")).toEqual(
      ["policy", "boundary"].map((name) => `${name}: rds-db:connect no longer allowed`),
    );
  });

  test("of trust policies is who may assume which role", () => {
    expect(changes("trust")).toContain(
      "trust of the user roles of dynamodb: sts:TagSession no longer allowed",
    );
    expect(changes("trust")).toContain(
      "trust of the user roles of dynamodb: sts:SetSourceIdentity newly allowed",
    );
  });

  test("of another key is an address that is gone", () => {
    expect(of("keys")?.addresses.gone).toContainEqual({
      address: 'aws_iam_policy.database_access["merged"]',
      situation: "with the module's defaults",
    });
    expect(of("keys")?.addresses.added.map(({ address }) => address)).toContain(
      'aws_iam_policy.database_access["all"]',
    );
  });

  test("of 0.1.0 and now is session tags alone, where sessions carry some", () => {
    const granted = of("0.1.0")?.access.filter(({ document }) => document !== "boundary");
    expect(
      granted?.map(({ document, change, action, situation }) => [
        document,
        change,
        action,
        situation,
      ]),
    ).toEqual([
      [
        "trust of the access role",
        "newly allowed",
        "sts:TagSession",
        "for a service on EKS Pod Identity",
      ],
    ]);
  });

  test("that Terraform cannot evaluate is said, beside what differs in the interface", () => {
    const broken = edited(rds, '"rds:ModifyDBCluster"', '"${nope(1)}"');
    const { lines, notCompared } = moduleDifferenceLines(broken, rds);
    expect(lines).toEqual(["statement changed: RDSAutoEnableIAMAuth (Action)"]);
    expect(notCompared).toMatch(/^terraform .* failed: [^]*nope/);
  });
});

describeWithTerraform()("compose --check", () => {
  test("says what the module newly allows, beside the files and the interface", async () => {
    const folder = new TemporaryFolder();
    try {
      const output = folder.path("rds");
      const compose = (...flags: readonly string[]) =>
        runCommand("compose", "--types", "rds", "--output", output, ...flags);
      await compose();
      folder.replace("rds/main.tf.json", '"rds:ModifyDBCluster",', "");
      const { status, stdout, stderr } = await compose("--check");
      expect([status, stderr]).toEqual([1, expect.stringMatching(/^\S+ is not what this command/)]);
      expect(stdout.trimEnd().split("\n")).toEqual([
        `differs:  ${output}/main.tf.json`,
        "statement changed: RDSAutoEnableIAMAuth (Action)",
        expect.stringMatching(
          /^newly allowed by the policy: rds:ModifyDBCluster on arn:\S+ \(RDSAutoEnableIAMAuth\), in a call with the module's defaults$/,
        ),
      ]);
      expect((await compose("--check")).status).toBe(1);
    } finally {
      folder.dispose();
    }
  });
});

test("without terraform, access is not compared", () => {
  const { PATH } = process.env;
  process.env.PATH = "";
  try {
    expect(moduleDifferences([[without, rds]])).toBeUndefined();
    expect(moduleDifferenceLines(without, rds)).toEqual({
      lines: ["statement changed: RDSAutoEnableIAMAuth (Action)"],
      notCompared: "there is no terraform on the PATH.",
    });
  } finally {
    process.env.PATH = PATH;
  }
});
