/** The links between our pages: each leads to a file, and to a heading in it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { PROJECT } from "../support/terraform";

const REPOSITORY = "https://github.com/teleport-db-iam/teleport-db-iam";

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...fs.readdirSync(path.join(PROJECT, "docs")).map((name) => `docs/${name}`),
];

/** The anchors that GitHub gives to the headings of a page. */
function anchors(file: string): string[] {
  const text = fs.readFileSync(path.join(PROJECT, file), "utf8").replace(/^```[^]*?^```$/gm, "");
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

/** The file and the anchor that a link of a page leads to; undefined for a link to another site. */
function target(page: string, link: string): { file: string; anchor: string } | undefined {
  const [address = "", anchor = ""] = link.split("#");
  const [, ours] = new RegExp(`^${REPOSITORY}/(?:tree|blob)/main/(.+)$`).exec(address) ?? [];
  if (ours !== undefined) return { file: ours, anchor };
  if (address.startsWith("http")) return undefined;
  return { file: address === "" ? page : path.join(path.dirname(page), address), anchor };
}

test.each(pages)("%s links to nothing that is missing", (page) => {
  const text = fs.readFileSync(path.join(PROJECT, page), "utf8").replace(/^```[^]*?^```$/gm, "");
  const broken = [...text.matchAll(/\]\(([^)]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => {
      const found = target(page, link);
      if (found === undefined) return false;
      const { file, anchor } = found;
      if (!fs.existsSync(path.join(PROJECT, file))) return true;
      return anchor !== "" && !anchors(file).includes(anchor);
    });
  expect(broken).toEqual([]);
});
