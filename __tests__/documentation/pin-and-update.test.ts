/** docs/pin-and-update.md: the addresses of this version, and the expression for Renovate. */
import * as fs from "node:fs";
import * as path from "node:path";
import { typeNames } from "../../lib/catalog/select-types";
import { archiveSource, gitSource, registrySource } from "../../release/names";
import { PROJECT } from "../support/terraform";

const page = fs.readFileSync(path.join(PROJECT, "docs", "pin-and-update.md"), "utf8");
const { version } = JSON.parse(fs.readFileSync(path.join(PROJECT, "package.json"), "utf8")) as {
  readonly version: string;
};

test.each([
  `\`"${registrySource()}//modules/rds"\` with \`version = "~> ${version}"\``,
  `\`"${registrySource()}"\` with \`version = "~> ${version}"\``,
  `\`"${gitSource("rds", version)}"\``,
  `\`"${archiveSource("rds", version)}"\``,
])("names %s", (address) => {
  expect(page).toContain(address);
});

test("has an expression by which Renovate finds the version in the address of every archive", () => {
  const [, json = ""] = /```json\n([^]*?)```/.exec(page) ?? [];
  const { customManagers } = JSON.parse(json) as {
    readonly customManagers: readonly { readonly matchStrings: readonly string[] }[];
  };
  const expression = new RegExp(customManagers[0]?.matchStrings[0] ?? "nothing");
  for (const name of typeNames) {
    const found = expression.exec(archiveSource(name, "1.23.4"));
    expect(found?.groups).toEqual({ currentValue: "1.23.4" });
    // Renovate replaces every occurrence of the old version in the matched text.
    expect(archiveSource(name, "1.23.4").endsWith(found?.[0] ?? "nothing")).toBe(true);
  }
});
