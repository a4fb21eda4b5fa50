/** docs/library.md and docs/construct.md, followed by copying: every example prints what the page says. */
import * as fs from "node:fs";
import * as path from "node:path";
import * as cdktfEntry from "../../lib/cdktf";
import * as entry from "../../lib";
import { TemporaryFolder } from "../support/project-copy";
import { PROJECT } from "../support/terraform";

const page = ["library.md", "construct.md"]
  .map((name) => fs.readFileSync(path.join(PROJECT, "docs", name), "utf8"))
  .join("\n");
const examples = [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code = ""]) => code);
const named = (code: string): string =>
  /import \{ (.*?) \} from "teleport-db-iam/.exec(code)?.[1] ?? "";

let user: TemporaryFolder;

beforeAll(() => {
  user = new TemporaryFolder();
  for (const name of ["cdktf", "constructs", "@cdktf/provider-aws"]) user.link(name);
  const installed = user.path("node_modules", "teleport-db-iam");
  for (const part of ["package.json", "dist"]) {
    fs.cpSync(path.join(PROJECT, part), path.join(installed, part), { recursive: true });
  }
});

test.each(examples.map((code) => [named(code), code] as const))("%s", (_name, code) => {
  user.write({ "example.mjs": code });
  const printed = user.succeed(process.execPath, "example.mjs");
  const expected = [...code.matchAll(/^\/\/=> (.*)$/gm)].map(([, line = ""]) => `${line}\n`);
  expect(expected).not.toEqual([]);
  expect(printed).toBe(expected.join(""));
});

test("every export has an example", () => {
  const imported = examples
    .flatMap((code) => [...code.matchAll(/import \{ (.*?) \} from "teleport-db-iam/g)])
    .flatMap(([, names = ""]) => names.split(", "));
  const exported = [...Object.keys(entry), ...Object.keys(cdktfEntry)];
  expect([...new Set(imported)].sort()).toEqual(exported.sort());
});

test("every exported type is named", () => {
  const sources = ["index.ts", "cdktf.ts"].map((file) =>
    fs.readFileSync(path.join(PROJECT, "lib", file), "utf8"),
  );
  const types = sources.flatMap((source) => [
    ...[...source.matchAll(/export type \{(.*?)\}/gs)].flatMap(([, names = ""]) =>
      names.split(","),
    ),
    ...[...source.matchAll(/\btype (\w+)(?=[,\s}])/g)].map(([, name = ""]) => name),
  ]);
  const names = types.map((name) => name.trim()).filter((name) => /^[A-Z]\w+$/.test(name));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
