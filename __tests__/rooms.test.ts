/** The rooms of lib/: all of them are on the map, and imports run one way. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { PROJECT } from "./support/terraform";

const LIB = path.join(PROJECT, "lib");
const guide = fs.readFileSync(path.join(PROJECT, "CONTRIBUTING.md"), "utf8");

describe("the map", () => {
  /** Names in the map: rooms, and files at the root of lib/. */
  const rows = guide.split("\n").filter((line) => line.startsWith("| `lib/"));
  const unnamed = (names: readonly string[]): string[] =>
    names.filter((name) => {
      const quoted = name.endsWith(".ts")
        ? [`\`${name}\``, `\`lib/${name}\``]
        : [`| \`lib/${name}/\``];
      return !rows.some((row) => quoted.some((text) => row.includes(text)));
    });

  test("names every room and every file at the root", () => {
    const names = fs.readdirSync(LIB);
    expect(names).toContain("review");
    expect(unnamed(names)).toEqual([]);
  });

  test("names no room that is not there", () => {
    const named = rows.flatMap((row) => /^\| `lib\/([\w-]+)\/`/.exec(row)?.[1] ?? []);
    expect(named.filter((room) => !fs.existsSync(path.join(LIB, room)))).toEqual([]);
  });
});

describe("files", () => {
  /** The files that each of `files` imports, for types or values, statically or not. */
  function importsOf(files: Readonly<Record<string, string>>): Map<string, string[]> {
    return new Map(
      Object.entries(files).map(([file, text]) => [
        file,
        ts
          .preProcessFile(text)
          .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
          .flatMap(({ fileName }) => {
            const target = path.join(path.dirname(file), fileName);
            const found = [`${target}.ts`, path.join(target, "index.ts")].find(
              (name) => name in files,
            );
            return found ?? [];
          }),
      ]),
    );
  }

  /** The first way from a file back to itself, if there is one. */
  function cycle(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
    const done = new Set<string>();
    const search = (file: string, way: readonly string[]): string[] | undefined => {
      if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
      if (done.has(file)) return undefined;
      for (const next of imports.get(file) ?? []) {
        const found = search(next, [...way, file]);
        if (found !== undefined) return found;
      }
      done.add(file);
      return undefined;
    };
    for (const file of imports.keys()) {
      const found = search(file, []);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  test("do not import each other, directly or around", () => {
    const files = Object.fromEntries(
      fs
        .readdirSync(LIB, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => [name, fs.readFileSync(path.join(LIB, name), "utf8")]),
    );
    const imports = importsOf(files);
    expect(imports.get("review/review.ts")).toContain("review/plan/plan.ts");
    expect(cycle(imports)).toBeUndefined();
  });

  test.each<[string, Record<string, string>]>([
    ["two", { "a.ts": 'import { b } from "./b";', "b.ts": 'export { a } from "./a";' }],
    [
      "through a third and an index",
      {
        "a.ts": 'import { b } from "./b";',
        "b/index.ts": 'import { c } from "../c";',
        "c.ts": 'import { a } from "./a";',
      },
    ],
  ])("that import each other %s are found", (_, files) => {
    expect(cycle(importsOf(files))).toBeDefined();
  });
});

describe("the table of imports", () => {
  const cases: readonly [allowed: boolean, file: string, code: string][] = [
    [false, "lib/index.ts", 'export * from "cdktf";'],
    [true, "lib/index.ts", 'export * from "./answers/compose";'],
    [false, "lib/text/stranger.ts", 'import "../catalog";'],
    [true, "lib/review/compare/stranger.ts", 'import "../../catalog/arn";'],
    [true, "lib/module/stranger.ts", 'import { App } from "cdktf";\nnew App();'],
    [
      true,
      "lib/module/stranger.ts",
      'import type { IamRoleConfig } from "@cdktf/provider-aws/lib/iam-role";',
    ],
    [false, "lib/module/stranger.ts", 'import { IamPolicy } from "@cdktf/provider-aws";'],
    [false, "lib/files/stranger.ts", 'import { App } from "cdktf";'],
    [true, "lib/files/stranger.ts", 'import type { App } from "cdktf";'],
    [false, "lib/commands/compose/stranger.ts", 'void import("../../construct/roles");'],
    [false, "lib/teleport/stranger.ts", 'void import("../review/report");'],
    [false, "lib/review/stranger.ts", 'import "../inputs/variable";'],
    [false, "lib/review/stranger.ts", 'import "../index";'],
    [false, "release/stranger.ts", 'import { App } from "cdktf";\nnew App();'],
    [false, "release/stranger.ts", 'import "../__tests__/support/tools";'],
  ];
  let rules: string[][];

  beforeAll(() => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(__dirname, "support", "lint-process.mjs")],
      {
        cwd: PROJECT,
        encoding: "utf8",
        input: JSON.stringify(cases.map(([, file, code]) => ({ file, code: `${code}\n` }))),
      },
    );
    expect(stderr).toBe("");
    rules = (JSON.parse(stdout) as { ruleId: string; message: string }[][]).map((messages) =>
      messages
        .filter(({ message }) =>
          /CONTRIBUTING\.md|Only lib\/module|Import the resource/.test(message),
        )
        .map(({ ruleId }) => ruleId),
    );
  });

  test.each(cases.map((item, index) => [...item, index] as const))(
    "allowed: %s, in %s: %s",
    (allowed, _file, code, index) => {
      const rule = code.includes("import(")
        ? "no-restricted-syntax"
        : "@typescript-eslint/no-restricted-imports";
      expect([...new Set(rules[index])]).toEqual(allowed ? [] : [rule]);
    },
  );

  test("has every room", () => {
    const rooms = fs
      .readdirSync(LIB, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const config = fs.readFileSync(path.join(PROJECT, "eslint.config.mjs"), "utf8");
    expect(rooms.filter((room) => !config.includes(`\n  ${room}: [`))).toEqual([]);
  });
});
