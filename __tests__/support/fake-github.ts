import * as fs from "node:fs";
import * as path from "node:path";

/** The beginning of the comment in the pull request example. */
export const MARKER = "<!-- teleport-db-iam review -->";

/** A `gh` that keeps the comments of one pull request in a file. */
export class FakeGitHub {
  constructor(readonly folder: string) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "gh"), `#!${process.execPath}\n${FAKE_GH}`, { mode: 0o755 });
    fs.writeFileSync(
      this.file,
      JSON.stringify([
        { id: 1, user: { login: "mallory" }, body: `${MARKER}\nLooks good.` },
        { id: 2, user: { login: "github-actions[bot]" }, body: "Another workflow's." },
      ]),
    );
  }

  private get file(): string {
    return path.join(this.folder, "comments.json");
  }

  comments(): readonly { readonly id: number; readonly body: string }[] {
    return JSON.parse(fs.readFileSync(this.file, "utf8")) as { id: number; body: string }[];
  }
}

const FAKE_GH = `
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const file = path.join(__dirname, "comments.json");
const comments = JSON.parse(fs.readFileSync(file, "utf8"));
const args = process.argv.slice(2);
const after = (flag) => args[args.indexOf(flag) + 1];
const body = () => fs.readFileSync(after("-F").replace(/^body=@/, ""), "utf8");
const url = args.find((arg) => arg.startsWith("repos/"));
if (args[0] !== "api") process.exit(9);
if (url === "repos/team/infra/pulls") {
  const pulls = JSON.stringify([{ number: 7, head: { sha: "abc123" } }]);
  process.stdout.write(execFileSync("jq", ["-r", after("--jq")], { input: pulls }));
} else if (args.includes("--jq") && url === "repos/team/infra/issues/7/comments") {
  process.stdout.write(execFileSync("jq", ["-r", after("--jq"), file]));
} else if (after("--method") === "POST" && url === "repos/team/infra/issues/7/comments") {
  comments.push({ id: comments.length + 1, user: { login: "github-actions[bot]" }, body: body() });
} else if (after("--method") === "PATCH" && url.startsWith("repos/team/infra/issues/comments/")) {
  comments.find(({ id }) => String(id) === url.split("/").at(-1)).body = body();
} else process.exit(9);
fs.writeFileSync(file, JSON.stringify(comments));
`;
