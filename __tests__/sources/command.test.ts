/**
 * The command npm run sources, and the words that are recorded of the pages.
 */
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { purposeHash } from "../../sources/page";
import recorded from "../fixtures/reference-page/purpose-hashes.json";
import { replaced, useFolder } from "../support/page-differences";
import { partNamed, partText, writeFile } from "../support/teleport-pages";
import { PROJECT } from "../support/terraform";

const folder = useFolder();

describe("the command", () => {
  const run = (...files: readonly string[]) =>
    spawnSync("npm", ["run", "--silent", "sources", "--", ...files], {
      cwd: PROJECT,
      encoding: "utf8",
    });

  test("has status 0 if nothing differs, 1 if something does, 2 if it cannot read a file", () => {
    const name = partNamed("auto-password-access-policy.mdx");
    const same = writeFile(folder(), name, partText(name));
    expect(run(same)).toMatchObject({ status: 0, stdout: "" });
    const text = replaced(partText(name), "secretsmanager:CreateSecret", "secretsmanager:Other");
    const { status, stdout } = run(same, writeFile(folder(), `other/${name}`, text));
    expect(stdout).toContain(
      "elasticache ElastiCacheManagePasswords: actions that the page has now",
    );
    expect(status).toBe(1);
    expect(run(path.join(folder(), "none.mdx")).status).toBe(2);
    expect(run().status).toBe(2);
  });

  test("reports a file without policies", () => {
    const file = writeFile(folder(), "other.md", "# Something else\n");
    expect(run(file)).toMatchObject({ status: 1, stdout: `${file}  has no policies\n` });
  });
});

test("RDSConnect's purpose is recorded in the newest page's words", () => {
  const newest = "Connect to a database using IAM authentication tokens.";
  expect(recorded.RDSConnect).toBe(purposeHash(newest));
});
