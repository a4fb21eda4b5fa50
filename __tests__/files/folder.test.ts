import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { difference, writeFolder } from "../../lib/files/folder";
import { marker } from "../../lib/files/marker";
import { UserError } from "../../lib/text/user-error";
import { contentOf } from "../support/content-of";

const ours = (text: string): string => `{ "//": ${JSON.stringify(marker("a test"))}, ${text} }\n`;

const MODULE: ReadonlyMap<string, string> = new Map([
  ["main.tf.json", ours('"resource": {}')],
  ["outputs.tf.json", ours('"output": {}')],
  ["tests/mocks/aws.tfmock.hcl", `# ${marker("a test")}\n`],
]);

const NEXT: ReadonlyMap<string, string> = new Map([
  ["main.tf.json", ours('"resource": { "x": {} }')],
  ["outputs.tf.json", ours('"output": {}')],
  ["tests/mocks/aws.tfmock.hcl", `# ${marker("a test")}\n`],
  ["variables.tf.json", ours('"variable": {}')],
]);

let parent: string;
let folder: string;

beforeEach(() => {
  parent = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-folder-"));
  folder = path.join(parent, "output");
});

describe("a folder that an earlier run wrote", () => {
  beforeEach(() => {
    writeFolder(folder, MODULE);
  });

  test("is not touched where nothing has changed", () => {
    const before = stats(folder);
    expect(writeFolder(folder, MODULE)).toEqual([]);
    expect(stats(folder)).toEqual(before);
  });

  test("gets what is new, loses what is gone, and keeps unchanged files as they are", () => {
    const before = stats(folder);
    expect(writeFolder(folder, NEXT)).toEqual(["variables.tf.json", "main.tf.json"]);
    expect(stats(folder)["outputs.tf.json"]).toEqual(before["outputs.tf.json"]);
    expect(stats(folder)["main.tf.json"]).not.toEqual(before["main.tf.json"]);
  });

  test("loses the files that the module no longer has", () => {
    const less = new Map([...MODULE].filter(([name]) => name !== "outputs.tf.json"));
    expect(writeFolder(folder, less)).toEqual(["outputs.tf.json"]);
    expect(contentOf(folder)).toEqual(Object.fromEntries(less));
  });

  test("may hold what terraform init leaves, which stays", () => {
    fs.mkdirSync(path.join(folder, ".terraform"));
    fs.writeFileSync(path.join(folder, ".terraform", "x"), "terraform's");
    fs.writeFileSync(path.join(folder, ".terraform.lock.hcl"), "terraform's");
    writeFolder(folder, new Map([...MODULE, ["variables.tf.json", ours('"variable": {}')]]));
    expect(contentOf(folder)).toMatchObject({
      ".terraform/x": "terraform's",
      ".terraform.lock.hcl": "terraform's",
    });
  });
});

describe("files of someone else in a compared folder", () => {
  const put = (...names: readonly string[]): void => {
    for (const name of names) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), "mine");
    }
  };

  test("count where Terraform reads them with the module's", () => {
    writeFolder(folder, MODULE);
    put("main_override.tf", "extra.tf", "x.tf.json", "outputs.tf.json");
    put(".hidden.tf", "x.tfvars", "notes.txt", "tests/mine.tf", "other/main.tf");
    const found = {
      added: [],
      changed: ["outputs.tf.json"],
      removed: [],
      foreign: ["extra.tf", "main_override.tf", "x.tf.json"],
    };
    expect(difference(folder, MODULE)).toEqual(found);
    expect(difference(folder, MODULE, true)).toEqual({ ...found, foreign: [] });
  });

  test("count in each of several modules", () => {
    const modules = new Map([...MODULE].map(([name, content]) => [`rds/${name}`, content]));
    writeFolder(folder, modules);
    put("rds/extra.tf", "extra.tf");
    expect(difference(folder, modules)).toMatchObject({ foreign: ["rds/extra.tf"] });
  });
});

/** Contents of the folder before the run: the name in the message, and a line of bash that makes it. */
const foreign: readonly (readonly [what: string, name: string, script: string])[] = [
  ["a file", "notes.txt", "echo mine >notes.txt"],
  ["a hidden file", ".env", "echo mine >.env"],
  ["an empty file", "empty", "touch empty"],
  ["a file of the module's name that a person wrote", "main.tf.json", "echo {} >main.tf.json"],
  [
    "a file that says who wrote it only far below",
    "main.tf.json",
    'printf "%5000s$OURS" "" >main.tf.json',
  ],
  ["a folder", "docs/", "mkdir docs; echo mine >docs/a.md"],
  [
    "a folder in place of a file of the module",
    "main.tf.json/",
    "mkdir main.tf.json; echo mine >main.tf.json/x",
  ],
  [
    "a symbolic link in place of a file of the module",
    "main.tf.json",
    'echo "$OURS" >../elsewhere; ln -s ../elsewhere main.tf.json',
  ],
  ["a symbolic link to nothing", "nowhere", "ln -s gone nowhere"],
];

describe.each(foreign)("%s that this program did not write", (_, name, script) => {
  beforeEach(() => {
    fs.mkdirSync(folder);
    execFileSync("bash", ["-c", script], { cwd: folder, env: { OURS: ours('"resource": {}') } });
  });

  const inTheWay = `teleport-db-iam did not write ${name} in FOLDER, and the module needs these paths. Nothing was changed: such files are never replaced, even with --force. Move them away, or name another folder.`;
  const beside = `FOLDER has files that teleport-db-iam did not write: ${name}. Nothing was changed. Name another folder, or use --force to write beside them.`;
  const isInTheWay = /^(main\.tf\.json|tests)/.test(name);

  test("is named and refused, and nothing changes", () => {
    const before = contentOf(parent);
    const message = (isInTheWay ? inTheWay : beside).replace("FOLDER", folder);
    expect(() => writeFolder(folder, MODULE)).toThrow(new UserError(message));
    expect(contentOf(parent)).toEqual(before);
  });

  test("stays as it is under --force", () => {
    const before = contentOf(parent);
    if (isInTheWay) {
      expect(() => writeFolder(folder, MODULE, true)).toThrow(
        new UserError(inTheWay.replace("FOLDER", folder)),
      );
      expect(contentOf(parent)).toEqual(before);
      return;
    }
    writeFolder(folder, MODULE, true);
    const module = Object.fromEntries(
      [...MODULE].map(([file, content]) => [`output/${file}`, content]),
    );
    expect(contentOf(parent)).toEqual({ ...before, ...module });
  });
});

test("a link to a folder is followed", () => {
  fs.mkdirSync(path.join(parent, "real"));
  fs.symlinkSync(path.join(parent, "real"), folder);
  writeFolder(folder, MODULE);
  expect(contentOf(path.join(parent, "real"))).toEqual(Object.fromEntries(MODULE));
  expect(fs.lstatSync(folder).isSymbolicLink()).toBe(true);
});
/** Inode and time of each file: both change when a file is written again. */
function stats(at: string): Record<string, unknown> {
  return Object.fromEntries(
    fs.readdirSync(at, { recursive: true, encoding: "utf8" }).map((name) => {
      const { ino, mtimeMs } = fs.statSync(path.join(at, name));
      return [name, { ino, mtimeMs }];
    }),
  );
}
