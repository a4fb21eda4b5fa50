/** Differences between two versions of a module, if one of them was edited in a known way. */
import * as path from "node:path";
import { compose } from "../../lib/answers/compose";
import type { Files } from "../../lib/files/module-files";
import { moduleDifferences, type ModuleDifference } from "../../release/access-difference";
import { PROJECT, readFolder } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const rds = compose({ types: ["rds"] });
const dynamodb = compose({ types: ["dynamodb"] });

/** A module of the last release. */
const last = (type: string): Files =>
  new Map(
    Object.entries(readFolder(path.join(PROJECT, "__tests__", "fixtures", "modules-0.2.0", type))),
  );

/** A module with a replacement for a text, which it must contain. */
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
  keys: [
    rds,
    edited(rds, '"count": "${local.create_policy ? 1 : 0}"', '"for_each": "${toset([\\"all\\"])}"'),
  ],
  rds: [last("rds"), rds],
  keyspace: [last("keyspace"), compose({ types: ["keyspace"] })],
} satisfies Record<string, readonly [Files, Files]>;

describeWithTerraform()("the difference between two versions", () => {
  let differences: readonly ModuleDifference[];
  beforeAll(() => {
    differences = moduleDifferences(Object.values(pairs));
  });
  const of = (name: keyof typeof pairs): ModuleDifference | undefined =>
    differences[Object.keys(pairs).indexOf(name)];
  const changes = (name: keyof typeof pairs) =>
    of(name)
      ?.access.map(({ document, change, action }) => `${document}: ${String(action)} ${change}`)
      .sort();

  test("is empty for the same module", () => {
    expect(of("same")).toEqual({ access: [], addresses: { gone: [], added: [] } });
  });

  test("has an example of a new action, in the policy and in the boundary", () => {
    expect(of("more")?.access).toContainEqual({
      document: "policy",
      change: "newly allowed",
      situation: "with the module's defaults",
      request: expect.stringMatching(
        /^rds:ModifyDBCluster on arn:aws:rds:\S+ \(RDSAutoEnableIAMAuth\)$/,
      ) as string,
      action: "rds:ModifyDBCluster",
      sid: "RDSAutoEnableIAMAuth",
    });
    expect(changes("more")).toEqual(
      ["boundary", "policy"].map((name) => `${name}: rds:ModifyDBCluster newly allowed`),
    );
  });

  test("has the actions of trust policies", () => {
    expect(changes("trust")).toEqual(
      expect.arrayContaining([
        "trust of the user roles of dynamodb: sts:SetSourceIdentity newly allowed",
        "trust of the user roles of dynamodb: sts:TagSession no longer allowed",
      ]),
    );
  });

  test("has an address with another key", () => {
    const situation = "with the module's defaults";
    expect(of("keys")?.addresses).toEqual({
      gone: [{ address: "aws_iam_policy.database_access[0]", situation }],
      added: [{ address: 'aws_iam_policy.database_access["all"]', situation }],
    });
  });

  test.each(["rds", "keyspace"] as const)("of %s allows nothing new since 0.2.0", (name) => {
    expect(of(name)?.access).toEqual([]);
  });

  test("is an error with Terraform's message if a module cannot be evaluated", () => {
    const broken = edited(rds, '"rds:ModifyDBCluster"', '"${nope(1)}"');
    expect(() => moduleDifferences([[broken, rds]])).toThrow(/^terraform .* failed: [^]*nope/);
  });
});

test("is an error without terraform", () => {
  const { PATH } = process.env;
  process.env.PATH = "";
  try {
    expect(() => moduleDifferences([[without, rds]])).toThrow(/^terraform is not on the PATH/);
  } finally {
    process.env.PATH = PATH;
  }
});
