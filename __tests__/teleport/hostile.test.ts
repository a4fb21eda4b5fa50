/**
 * Files that are made to take for ever. Each would take minutes to years with nested quantifiers, or
 * with work that grows with the square of the input; all of them together take seconds. A process of
 * its own ends what does not end by itself.
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { buildSync } from "esbuild";
import { labelsMatch } from "../../lib/teleport/labels";
import { PROJECT } from "../support/terraform";

const DATABASE =
  "db_service:\n  databases:\n  - { name: a, protocol: postgres, uri: a.x.us-east-1.rds.amazonaws.com }\n";

const database = (yaml: string) => `db_service:\n  databases:\n  - { name: a, ${yaml} }`;
const uri = (host: string) => database(`uri: "${host}"`);
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

const plan = (resources: readonly object[]) =>
  JSON.stringify({ format_version: "1.2", planned_values: { root_module: { resources } } });

/** The mistake, and the expected message. */
const FILES: readonly (readonly [what: string, said: string, text: string])[] = [
  ["a banner", "rds", `${"#".repeat(64)}\n${DATABASE}`],
  ["a banner without an end", "rds", `${"#".repeat(100_000)}\n${DATABASE}`],
  ["headings in comments", "rds", `${"## x\n".repeat(4000)}${DATABASE}`],
  ["slashes", "not YAML", `${"// x\n".repeat(4000)}resource: {`],
  ["blanks", "not a mapping", `${" ".repeat(100_000)}resource`],
  ["empty lines", "not a mapping", `${"\n".repeat(100_000)}resource`],
  ["a long host", "rds", uri(`${"a-".repeat(50_000)}.rds.amazonaws.com`)],
  ["a host of many labels", "no AWS database", uri(`${"a.".repeat(50_000)}rds.amazonaws.com.x`)],
  ["a host of proxies", "no AWS database", uri(".proxy-a".repeat(50_000))],
  ["a host of regions", "rds", uri(`a.b.aa${"-a".repeat(50_000)}.rds.amazonaws.com`)],
  ["a host of caches", "no AWS database", uri(`${"a-0001-001".repeat(40_000)}.x.0001`)],
  [
    "roles of nothing",
    "rds",
    `roles: '${" ,".repeat(50_000)}db'\nproxyAddr: x\ndatabases:\n- { name: a, uri: a.x.us-east-1.rds.amazonaws.com }`,
  ],
  [
    "labels with many wildcards",
    "the types are not in the file",
    `db_service:\n  resources:\n${lines(1000, () => "  - { labels: { a: '*a*a*a*a*a*a*b' } }")}\n---\n${lines(200, () => `kind: db\nmetadata: { labels: { a: '${"a".repeat(900)}' } }\nspec: { protocol: dynamodb }\n---`)}`,
  ],
  [
    "too many selectors for as many databases",
    "are too many to compare",
    `db_service:\n  resources:\n${lines(10_000, () => "  - { labels: { a: b } }")}\n${lines(1500, () => "---\nkind: db\nspec: { protocol: dynamodb }")}`,
  ],
  [
    "60,000 keys",
    "59980 more unknown keys",
    `${DATABASE}${lines(60_000, (index) => `k${String(index)}: 1`)}`,
  ],
  ["50,000 aliases of a word", "rds", `x: &a 1\ny: [${"*a,".repeat(50_000)}]\n${DATABASE}`],
  [
    "aliases of aliases",
    "expand to more than 1,000,000 values",
    `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${lines(20, (index) => `a${String(index + 1)}: &a${String(index + 1)} [${`*a${String(index)}, `.repeat(10)}]`)}\n${DATABASE}`,
  ],
  [
    "20,000 resources of Terraform",
    "do not fit into one policy",
    plan(
      Array.from({ length: 20_000 }, (_, index) => ({
        address: `teleport_database.x[${String(index)}]`,
        type: "teleport_database",
        values: {
          metadata: { name: `d${String(index)}` },
          spec: { protocol: "postgres", uri: `d${String(index)}.x.us-east-1.rds.amazonaws.com` },
        },
      })),
    ),
  ],
  [
    "modules in modules",
    "nested too deeply",
    `{"format_version":"1","planned_values":{"root_module":${'{"child_modules":['.repeat(100_000)}{}${"]}".repeat(100_000)}}}`,
  ],
  [
    "a resource that is nested deeply",
    "not a database of AWS",
    `{"format_version":"1","values":{"root_module":{"resources":[{"type":"teleport_database","address":"a","values":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}]}}}`,
  ],
];

test("every file gets an answer", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-hostile-"));
  const program = path.join(folder, "program.cjs");
  buildSync({
    stdin: {
      contents: `
          import { readTeleportConfiguration } from "./lib/answers/read-teleport-configuration";
          import { readingText } from "./lib/commands/compose/reading-text";
          const files = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
          console.log(JSON.stringify(files.map((text) => {
            try {
              return readingText(["f"], readTeleportConfiguration([{ file: "f", text }]));
            } catch (error) {
              if (error.name !== "UserError") throw error;
              return error.message;
            }
          })));`,
      resolveDir: PROJECT,
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    outfile: program,
    logLevel: "error",
  });
  const { stdout, stderr, signal } = spawnSync(process.execPath, [program], {
    input: JSON.stringify(FILES.map(([, , text]) => text)),
    encoding: "utf8",
    maxBuffer: 1 << 30,
    timeout: 110_000,
  });
  expect({ signal, stderr }).toEqual({ signal: null, stderr: "" });
  const answers = JSON.parse(stdout) as readonly string[];
  for (const [index, [what, said]] of FILES.entries()) {
    const answer = answers[index] ?? "";
    if (!answer.includes(said)) throw new Error(`${what}: ${answer.slice(0, 1000)}`);
  }
});

test.each([
  ["*", "anything", true],
  ["prod*", "production", true],
  ["*-db", "orders-db", true],
  ["a*b*c", "a-b-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["a*a", "a", false],
  ["**", "", true],
  ["a.c", "abc", false],
  ["*a*a*a*b", "a".repeat(1000), false],
  ["^prod-[0-9]+$", "staging", true],
])("wildcards of labels %s against %s: %s", (pattern, value, isMatch) => {
  expect(labelsMatch(new Map([["k", value]]), new Map([["k", [pattern]]]))).toBe(isMatch);
});
