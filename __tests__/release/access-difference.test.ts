/** What two versions of a module allow, where it is known what differs between them. */
import * as path from "node:path";
import { compose } from "../../lib/answers/compose";
import type { Files } from "../../lib/files/module-files";
import { moduleDifferences, type ModuleDifference } from "../../release/access-difference";
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
      sid: "RDSAutoEnableIAMAuth",
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

  test("of what Terraform cannot evaluate is an error with its message", () => {
    const broken = edited(rds, '"rds:ModifyDBCluster"', '"${nope(1)}"');
    expect(() => moduleDifferences([[broken, rds]])).toThrow(/^terraform .* failed: [^]*nope/);
  });
});

test("without terraform, access is not compared", () => {
  const { PATH } = process.env;
  process.env.PATH = "";
  try {
    expect(moduleDifferences([[without, rds]])).toBeUndefined();
  } finally {
    process.env.PATH = PATH;
  }
});
