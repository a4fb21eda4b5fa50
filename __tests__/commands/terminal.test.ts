/** The command as a process, where it talks to a person, and where nobody is there. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { contentOf } from "../support/content-of";
import { runCommandOn } from "../support/command";
import { describeWithTerminal, keys, PROGRAM, Terminal } from "../support/terminal";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-terminal-"));
});

const ESCAPE = "\u001B[";

describeWithTerminal()("on a terminal", () => {
  let terminal: Terminal;
  afterEach(() => {
    terminal.dispose();
  });

  test("compose asks for types, switches and folder, and ends with the command", async () => {
    const output = path.join(folder, "module");
    terminal = new Terminal(["compose", "--output", output]);
    await terminal.waitFor("Which databases");
    await terminal.waitFor("docdb (DocumentDB)");
    terminal.press(keys.tab, keys.enter);
    await terminal.waitFor("Which other permissions");
    await terminal.waitFor("docdb_check_domain_url");
    // It is on by default: this turns it off.
    terminal.press(keys.tab, keys.enter);
    await terminal.waitFor(
      `teleport-db-iam compose --types docdb --set docdb_check_domain_url=false --output ${output}`,
    );
    expect(await terminal.status()).toBe(0);
    const variables = fs.readFileSync(path.join(output, "variables.tf.json"), "utf8");
    const { variable } = JSON.parse(variables) as {
      variable: Record<string, { default: unknown }>;
    };
    expect(variable.docdb_check_domain_url?.default).toBe(false);
  });

  test.each([
    ["what is typed", ["./picked"], "picked"],
    ["nothing typed", [], "database-access"],
  ])("the folder is the suggested one until something is typed: %s", async (_name, typed, name) => {
    terminal = new Terminal(["compose"], {}, { folder });
    await terminal.waitFor("docdb (DocumentDB)");
    terminal.press(keys.tab, keys.enter);
    await terminal.waitFor("docdb_check_domain_url");
    terminal.press(keys.enter);
    await terminal.waitFor("Into which folder?");
    await terminal.waitFor("./database-access");
    terminal.press(...typed, keys.enter);
    await terminal.waitFor("Wrote the module");
    expect(await terminal.status()).toBe(0);
    expect(fs.readdirSync(folder)).toEqual([name]);
  });

  test("the command that the picker ends with writes the same", async () => {
    const [asked, typed] = [path.join(folder, "asked"), path.join(folder, "typed")];
    terminal = new Terminal(["compose", "--output", asked]);
    await terminal.waitFor("docdb (DocumentDB)");
    terminal.press(keys.down, keys.down, keys.space, keys.enter);
    await terminal.waitFor("elasticache_managed_users");
    terminal.press(keys.down, keys.space, keys.enter);
    await terminal.waitFor("The same without questions");
    expect(await terminal.status()).toBe(0);
    const [, command = ""] =
      /teleport-db-iam (compose --types .+) --output/.exec(terminal.text) ?? [];
    expect(command).toBe("compose --types elasticache --set elasticache_managed_users=true");
    spawnSync(process.execPath, [PROGRAM, ...command.split(" "), "--output", typed]);
    expect(contentOf(typed)).toEqual(contentOf(asked));
  });

  test.each([
    ["types", "Which databases", []],
    ["switches", "Which other permissions", [keys.tab, keys.enter]],
  ])("Ctrl-C at the %s writes nothing and exits with 2", async (_name, question, before) => {
    const output = path.join(folder, "module");
    terminal = new Terminal(["compose", "--output", output]);
    await terminal.waitFor("docdb (DocumentDB)");
    terminal.press(...before);
    if (before.length > 0) await terminal.waitFor(question);
    terminal.press(keys.interrupt);
    await terminal.waitFor("Cancelled. Nothing was written.");
    expect(await terminal.status()).toBe(2);
    expect(fs.existsSync(output)).toBe(false);
    expect(terminal.text).not.toContain("    at ");
  });

  test("an empty choice is refused, not taken for all", async () => {
    terminal = new Terminal(["compose", "--output", path.join(folder, "module")]);
    await terminal.waitFor("docdb (DocumentDB)");
    terminal.press(keys.enter);
    await terminal.waitFor("Please select at least one item");
    terminal.press(keys.interrupt);
    expect(await terminal.status()).toBe(2);
  });

  test.each([
    ["list", ["list"]],
    ["explain", ["explain", "rds"]],
  ])("%s has colours, and none with NO_COLOR or a dumb terminal", async (_name, args) => {
    const outputs: Record<string, string> = {};
    for (const [name, environment] of Object.entries({
      plain: {},
      noColour: { NO_COLOR: "1" },
      dumb: { TERM: "dumb" },
    })) {
      terminal = new Terminal(args, environment);
      expect(await terminal.status()).toBe(0);
      outputs[name] = terminal.output;
    }
    expect(outputs.plain).toContain(ESCAPE);
    expect(outputs.noColour).not.toContain(ESCAPE);
    expect(outputs.dumb).not.toContain(ESCAPE);
  });

  test.each([80, 200])("what is printed is laid out for %i columns", async (columns) => {
    terminal = new Terminal(["explain", "rds"], {}, { columns });
    expect(await terminal.status()).toBe(0);
    const { stdout } = await runCommandOn(columns, "explain", "rds");
    expect(terminal.text.replaceAll("\r", "")).toBe(stdout);
  });
});

describe("without a terminal", () => {
  const command = (...args: readonly string[]) =>
    spawnSync(process.execPath, [PROGRAM, ...args], { encoding: "utf8", input: "" });

  test("compose does not ask: it says what to name", () => {
    const { status, stdout, stderr } = command("compose");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("--types rds,redshift");
  });

  test("there are no colours", () => {
    expect(command("list").stdout).not.toContain(ESCAPE);
  });
});
