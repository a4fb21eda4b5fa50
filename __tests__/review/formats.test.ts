/** Several plans in one report, SARIF and annotations of GitHub. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import Ajv from "ajv";
import { createGenerator } from "ts-json-schema-generator";
import { mergedReport, renderers, reviewPlan } from "../../lib/review";
import { withAccepted, withFindings } from "../../lib/review/gate/accepted";
import type { Report } from "../../lib/review/report/report";
import { attachment, inlinePolicy, planOfResources, role } from "../support/iam-plan";
import { allow, document } from "../support/policy-documents";
import { runCommand } from "../support/command";

const OLD = document(allow("s3:GetObject", "*"));
const MORE = document(allow(["s3:GetObject", "sqs:SendMessage"], "*"));
const planOf = (before: object, after: object): string =>
  planOfResources([
    role("app", { inline: { a: before } }),
    inlinePolicy("app", "a", before, after),
  ]);
const broadened = planOf(OLD, MORE);
const narrowed = planOf(MORE, OLD);
const unchanged = planOf(OLD, OLD);
const unknown = planOf(OLD, { Statement: "not one" });

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "teleport-db-iam-formats-"));
const file = (name: string, text: string): string => {
  fs.writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
const merged = (plans: Readonly<Record<string, string>>): Report => {
  const [one, ...others] = Object.entries(plans).map(([name, text]) => ({
    name,
    report: reviewPlan(text, name),
  }));
  if (one === undefined) throw new Error("There is no plan.");
  return mergedReport([one, ...others]);
};

describe("several plans", () => {
  test.each<[string, string[], string, number]>([
    ["the worst of two", [unchanged, broadened], "broadened", 1],
    ["one that is broadened and one that is narrowed", [broadened, narrowed], "both", 1],
  ])("%s decides", async (_, plans, verdict, status) => {
    const files = plans.map((text, index) => file(`${String(index)}.json`, text));
    const found = await runCommand(
      "review",
      ...files,
      "--fail-on",
      "broadened,unknown",
      "--format",
      "json",
    );
    expect([(JSON.parse(found.stdout) as Report).verdict, found.status]).toEqual([verdict, status]);
  });

  test("have equal changes once, with the plans", () => {
    const report = merged({ "a.json": broadened, "b.json": broadened, "c.json": narrowed });
    expect(report.items.map(({ plans }) => plans)).toEqual([["a.json", "b.json"], ["c.json"]]);
    expect(report.findings.map(({ plans }) => plans)).toEqual([["a.json", "b.json"], ["c.json"]]);
    const markdown = renderers.markdown(report);
    expect(markdown).toMatch(
      /^### IAM review: these plans grant new access and remove other access\n/,
    );
    expect(markdown).toContain(
      "| role `app` (`a.json`, `b.json`) | Gains `sqs:SendMessage` on `*`",
    );
  });

  test("of one, the report is its own", () => {
    expect(merged({ "a.json": broadened })).toEqual(reviewPlan(broadened, "a.json"));
  });
});

describe("SARIF", () => {
  const { definitions = {} } = createGenerator({
    path: "node_modules/@types/sarif/index.d.ts",
    type: "Log",
    additionalProperties: false,
    skipTypeCheck: true,
  }).createSchema("Log");
  const validate = new Ajv({ strict: false }).compile({ definitions, $ref: "#/definitions/Log" });
  interface Sarif {
    readonly runs: readonly { readonly results: readonly Record<string, unknown>[] }[];
  }
  const sarifOf = (report: Report): Sarif => JSON.parse(renderers.sarif(report)) as Sarif;
  const report = merged({ "infra/a b.json": broadened, "c.json": narrowed, "d.json": unknown });

  test("is as its schema says, also without a finding", () => {
    for (const one of [report, reviewPlan(unchanged, "plan.json")]) {
      expect([validate(sarifOf(one)), validate.errors]).toEqual([true, null]);
    }
    expect(validate({ ...sarifOf(report), more: true })).toBe(false);
    expect(validate({ version: "2.1.0", runs: [{}] })).toBe(false);
  });

  test("has a result for each finding, at its plan", () => {
    expect(sarifOf(report).runs[0]?.results).toMatchObject([
      {
        ruleId: "broadened",
        level: "error",
        message: { text: "role app: gains s3:GetObject, sqs:SendMessage on *" },
        locations: [{ physicalLocation: { artifactLocation: { uri: "infra/a%20b.json" } } }],
        partialFingerprints: { "teleport-db-iam/v1": report.findings[0]?.fingerprint },
      },
      { ruleId: "narrowed", level: "note" },
      { ruleId: "unknown", level: "warning" },
    ]);
  });

  test("has what is accepted as suppressed", () => {
    const entries = withFindings([], report.findings, "2026-11-30").map((entry) => ({
      ...entry,
      reason: "Needed.",
      owner: "team",
    }));
    const accepted = sarifOf(withAccepted(report, entries, "2026-11-30"));
    expect(accepted.runs[0]?.results.map(({ suppressions }) => suppressions)).toEqual([
      [{ kind: "external", justification: "Needed." }],
      [],
      [{ kind: "external", justification: "Needed." }],
    ]);
    expect(validate(accepted)).toBe(true);
  });
});

// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
describe("annotations of GitHub", () => {
  test("have a level, and commas and colons of the title escaped", () => {
    const lines = renderers
      .github(merged({ "a.json": broadened, "b.json": unknown, "c.json": narrowed }))
      .trimEnd()
      .split("\n");
    expect(lines.map((line) => line.split("::", 2)[1])).toEqual([
      "notice title=IAM review",
      "error title=IAM review%3A broadened",
      "warning title=IAM review%3A unknown",
      "notice title=IAM review%3A narrowed",
    ]);
  });

  test("have percent signs and line breaks of the plan escaped", () => {
    const name = "50%\r\nof::error title=x::y,z";
    const plan = planOfResources([inlinePolicy(name, "a", undefined, OLD)]);
    const lines = renderers.github(reviewPlan(plan, "plan.json")).trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(
      /^::error title=IAM review%3A broadened::role 50%25\\u\{d\}\\u\{a\}of/,
    );
  });
});

describe("--policies", () => {
  const attached = file(
    "attached.json",
    planOfResources([
      role("app", { attached: [], inline: {} }),
      attachment("app", "arn:aws:iam::aws:policy/MadeUpAccess", "after"),
    ]),
  );

  test("gives the text of a policy that the table lacks", async () => {
    const policies = path.join(folder, "policies");
    fs.mkdirSync(policies, { recursive: true });
    const run = async (...more: string[]): Promise<Report> =>
      JSON.parse(
        (await runCommand("review", attached, "--format", "json", ...more)).stdout,
      ) as Report;
    expect((await run()).rows.flatMap(({ what }) => what)).toEqual([]);
    fs.writeFileSync(
      path.join(policies, "MadeUpAccess.json"),
      JSON.stringify(document(allow("kms:Decrypt", "*"))),
    );
    expect((await run("--policies", policies)).rows).toMatchObject([
      { change: "gained", risk: "secrets", what: [{ actions: ["kms:Decrypt"], resources: ["*"] }] },
    ]);
  });

  test("names a folder that is not there", async () => {
    const { status, stderr } = await runCommand(
      "review",
      attached,
      "--policies",
      "/no/such/folder",
    );
    expect(status).toBe(2);
    expect(stderr).toContain("/no/such/folder");
  });
});
