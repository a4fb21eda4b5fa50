/** Words that nobody would think of: the command answers in its own words, or does what was asked. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as fc from "fast-check";
import { typeNames } from "../../lib/catalog/select-types";
import { compose } from "../../lib/answers/compose";
import { UserError } from "../../lib/text/user-error";
import { contentOf } from "../support/content-of";
import { runCommand } from "../support/command";

/** Text with what templates, shells, JSON and terminals read as more than text. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "${",
          "%{",
          "}",
          '"',
          "'",
          "\\",
          "\n",
          "\r",
          "\t",
          "=",
          ",",
          "--",
          "é",
          "数",
        ),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
  fc.integer({ min: 500, max: 20_000 }).map((length) => "x".repeat(length)),
);

/** Text that a command line can carry: no null character, and no flag. */
const word = text.filter((value) => !value.includes("\0") && !value.startsWith("-"));

const NO_TRACE = /\n\s+at |\[object|is not a function|Cannot read/;

let parent: string;
let workingFolder: string;

beforeAll(() => {
  workingFolder = process.cwd();
  parent = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-fuzz-"));
  process.chdir(parent);
});

afterAll(() => {
  process.chdir(workingFolder);
  fs.rmSync(parent, { recursive: true, force: true });
});

test("any list of types gives a module or a message", async () => {
  const types = fc.array(fc.oneof(fc.constantFrom(...typeNames, "all"), text), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(types, (names) => {
      const known = names.every((name) => [...typeNames, "all"].includes(name));
      if (known && names.length > 0) expect(compose({ types: names }).size).toBeGreaterThan(0);
      else expect(() => compose({ types: names })).toThrow(UserError);
      return Promise.resolve();
    }),
  );
});

test("any words for the types leave nothing behind but a module of them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), async (words) => {
      const { status, stderr } = await runCommand("compose", "--types", ...words, "--output", "o");
      expect(stderr).not.toMatch(NO_TRACE);
      expect(status).toBe(fs.existsSync("o") ? 0 : 2);
      fs.rmSync("o", { recursive: true, force: true });
      expect(contentOf(parent)).toEqual({});
    }),
  );
});

test("any path is written to or refused, and never understood as another", async () => {
  const module = Object.fromEntries(compose({ types: ["keyspace"] }));
  const name = word
    .map((value) => value.replaceAll("/", "_"))
    .filter((value) => !/^\.*$/.test(value));
  await fc.assert(
    fc.asyncProperty(name, async (output) => {
      const { status, stderr } = await runCommand(
        "compose",
        "--types",
        "keyspace",
        `--output=${output}`,
      );
      expect(stderr).not.toMatch(NO_TRACE);
      if (status === 0) {
        expect(fs.readdirSync(parent)).toEqual([output]);
        expect(contentOf(path.join(parent, output))).toEqual(module);
        fs.rmSync(path.join(parent, output), { recursive: true });
      } else {
        expect(status).toBe(2);
        expect(contentOf(parent)).toEqual({});
      }
    }),
    { numRuns: 50, examples: [['"quoted"'], ["'"], ['"}é-"\nQ_--"']] },
  );
});

test("any words at all end with an exit status, and without a trace", async () => {
  const flags = ["--types", "--output", "--set", "--name", "--force", "--check", "--dry-run", "--"];
  const words = fc.array(fc.oneof(fc.constantFrom("compose", "explain", "rds", ...flags), word), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(words, async (args) => {
      // Not into the machine's own folders.
      fc.pre(!args.some((arg) => arg.includes("/")));
      const { status, stderr } = await runCommand(...args);
      expect(stderr).not.toMatch(NO_TRACE);
      expect([0, 1, 2]).toContain(status);
      for (const entry of fs.readdirSync(parent)) {
        fs.rmSync(path.join(parent, entry), { recursive: true });
      }
    }),
    { numRuns: 200 },
  );
});
