/** The project's README: its table of types is the catalogue's, and its root configuration plans. */
import * as fs from "node:fs";
import * as path from "node:path";
import { databaseTypes } from "../lib/catalog";
import { selectTypes } from "../lib/catalog/select-types";
import { compose } from "../lib/answers/compose";
import { documentSize } from "../lib/catalog/quotas";
import type { Inputs } from "../lib/inputs/assignments";
import { typeVariables } from "../lib/inputs/type-variables";
import { documents } from "../lib/policies/documents";
import { archiveSource, gitSource, registrySource } from "../release/names";
import { OFFLINE_PROVIDER, PROJECT, TerraformRoot } from "./support/terraform";
import { describeWithTerraform } from "./support/tools";

/** The README is in the package, too, which has none of the files that it links to. */
const REPOSITORY = "https://github.com/teleport-db-iam/teleport-db-iam";

const readme = fs.readFileSync(path.join(PROJECT, "README.md"), "utf8");

test.each(databaseTypes.map((type) => [type.name, type] as const))(
  "the table of types has the row of %s",
  (name, type) => {
    const code = (names: readonly string[]): string => names.map((one) => `\`${one}\``).join(", ");
    const variables = typeVariables(type)
      .map((variable) => variable.name)
      .filter((variable) => !/_user_role_(names|arns)$/.test(variable));
    const row = [
      `[\`${name}\`](${REPOSITORY}/tree/main/modules/${name})`,
      `${type.title}. ${type.purpose}`,
      code(type.statements.map(({ sid }) => sid)),
      code(variables),
    ];
    expect(readme).toContain(`| ${row.join(" | ")} |\n`);
  },
);

test.each<[string, Inputs, RegExp]>([
  ["1", {}, /^\| 1\. .* \| nothing \| (\d+) of 6,144 characters \|$/m],
  [
    "2",
    { restrict_to_account: true, rds_auto_enable_iam_auth: false },
    /^\| 2\. .* \| `restrict_to_account = true`, `rds_auto_enable_iam_auth = false` \| (\d+) \|$/m,
  ],
])("the RDS policy of step %s has the size that is told", (_, variables, row) => {
  const { types } = selectTypes(["rds"]);
  const { policy } = documents(types, { aws_account_id: "123456789012", ...variables });
  expect(row.exec(readme)?.[1]).toBe(String(documentSize(policy)));
});

test("every path that is linked to exists", () => {
  const paths = [...readme.matchAll(/\]\(([^)]+)\)/g)].flatMap(([, link = ""]) => {
    const [, ours] = new RegExp(`^${REPOSITORY}/(?:tree|blob)/main/(.+)$`).exec(link) ?? [];
    return ours ?? (link.startsWith("https:") ? [] : link);
  });
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((file) => !fs.existsSync(path.join(PROJECT, file)))).toEqual([]);
});

describe("pinning", () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(PROJECT, "package.json"), "utf8")) as {
    readonly version: string;
  };

  test("names the addresses of a release, of this version", () => {
    const [, section = ""] = readme.split("\n## Pin and update\n");
    for (const text of [
      `"${registrySource()}"\` and \`version = "${version}"`,
      `"${registrySource()}//modules/rds"\` and \`version = "${version}"`,
      `"${gitSource("rds", version)}"`,
      `"${archiveSource("rds", version)}"`,
    ]) {
      expect(section).toContain(`\`source = ${text}\``);
    }
  });

  test("has an expression by which Renovate finds the version in every archive's address", () => {
    const [, json = ""] = /```json\n([^]*?)```/.exec(readme) ?? [];
    const { customManagers } = JSON.parse(json) as {
      readonly customManagers: readonly { readonly matchStrings: readonly string[] }[];
    };
    const expression = new RegExp(customManagers[0]?.matchStrings[0] ?? "nothing");
    for (const { name } of databaseTypes) {
      const found = expression.exec(archiveSource(name, "1.23.4"));
      expect(found?.groups).toEqual({ currentValue: "1.23.4" });
      // Renovate puts the new version wherever the old one stands in what was matched.
      expect(archiveSource(name, "1.23.4").endsWith(found?.[0] ?? "nothing")).toBe(true);
    }
  });
});

describeWithTerraform()("the root configuration", () => {
  test("plans as it is pasted, but for the credentials", () => {
    const [, hcl = ""] = /```hcl\n(provider[^]*?)```/.exec(readme) ?? [];
    const root = new TerraformRoot({ "main.tf": hcl, "offline_override.tf": OFFLINE_PROVIDER });
    try {
      root.addModule("database-access", compose({ types: ["rds", "redshift"] }));
      const addresses = root
        .init()
        .plan()
        .resource_changes?.map(({ address }) => address);
      expect(addresses).toEqual([
        'module.database_access.aws_iam_policy.database_access["merged"]',
        'module.database_access.aws_iam_policy_attachment.database_access["merged"]',
        'module.database_access.terraform_data.name["policy"]',
      ]);
    } finally {
      root.dispose();
    }
  });

  test("of discovery for Teleport Cloud plans a role that the cluster's tokens are for", () => {
    const [, hcl = ""] = /```hcl\n(module "database_discovery"[^]*?)```/.exec(readme) ?? [];
    const root = new TerraformRoot({ "main.tf": hcl, "offline.tf": OFFLINE_PROVIDER });
    try {
      root.addModule("database-access", compose({ types: ["rds", "redshift"] }));
      const changes = root.init().plan().resource_changes ?? [];
      const planned = new Map(changes.map(({ address, change }) => [address, change.after]));
      const call = "module.database_discovery";
      expect([...planned.keys()].filter((address) => !address.includes("terraform_data"))).toEqual([
        `${call}.aws_iam_openid_connect_provider.teleport[0]`,
        `${call}.aws_iam_policy.database_access["merged"]`,
        `${call}.aws_iam_policy_attachment.database_access["merged"]`,
        `${call}.aws_iam_role.service[0]`,
      ]);
      expect(planned.get(`${call}.aws_iam_role.service[0]`)?.assume_role_policy).toContain(
        '"example.teleport.sh:aud":"discover.teleport"',
      );
      expect(planned.get(`${call}.aws_iam_policy.database_access["merged"]`)?.policy).toContain(
        '"RDSDiscovery"',
      );
    } finally {
      root.dispose();
    }
  });
});
