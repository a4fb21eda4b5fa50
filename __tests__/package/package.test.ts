/** The packed package, installed by strangers: for the command alone, and in their own CDKTF app. */
import * as fs from "node:fs";
import * as path from "node:path";
import { compose } from "../../lib/answers/compose";
import { CDKTF, exampleApp } from "../support/cdktf-app";
import { contentOf } from "../support/content-of";
import { projectCopy, TemporaryFolder } from "../support/project-copy";
import { PROJECT } from "../support/terraform";
import { CI_TOOLS, describeWithCiTools } from "../support/tools";

const MEGABYTE = 1 << 20;
const TSC = path.join(PROJECT, "node_modules", "typescript", "bin", "tsc");
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

describeWithCiTools()("the packed package", () => {
  const tool = (...parts: readonly string[]): string =>
    path.join(CI_TOOLS, "node_modules", ...parts);

  test("publint finds nothing", () => {
    const publint = tool("publint", "src", "cli.js");
    expect(user.succeed(process.execPath, publint, "run", tarball, "--strict")).toMatch(
      /All good!/,
    );
  });

  test("@arethetypeswrong/cli finds nothing", () => {
    const attw = tool("@arethetypeswrong", "cli", "dist", "index.js");
    expect(user.succeed(process.execPath, attw, tarball)).toContain("No problems found");
  });
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
    for (const bundled of ["@clack/prompts", "yaml", "yargs"]) {
      const at = text.indexOf(`\n${bundled} `);
      expect([bundled, at > 0 && /licen[cs]e/i.test(text.slice(at, at + 2000))]).toEqual([
        bundled,
        true,
      ]);
    }
    expect(text).not.toContain(copy.folder);
    // The Mozilla Public Licence asks for the place of the source (3.2).
    const titles = [...text.matchAll(/\n(\S+) \S+ \(MPL-2\.0\)\n/g)];
    expect(titles.map(([, name]) => name)).toEqual(
      expect.arrayContaining(["@cdktf/provider-aws", "cdktf"]),
    );
    for (const { index } of titles) {
      expect(text.slice(index, index + 300)).toMatch(
        /\nSource code: (git\+)?https:\/\/github\.com\//,
      );
    }
  });

  test.each(["README.md", "CHANGELOG.md"])("%s links to nothing that is not there", (page) => {
    const links = [...user.read(path.join(installed, page)).matchAll(/\]\(([^)#]+)/g)];
    const paths = links.map(([, link = ""]) => link).filter((link) => !link.startsWith("https:"));
    expect(links.length).toBeGreaterThan(0);
    expect(paths.filter((link) => !fs.existsSync(user.path(installed, link)))).toEqual([]);
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

/** The imports and calls of a strict project without any other package. */
const CONSUMER = `
import {
  Budget, compareAccess, compareTrust, compose, composeJson, databaseTypes, defineModule, documents,
  explain, list, printIam, readTeleportConfiguration, review, schema, selectTypes, setValues, typeNames,
  UserError,
} from "teleport-db-iam";
import type { ConfigurationReading, DatabaseType, Inputs, ModuleJson, PolicyDocument } from "teleport-db-iam";

const inputs: Inputs = setValues(["rds"], ["restrict_to_account=true"]);
const policy: PolicyDocument = printIam({ types: ["rds"] }).policy;
const json: ModuleJson = composeJson({ types: ["rds"], defaults: inputs });
const [first]: readonly DatabaseType[] = databaseTypes;
const reading: () => ConfigurationReading = () => readTeleportConfiguration([{ file: "a.yaml", text: "" }], ["rds"]);
const refused = [reading, () => review("{}"), () => compose({ types: ["redshfit"] })];
// Some of the library is loaded when it is called: its errors are of the same class.
const messages = refused.map((action) => {
  try {
    return action();
  } catch (error) {
    return error instanceof UserError ? error.message : error;
  }
});
const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" } as const;
const access = { policies: [{ Version: "2012-10-17", Statement: [statement] }] };
const comparisons = [undefined, new Budget(1)].map(
  (budget) => compareAccess({ policies: [] }, access, budget).gained.answer,
);
// @ts-expect-error Types are a list of names.
void (() => compose({ types: 1 }));
// @ts-expect-error There is no such property.
void first?.nonsense;

const seen = {
  module: json["//"].length > 0,
  files: compose({ types: ["rds"] }).has("main.tf.json"),
  sids: documents(selectTypes(["rds"]).types, {}).policy.Statement.map(({ Sid }) => Sid),
  same: policy.Statement.length,
  names: typeNames.length === list().length && "$defs" in schema(),
  title: explain("rds").title,
  variables: defineModule(selectTypes(["rds"]).types).variables.length > 10,
  messages,
  comparisons,
  trust: compareTrust(undefined, undefined).gained.answer,
};
declare const console: { log(text: string): void };
console.log(JSON.stringify(seen));
`;

/** Every way in which TypeScript resolves a package, with the file that Node then runs. */
const RESOLUTIONS: Readonly<Record<string, readonly [source: string, options: object]>> = {
  node10: [
    "main.ts",
    { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" },
  ],
  "node16, CommonJS": ["main.cts", { module: "node16" }],
  "node16, ESM": ["main.mts", { module: "node16" }],
  bundler: ["main.mts", { module: "esnext", moduleResolution: "bundler" }],
};

describe("for who wants the library only", () => {
  test.each(Object.entries(RESOLUTIONS))(
    "it compiles and runs without CDKTF: %s",
    (name, [source, options]) => {
      const compilerOptions = {
        strict: true,
        target: "es2022",
        lib: ["es2022"],
        types: [],
        skipLibCheck: false,
        outDir: name,
        ...options,
      };
      user.write({
        [source]: CONSUMER,
        "tsconfig.json": JSON.stringify({ compilerOptions, files: [source] }),
      });
      user.succeed(process.execPath, TSC, "--project", "tsconfig.json");
      const script = path.join(name, source.replace("ts", "js"));
      expect(JSON.parse(user.succeed(process.execPath, script))).toEqual({
        module: true,
        files: true,
        sids: ["RDSAutoEnableIAMAuth", "RDSConnect", "RDSFetchMetadata"],
        same: 3,
        names: true,
        title: "RDS and Aurora",
        variables: true,
        messages: [
          expect.stringMatching(/^a\.yaml: The file is empty/),
          expect.stringMatching(/^The plan is not a Terraform plan/),
          expect.stringMatching(/redshfit/),
        ] as unknown,
        comparisons: ["yes", "undecided"],
        trust: "no",
      });
    },
  );

  test("the constructs name the package that is missing", () => {
    const { status, stderr } = user.run(process.execPath, "-e", 'require("teleport-db-iam/cdktf")');
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/Cannot find module '(constructs|cdktf|@cdktf\/)/);
  });
});

describe("in a CDKTF app of one's own", () => {
  let app: TemporaryFolder;

  beforeAll(() => {
    app = exampleApp(CDKTF);
    fs.cpSync(user.path(installed), app.path(installed), { recursive: true });
    app.succeed(process.execPath, TSC, "--project", "tsconfig.json");
    app.succeed(process.execPath, "main.js");
  });

  test("the construct brings the module that compose gives", () => {
    const assets = filesBelow(app.path("cdktf.out")).filter((name) => name.includes("/db-module/"));
    expect(assets).toHaveLength(1);
    const composed: Record<string, unknown> = {};
    for (const [name, content] of compose({ types: ["rds", "redshift"] })) {
      if (name.endsWith(".json")) Object.assign(composed, JSON.parse(content));
    }
    expect(JSON.parse(app.read(path.join("cdktf.out", assets[0] ?? "none")))).toEqual({
      ...composed,
      "//": expect.stringMatching(/^Written by teleport-db-iam/) as unknown,
    });
  });

  test("CDK Terrain's entry has the same types under its names", () => {
    const [types, others] = ["cdktf", "cdktn"].map((name) =>
      user.read(path.join(installed, "dist", `${name}.d.ts`)),
    );
    expect(others).toMatch(/from ['"]cdktn['"]/);
    expect(others?.replaceAll("cdktn", "cdktf")).toBe(types);
  });
});

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
