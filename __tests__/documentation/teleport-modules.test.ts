/**
 * The table that compares Teleport's Terraform modules with ours: the names in its last column are
 * variables, outputs and folders of our modules.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { emittedModules, named } from "../support/emitted-modules";
import { PROJECT } from "../support/terraform";

const page = fs.readFileSync(path.join(PROJECT, "docs", "teleport-differences.md"), "utf8");
const table = page.slice(page.indexOf("| Idea")).split("\n\n")[0] ?? "";

/** The last column's names, by the idea in the first one. */
const names = table
  .split("\n")
  .slice(2)
  .map((row) => row.split("|").map((cell) => cell.trim()))
  .flatMap(([, idea = "", , here = ""]) =>
    // `create_policy = false` names the variable `create_policy`.
    [...here.matchAll(/`([\w-]+)(?: = [^`]+)?`/g)].map(([, name = ""]) => [idea, name] as const),
  );

const known = new Set(
  emittedModules().flatMap(([folder, module]) => [
    folder,
    ...named(module.variable).map(([name]) => name),
    ...named(module.output).map(([name]) => name),
  ]),
);

test("the table names our variables", () => {
  expect(names.length).toBeGreaterThan(20);
});

test.each(names)("%s: our modules have %s", (_, name) => {
  expect(known.has(name)).toBe(true);
});
