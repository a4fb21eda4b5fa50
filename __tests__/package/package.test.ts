/** The packed package, installed by strangers: for the command alone, and in their own CDKTF app. */
import * as fs from "node:fs";
import * as path from "node:path";
import { compose } from "../../lib/commands/compose/compose";
import { contentOf } from "../support/content-of";
import { projectCopy, TemporaryFolder } from "../support/project-copy";
import { PROJECT } from "../support/terraform";

const MEGABYTE = 1 << 20;
const installed = path.join("node_modules", "teleport-db-iam");

let copy: TemporaryFolder;
let tarball: string;
let user: TemporaryFolder;

beforeAll(() => {
  copy = projectCopy();
  copy.succeed("npm", "pack", "--silent");
  tarball = copy.path(fs.readdirSync(copy.folder).find((name) => name.endsWith(".tgz")) ?? "none");
  user = new TemporaryFolder();
  user.write({ "package.json": '{ "private": true }' });
  user.succeed("npm", "install", "--offline", "--no-audit", "--no-fund", tarball);
});

afterAll(() => {
  copy.dispose();
  user.dispose();
});

test("publint finds nothing", () => {
  const publint = path.join(PROJECT, "node_modules", "publint", "src", "cli.js");
  expect(user.succeed(process.execPath, publint, "run", tarball, "--strict")).toMatch(/All good!/);
});

describe("for who wants the command only", () => {
  test("nothing else is installed", () => {
    expect(
      fs.readdirSync(user.path("node_modules")).filter((name) => !name.startsWith(".")),
    ).toEqual(["teleport-db-iam"]);
  });

  test("it takes less than 5 MB", () => {
    expect(sizeOf(user.path("node_modules"))).toBeLessThan(5 * MEGABYTE);
  });

  test("compose writes what the source gives", () => {
    const out = user.path("out");
    user.succeed(
      user.path("node_modules", ".bin", "teleport-db-iam"),
      ...["compose", "--types", "rds,redshift", "--output", out],
    );
    const expected = compose({ types: ["rds", "redshift"] });
    expect(contentOf(out)).toEqual(Object.fromEntries(expected));
  });

  test("the licence of every bundled package comes along", () => {
    const text = user.read(path.join(installed, "dist", "THIRD-PARTY-NOTICES.txt"));
    for (const bundled of ["@cdktf/provider-aws", "cdktf", "constructs", "yargs"]) {
      const at = text.indexOf(`\n${bundled} `);
      expect([bundled, at > 0 && /licen[cs]e/i.test(text.slice(at, at + 2000))]).toEqual([
        bundled,
        true,
      ]);
    }
    expect(text).not.toContain(copy.folder);
  });

  test("what is only for development stays out", () => {
    const names = fs.readdirSync(user.path(installed)).sort();
    expect(["CHANGELOG.md", "LICENSE", "README.md", "dist", "package.json"]).toEqual(
      expect.arrayContaining(names),
    );
    expect(names).toEqual(expect.arrayContaining(["CHANGELOG.md", "LICENSE", "dist"]));
    expect(fs.readdirSync(user.path(installed, "dist"))).not.toContain("main.js");
  });
});

describe("in a CDKTF app of one's own", () => {
  beforeAll(() => {
    for (const name of ["cdktf", "constructs", "@cdktf/provider-aws", "@types/node"])
      user.link(name);
    user.write({
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          strict: true,
          target: "es2022",
          module: "node16",
          skipLibCheck: true,
          types: ["node"],
        },
        files: ["app.ts"],
      }),
      "app.ts": APP,
    });
    const tsc = path.join(PROJECT, "node_modules", "typescript", "bin", "tsc");
    user.succeed(process.execPath, tsc, "--project", "tsconfig.json");
    user.succeed(process.execPath, "app.js");
  });

  test("the construct synthesises the module that compose gives", () => {
    const stack = JSON.parse(user.read("cdktf.out/stacks/access/cdk.tf.json")) as object;
    const composed: Record<string, unknown> = {};
    for (const [name, content] of compose({ types: ["rds"] })) {
      if (name.endsWith(".json")) Object.assign(composed, JSON.parse(content));
    }
    expect(stack).toEqual({ ...composed, "//": "Made by a test." });
  });

  test("types, documents and errors are there", () => {
    expect(JSON.parse(user.read("seen.json"))).toEqual({
      names: expect.arrayContaining(["rds", "docdb"]) as unknown,
      sids: ["RDSAutoEnableIAMAuth", "RDSConnect", "RDSFetchMetadata"],
      message: expect.stringContaining('Did you mean "redshift"?') as unknown,
    });
  });
});

/** Compiled against the package's own types: where they were missing, no error would be expected. */
const APP = `
import * as fs from "node:fs";
import { App } from "cdktf";
import {
  compose, composition, DatabaseAccessModule, databaseTypes, documents, selectTypes, UserError,
} from "teleport-db-iam";

const { types } = selectTypes(["rds"]);
const app = new App();
new DatabaseAccessModule(app, "access", "Made by a test.", composition(types, "DatabaseAccess"));
app.synth();

let message = "";
try {
  compose({ types: ["redshfit"] });
} catch (error) {
  if (error instanceof UserError) message = error.message;
}
// @ts-expect-error Types are a list of names.
void (() => compose({ types: 1 }));
// @ts-expect-error There is no such property.
void databaseTypes[0]?.nonsense;

const sids: (string | undefined)[] = documents(types, {}).policy.Statement.map(({ Sid }) => Sid);
fs.writeFileSync("seen.json", JSON.stringify({ names: databaseTypes.map(({ name }) => name), sids, message }));
`;

/** Relative paths of all files below `folder`. */
function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .sort();
}

/** Bytes of all files below `folder`. */
function sizeOf(folder: string): number {
  return filesBelow(folder).reduce(
    (sum, name) => sum + fs.statSync(path.join(folder, name)).size,
    0,
  );
}
