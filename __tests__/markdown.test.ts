import { code, escapeMarkdown, table } from "../lib/text/markdown";
import { sections } from "./support/markdown";

test.each([
  ["a_b * c", "a\\_b \\* c"],
  ["<b>[x]`y`\\", "\\<b\\>\\[x\\]\\`y\\`\\\\"],
  ["plain: text, (1)", "plain: text, (1)"],
])("escapes %j as %j", (plain, markdown) => {
  expect(escapeMarkdown(plain)).toBe(markdown);
});

test.each(["a|b", "one\ntwo", "tick ` tock", "under_score *star*", "<tag> & more"])(
  "a reader sees %j in a cell of text and of code",
  (value) => {
    const page = `# t\n\n${table(["Text", "Code"], [[escapeMarkdown(value), code(value)]])}\n`;
    const [section] = sections(page);
    expect(section?.tables[0]?.[0]?.Text).toBe(value);
    if (!value.includes("\n")) expect(section?.tables[0]?.[0]?.Code).toBe(value);
  },
);

test("a table has a row of dashes as wide as its headings", () => {
  expect(table(["Name", "Required"], [["a", "no"]])).toBe(
    ["| Name | Required |", "| ---- | -------- |", "| a | no |"].join("\n"),
  );
});
