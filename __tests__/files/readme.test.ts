/** A README says what its module's JSON says, and its example plans. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
import { writeFolder } from "../../lib/files/folder";
import type { Files } from "../../lib/files/module-files";
import { type Section, sections } from "../support/markdown";
import { OFFLINE_PROVIDER, readyModule, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const FILES = [
  "README.md",
  "versions.tf.json",
  "variables.tf.json",
  "main.tf.json",
  "outputs.tf.json",
];
const names = databaseTypes.map(({ name }) => name);
const pair = compose({ types: ["rds", "redshift"] });

const modules: readonly (readonly [string, Files])[] = [
  ...names.map((name) => [name, ready(name)] as const),
  ["rds and redshift, composed", pair],
  ["all, composed", compose({ types: ["all"] })],
];

describe.each(modules)("README of %s", (_, files) => {
  const page = sections(text(files, "README.md"));

  test("lists the variables as they are in variables.tf.json", () => {
    const variables = block<Variable>(files, "variables.tf.json", "variable");
    expect(onlyTable(page, "Inputs")).toEqual(
      Object.entries(variables)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([Name, variable]) => ({
          Name,
          Description: variable.description,
          Type: variable.type,
          Default: "default" in variable ? JSON.stringify(variable.default, null, 2) : "n/a",
          Required: "default" in variable ? "no" : "yes",
        })),
    );
  });

  test("lists the outputs as they are in outputs.tf.json", () => {
    const outputs = block<{ description: string }>(files, "outputs.tf.json", "output");
    expect(onlyTable(page, "Outputs")).toEqual(
      Object.entries(outputs)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([Name, { description }]) => ({ Name, Description: description })),
    );
  });

  test("lists the resources as they are in main.tf.json", () => {
    const resources = Object.entries(block<object>(files, "main.tf.json", "resource"));
    expect(onlyTable(page, "Resources").map(({ Name }) => Name)).toEqual(
      resources.flatMap(([type, of]) => Object.keys(of).map((name) => `${type}.${name}`)).sort(),
    );
  });

  test("lists the requirements as they are in versions.tf.json", () => {
    const terraform = block<unknown>(files, "versions.tf.json", "terraform") as unknown as {
      required_version: string;
      required_providers: { aws: { version: string } };
    };
    expect(onlyTable(page, "Requirements")).toEqual([
      { Name: "terraform", Version: terraform.required_version },
      { Name: "aws", Version: terraform.required_providers.aws.version },
    ]);
  });

  test("lists every statement of the module, in the module's order", () => {
    const locals = block<unknown>(files, "main.tf.json", "locals");
    const ofModule = [...entries(locals.statements), ...entries(locals.user_role_statements)];
    expect(
      statementRows(page)
        .map(({ Sid }) => Sid)
        .sort(),
    ).toEqual([...ofModule.map(sidOf), "AssumeAnyRole"].sort());
  });

  test("names for each statement the variables that the module decides it by", () => {
    const locals = block<unknown>(files, "main.tf.json", "locals");
    for (const entry of entries(locals.statements)) {
      const sid = sidOf(entry);
      const { Switch = "" } = statementRows(page).find(({ Sid }) => Sid === sid) ?? {};
      const deciding = [...entry.enabled.matchAll(/var\.(\w+)/g)].map(([, name]) => name);
      // A part of another statement says what parts it; the other's switch stands beside the other.
      const own = sid.endsWith("RotatePasswords") ? deciding.slice(-2) : deciding;
      for (const name of own) {
        if (name === "services" && !entry.enabled.includes('"discovery"')) continue;
        expect([sid, Switch.match(/\w+/g)]).toEqual([sid, expect.arrayContaining([name])]);
      }
    }
  });

  test("draws every statement once, between nodes that the diagram declares", () => {
    const lines = (section(page, "Who assumes what").blocks.mermaid ?? "").trim().split("\n");
    const declared = new Set(
      lines.flatMap((line) => [...line.matchAll(/(\w+)[[(]/g)].map(([, id]) => id)),
    );
    const edges = lines.filter((line) => line.includes("->"));
    for (const edge of edges) {
      const [, from, to] =
        /^ {2}(\w+)\S* .*\| (\w+)/.exec(edge.replace(/\[[^\]]*\] -/, " -")) ?? [];
      expect([edge, declared.has(from), declared.has(to)]).toEqual([edge, true, true]);
    }
    const drawn = edges.flatMap((line) => line.match(/[A-Z]\w+(?=<br\/>|"\|)/g) ?? []);
    const rows = statementRows(page).map(({ Sid }) => Sid ?? "");
    expect(drawn.sort()).toEqual(
      rows
        .filter(
          (sid) =>
            !/^Assume(Access|Any|Own)Role$|^DiscoveryListRegions$|RotatePasswords$/.test(sid),
        )
        .sort(),
    );
  });

  test("holds nothing that differs from run to run or machine to machine", () => {
    expect(text(files, "README.md")).not.toMatch(
      /\d{4}-\d\d-\d\d|cdktf|node_modules|0\.\d+\.\d+|\/home\/|\/root\/|\/tmp\//i,
    );
  });
});

test.each([
  ["memorydb", ["cluster/{name}", "MemoryDBUseKMSKeys"]],
  ["elasticache", ["ElastiCacheUseKMSKeys"]],
  ["redshift", ["dbgroup"]],
  ["dynamodb", ["sts:TagSession"]],
  ["rds", ["RDSAutoEnableIAMAuth"]],
  ["keyspace", ["aws_partition", "AssumeAccessRole", "AssumeAnyRole"]],
])("the README of %s names where the module differs from the reference page", (name, words) => {
  const differences = section(
    sections(text(ready(name), "README.md")),
    "Differences from the reference page",
  ).items.join("\n");
  for (const word of words) expect(differences).toContain(word);
});

test("only the README of a type with the difference names it", () => {
  for (const name of names) {
    expect([name, text(ready(name), "README.md").includes("UseKMSKeys")]).toEqual([
      name,
      name === "memorydb" || name === "elasticache",
    ]);
  }
});

test("the order of types changes no byte of the README", () => {
  expect(text(compose({ types: ["redshift", "rds"] }), "README.md")).toBe(text(pair, "README.md"));
});

test("defaults of a composed module show in its README, and their text cannot end a comment", () => {
  const description = "--> ends | nothing";
  const page = sections(
    text(
      compose({
        types: ["rds"],
        defaults: {
          aws_account_id: "210987654321",
          rds_auto_enable_iam_auth: false,
          policy_description: description,
        },
      }),
      "README.md",
    ),
  );
  expect(statementRows(page).find(({ Sid }) => Sid === "RDSAutoEnableIAMAuth")?.Switch).toBe(
    "rds_auto_enable_iam_auth (off)",
  );
  expect(onlyTable(page, "Inputs").find(({ Name }) => Name === "policy_description")?.Default).toBe(
    JSON.stringify(description),
  );
  expect(section(page, "Usage").blocks.hcl).not.toContain("aws_account_id");
  expect(page[0]?.heading).toBe("RDS and Aurora access for Teleport's Database Service");
});

test("a composed module of other types replaces the README of the last run", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-readme-"));
  try {
    writeFolder(folder, pair);
    writeFolder(folder, compose({ types: ["docdb"] }));
    expect(fs.readFileSync(path.join(folder, "README.md"), "utf8")).toContain("DocumentDB");
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

describeWithTerraform()("the usage blocks, pasted into one root", () => {
  test("plan a policy each, attached to the role", () => {
    const root = new TerraformRoot({ "provider.tf": OFFLINE_PROVIDER });
    try {
      for (const name of names) root.addModule(`modules/${name}`, ready(name));
      root.addModule("database-access", pair);
      const pages = [...names.map(ready), pair];
      root.write({
        "main.tf": pages
          .map((files) => section(sections(text(files, "README.md")), "Usage").blocks.hcl)
          .join("\n"),
      });
      const planned = (root.init().plan().resource_changes ?? []).map(({ type }) => type);
      expect(planned.sort()).toEqual([
        ...pages.map(() => "aws_iam_policy"),
        ...pages.map(() => "aws_iam_policy_attachment"),
        ...pages.map(() => "terraform_data"),
      ]);
    } finally {
      root.dispose();
    }
  });
});

interface Variable {
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
}

interface Entry {
  readonly enabled: string;
  /** An expression where a part of it is computed. */
  readonly statement: { readonly Sid: string } | string;
}

function ready(name: string): Files {
  return new Map(
    FILES.map((file) => [file, fs.readFileSync(path.join(readyModule(name), file), "utf8")]),
  );
}

function text(files: Files, name: string): string {
  return files.get(name) ?? "";
}

function block<Value>(files: Files, file: string, name: string): Record<string, Value> {
  const content = JSON.parse(text(files, file)) as Record<string, Record<string, Value>>;
  return content[name] ?? {};
}

function entries(value: unknown): readonly Entry[] {
  return (value ?? []) as readonly Entry[];
}

function section(page: readonly Section[], heading: string): Section {
  const [found, ...more] = page.filter((candidate) => candidate.heading === heading);
  if (found === undefined || more.length > 0) throw new Error(`not one section ${heading}`);
  return found;
}

function onlyTable(page: readonly Section[], heading: string): Section["tables"][number] {
  const { tables } = section(page, heading);
  expect([heading, tables.length]).toEqual([heading, 1]);
  return tables[0] ?? [];
}

/** The rows of all tables of statements, wherever they stand. */
function statementRows(page: readonly Section[]): Section["tables"][number] {
  return page.flatMap(({ tables }) => tables.flat()).filter((row) => "Sid" in row);
}

function sidOf({ statement }: Entry): string {
  return typeof statement === "string"
    ? (/Sid = "(\w+)"/.exec(statement)?.[1] ?? "")
    : statement.Sid;
}
