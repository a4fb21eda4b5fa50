/** Text of a plan is shown and does nothing: in Markdown, on a terminal, in the log of CI. */
import MarkdownIt from "markdown-it";
import { renderers, reviewPlan } from "../../lib/review";
import { inlinePolicy, planned, planOfResources, policyChange } from "../support/iam-plan";
import { allow, document } from "../support/policy-documents";

const HOSTILE: Record<string, string> = {
  "a mention": "@octocat and @org/team",
  HTML: "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "a comment's end": "--> <!-- <details open>",
  "a link": "[click](javascript:alert(1)) https://evil.example www.evil.example",
  "a reference": "#1 gravitational/teleport#1 GH-1 !2 $3 ~bug",
  backticks: "`` ``` ` a `@octocat`",
  "a backtick at each end": "`x`",
  "a backslash before a backtick": "\\`@octocat\\`",
  pipes: "| a | b |\n|---|---|",
  "a new paragraph with a heading": "x\n\n# Approved by security\n\n- [x] done",
  "other line breaks": "a\r\nb\u2028c\u2029d\u0085e\vf",
  "terminal commands": "\u001b[2J\u001b[31mred\u0007\u009b31m",
  "marks of direction": "a\u202etxt.exe\u2066b\u200f",
  "text without width": "a\u200bb\u2060c\ufeffd",
  "a command of GitHub's runner": "x ##[add-mask]secret ::set-output name=a::b",
  "a lone surrogate": "a\ud800b",
  "only spaces": "   ",
};

/** A plan that has the text everywhere that a report shows one. */
function plan(text: string): string {
  const anywhere = {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: text,
        Effect: "Allow",
        Action: text,
        Resource: text,
        Principal: { [text]: text },
        Condition: { [text]: { [text]: text } },
      },
      {
        Sid: text,
        Effect: "Deny",
        NotAction: text,
        NotResource: text,
        NotPrincipal: { AWS: text },
      },
    ],
  };
  // IAM takes this one.
  const valid = document(
    allow(
      ["kms:Decrypt", "s3:GetObject"],
      ["arn:aws:s3:::example/*", `arn:aws:s3:::example/${text}`],
      { StringEquals: { "aws:username": [text, "ann"] } },
    ),
  );
  return planOfResources([
    policyChange(undefined, anywhere, {
      index: text,
      previousAddress: `aws_iam_policy.old[${JSON.stringify(text)}]`,
    }),
    planned("aws_iam_role_policy_attachment", null, { role: text, policy_arn: text }),
    { ...inlinePolicy(text, text, undefined, valid), name: "x", index: text },
    planned("aws_sqs_queue_policy", null, { queue_url: text, policy: text }),
  ]);
}

describe.each(Object.entries(HOSTILE))("%s", (_, text) => {
  const report = reviewPlan(plan(text), "plan");

  test("is in code spans of Markdown and nowhere else", () => {
    // A browser and GitHub read HTML, and turn bare addresses into links.
    const parser = new MarkdownIt({ html: true, linkify: true });
    const tokens = parser.parse(renderers.markdown(report), {});
    const inline = tokens.flatMap(({ children }) => children ?? []);
    expect(new Set([...tokens, ...inline].map(({ type }) => type))).toEqual(new Set(PLAIN));
    const html = [...tokens, ...inline].filter(({ type }) => type.startsWith("html_"));
    expect([...new Set(html.map(({ content }) => content.trim()))].sort()).toEqual([
      "</details>",
      "<br>",
      "<details><summary>What changes, by resource</summary>",
    ]);
    // Each row of the table has its four cells, whatever is in them.
    const cells = tokens.filter(({ type }) => type === "td_open").length;
    expect(cells).toBe(4 * report.rows.length);
    const outside = inline.filter(({ type }) => type === "text").map(({ content }) => content);
    expect(outside.join("\n")).toMatch(/^[A-Za-z0-9 .,:;()\n]*$/);
    // What the spans hold is the text, with unseen characters shown by their code.
    const spans = inline.filter(({ type }) => type === "code_inline").map(({ content }) => content);
    expect(spans.map(unescape)).toContain(text);
  });

  test("has no unseen character in any format, and begins no line of text", () => {
    for (const render of Object.values(renderers)) {
      expect(render(report)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }
    const lines = renderers.text(report).split("\n");
    expect(lines.filter((line) => !/^( *[A-Za-z ]+[.:(]? .*)?$/.test(line))).toEqual([]);
    expect(renderers.text(report)).not.toContain("##[");
    expect(renderers.text(report)).not.toMatch(/^\s*::/m);
  });

  test("is one annotation of GitHub for each finding, and no other command", () => {
    const lines = renderers.github(report).trimEnd().split("\n");
    expect(lines).toHaveLength(report.findings.length + 1);
    expect(
      lines.filter((line) => !/^::(notice|error|warning) title=[^:,]*::[^:]/.test(line)),
    ).toEqual([]);
    expect(lines.filter((line) => /\s::|##\[|%(?!25|0A|0D|3A|2C)/.test(line))).toEqual([]);
  });

  test("is whole in JSON", () => {
    expect(JSON.parse(renderers.json(report))).toEqual(report);
  });
});

test("long text is cut in the middle, and long lists say how many more there are", () => {
  const markdown = renderers.markdown(reviewPlan(plan(`start${"x".repeat(20000)}end`), "plan"));
  expect(markdown).toContain("`startxxx");
  expect(markdown).toContain("xxxend (20008 characters)`");
  expect(markdown.length).toBeLessThan(20000);
});

test("Markdown fits a comment of GitHub, and text has everything", () => {
  const all = document({ Sid: "A", ...allow("s3:*", "*") });
  const many = Array.from({ length: 1000 }, (_, index) => policyChange(undefined, all, { index }));
  const report = reviewPlan(planOfResources(many), "plan");
  const markdown = renderers.markdown(report);
  expect(markdown.length).toBeLessThan(65536);
  const shown = markdown.match(/^#### /gm)?.length ?? 0;
  expect(markdown).toContain(`**${String(1000 - shown)} more changes do not fit here.**`);
  expect(renderers.text(report)).toContain("aws_iam_policy.x[999]");
});

/** The parts of a report: headings, paragraphs, a table, lists, code spans and bold words. */
const PLAIN = [
  ...["table", "thead", "tbody", "tr", "th", "td", "heading", "paragraph", "bullet_list"],
  ...["list_item", "strong"],
]
  .flatMap((tag) => [`${tag}_open`, `${tag}_close`])
  .concat("html_block", "html_inline", "inline", "text", "code_inline");

function unescape(text: string): string {
  return text.replace(/\\u\{([0-9a-f]+)\}/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
