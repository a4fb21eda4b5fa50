/** Rules that span variables: real terraform plans all calls of a fixture, and says what is wrong with each. */
import * as fs from "node:fs";
import * as path from "node:path";
import { compose } from "../../lib/answers/compose";
import { OFFLINE_PROVIDER, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const FIXTURE = fs.readFileSync(path.join(__dirname, "..", "fixtures", "rules.tf"), "utf8");
const CALL = /(?:^# (Error|Warning): (.*)\n)?^module "(.*)" \{\n {2}source += "\.\/(.*)"$/gm;

/** The calls of the fixture, each with the types or the role module in its source. */
const calls = [...FIXTURE.matchAll(CALL)].map(([, severity, message, name = "", source = ""]) => ({
  name,
  source,
  severity,
  message,
}));

/** A diagnostic of `terraform plan -json`. */
interface Diagnostic {
  readonly severity: string;
  readonly detail: string;
  readonly range?: { readonly filename: string };
}

describeWithTerraform()("what spans variables", () => {
  /** The messages by the folder of the module, each with its severity. */
  const messages = new Map<string, string[]>();

  beforeAll(() => {
    const root = new TerraformRoot({});
    const main = FIXTURE.replaceAll(CALL, (call, ...[, , name, source]: string[]) => {
      const isRole = source === "service-role" || source === "access-role";
      // A folder of its own for each call, by which its messages are told.
      const files = compose(isRole ? { module: source } : { types: (source ?? "").split("+") });
      return call.replace(`"./${source ?? ""}"`, `"${root.addModule(name ?? "", files)}"`);
    });
    root.write({ "main.tf": OFFLINE_PROVIDER + main });
    root.init();
    for (const line of root.run("plan", "-json").stdout.trim().split("\n")) {
      const { diagnostic } = JSON.parse(line) as { diagnostic?: Diagnostic };
      if (diagnostic === undefined) continue;
      const folder = diagnostic.range?.filename.split("/")[0] ?? "";
      const text = diagnostic.detail.replace(/\n\nThis was checked by .*$/s, "");
      const message = `${diagnostic.severity}: ${text.replaceAll("\n", " ")}`;
      messages.set(folder, [...(messages.get(folder) ?? []), message]);
    }
  });

  test.each(calls)("$name", ({ name, severity, message }) => {
    // One mistake gives one message.
    expect(messages.get(name) ?? []).toEqual(
      message === undefined
        ? []
        : [expect.stringMatching(pattern(`${severity?.toLowerCase() ?? ""}: ${message}`))],
    );
  });

  test("no other message, and none that fails itself", () => {
    const names = calls.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(60);
    expect([...messages].filter(([folder]) => !names.includes(folder))).toEqual([]);
  });
});

/** The message of a comment, in which "…" is any text. */
function pattern(message: string): RegExp {
  const literal = message.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("…", ".*")}$`);
}
