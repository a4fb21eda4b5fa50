/** The page in a real browser: what it shows is what the module grants. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { describeWithChromium, launch } from "../support/browser";
import { TemporaryFolder } from "../support/project-copy";
import { ACCOUNT, filledPolicy, meaning, type Policy } from "../support/reference-page";
import { PROGRAM } from "../support/terminal";
import { OFFLINE_PROVIDER, PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

const AXE = fs.readFileSync(path.join(PROJECT, "node_modules", "axe-core", "axe.min.js"), "utf8");

describeWithChromium()("the page", () => {
  const folder = new TemporaryFolder();
  let browser: Browser;
  let page: Page;
  let address: string;
  let requests: string[];
  let complaints: string[];

  beforeAll(async () => {
    browser = await launch();
    folder.succeed(process.execPath, PROGRAM, "explore", "--output", "page.html");
    address = pathToFileURL(folder.path("page.html")).href;
  });

  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    requests = [];
    complaints = [];
    page = await browser.newPage();
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", ({ message }) => complaints.push(message));
    await page.goto(address);
  });

  afterEach(async () => {
    await page.close();
  });

  const choose = async (...types: readonly string[]) => {
    await page.click("#none");
    for (const type of types) await page.check(`#type-${type}`);
  };
  const text = async (selector: string) => (await page.textContent(selector)) ?? "";
  const policy = async () => JSON.parse(await text("#policy")) as Policy;
  const focused = (attribute: string) =>
    page.evaluate<string | null>(`document.activeElement.getAttribute("${attribute}")`);
  const sids = async () => (await policy()).Statement.map(({ Sid }) => Sid);

  test("loads nothing but itself, and complains about nothing", async () => {
    await page.click("#all");
    expect(requests).toEqual([address]);
    expect(complaints).toEqual([]);
  });

  test("may load nothing and run no other script, even if it wanted to", async () => {
    await page.evaluate(`
      const script = document.createElement("script");
      script.textContent = "document.title = 'changed'";
      document.head.append(script);
    `);
    const fetched = await page.evaluate<string>(
      `fetch("http://127.0.0.1:9/").then(() => "allowed", () => "refused")`,
    );
    const tried = [fetched, await page.title()];
    expect(tried).toEqual(["refused", "AWS IAM permissions of Teleport's Database Service"]);
    expect(complaints.join("\n")).toMatch(/Content Security Policy/);
  });

  test.each(["docdb", "redshift"])(
    "shows for %s the policy of the reference page",
    async (type) => {
      await choose(type);
      await page.fill("#variable-aws_account_id", ACCOUNT);
      expect(meaning(await policy())).toEqual(meaning(filledPolicy(type)));
      expect(await page.locator("#statements > li").count()).toBe(
        filledPolicy(type).Statement.length,
      );
    },
  );

  test("a switch leaves out its statement, here and in the call", async () => {
    await choose("rds");
    expect(await sids()).toContain("RDSAutoEnableIAMAuth");
    await page.uncheck("#variable-rds_auto_enable_iam_auth");
    expect(await sids()).toEqual(["RDSConnect", "RDSFetchMetadata"]);
    expect(await text("#call")).toMatch(/rds_auto_enable_iam_auth += false/);
  });

  test("says which requests a change newly allows, and which no longer", async () => {
    await choose("rds");
    expect(await page.isVisible("#change")).toBe(false);
    await page.uncheck("#variable-rds_auto_enable_iam_auth");
    expect(await text("#change-list")).toMatch(
      /^RDSAutoEnableIAMAuth – no longer allowed: rds:ModifyDB(Cluster|Instance) on /,
    );
    await page.fill("#variable-aws_account_id", ACCOUNT);
    expect(await text("#change-list")).toBe("The policy allows the same as before.");
    await page.check("#type-docdb");
    expect(await text("#change-list")).toContain(
      `DocumentDBConnectAsIAMRole – newly allowed: sts:AssumeRole on arn:aws:iam::${ACCOUNT}:role/documentdb-user-role`,
    );
    // The same control again: it counts from before its first touch.
    await page.uncheck("#type-docdb");
    expect(await text("#change-list")).toBe("The policy allows the same as before.");
  });

  test("on a phone the result follows the types, and a change is visible where it was made", async () => {
    const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await phone.goto(address);
    const top = async (selector: string) => (await phone.locator(selector).boundingBox())?.y ?? NaN;
    expect((await top("#result")) - (await top("#variables"))).toBeLessThan(200);
    await phone.click("#variables > summary");
    await phone.click("#variable-rds_connect");
    expect(await phone.textContent("#said")).toContain("RDSConnect – no longer allowed");
    expect(await top("#said")).toBeGreaterThan(0);
    expect(await top("#said")).toBeLessThan(844);
    expect(await top("#variable-rds_connect")).toBeLessThan(await top("#said"));
    await phone.close();
  });

  test("a wrong value is named at its field and counts as none", async () => {
    await choose("rds");
    await page.fill("#variable-aws_account_id", "12");
    expect(await text("#variable-aws_account_id-error")).toBe(
      'aws_account_id is "12": it must be the 12 digits of an AWS account ID, in quotes.',
    );
    expect(await page.getAttribute("#variable-aws_account_id", "aria-invalid")).toBe("true");
    expect(await text("#call")).not.toContain('"12"');
  });

  test("can be used with the keyboard alone", async () => {
    for (let presses = 0; presses < 5; presses += 1) {
      await page.keyboard.press("Tab");
      if ((await focused("id")) === "type-docdb") break;
    }
    await page.keyboard.press("Space");
    expect(await sids()).toContain("DocumentDBConnectAsIAMRole");
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      if ((await focused("aria-label")) === "Copy: Call of the module") break;
    }
    await page.keyboard.press("Enter");
    await page.getByText(/^(Copied|Selected): Call of the module\./).waitFor();
  });

  test.each(["light", "dark"] as const)("has no fault that axe finds, in %s", async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    // Every kind of control; with all types, axe takes half a minute.
    await choose("rds", "dynamodb");
    await page.click("text=More variables");
    await page.fill("#variable-aws_account_id", "12");
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResult>("axe.run()");
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
  });

  test("is dark where a person prefers it", async () => {
    const background = () =>
      page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    await page.emulateMedia({ colorScheme: "light" });
    const light = await background();
    await page.emulateMedia({ colorScheme: "dark" });
    expect([light, await background()]).toEqual(["rgb(255, 255, 255)", "rgb(20, 23, 28)"]);
  });

  describeWithTerraform()("with the command and the call that it shows", () => {
    test("terraform plans the policy that it shows", async () => {
      await choose("redshift", "dynamodb", "elasticache");
      await page.fill("#variable-aws_account_id", ACCOUNT);
      await page.check("#variable-restrict_to_account");
      await page.check("#variable-elasticache_managed_users");
      await page.uncheck("#variable-redshift_fetch_metadata");
      await page.click("text=More variables");
      await page.fill("#variable-secret_key_prefixes", "one/\ntwo");
      await page.fill("#variable-dynamodb_user_role_names", "team/one\ntwo");
      await page.fill(
        "#variable-redshift_database_users",
        '[{"cluster_name": "main", "user_name": "alice"}]',
      );
      await page.fill("#variable-tags", '{"note": "with : and @"}');
      const root = new TerraformRoot({
        "main.tf": `${OFFLINE_PROVIDER}${await text("#call")}\noutput "policy" {\n  value = module.database_access.policy_json\n}\n`,
      });
      const [program, ...words] = (await text("#command")).split(" ");
      expect(program).toBe("teleport-db-iam");
      execFileSync(process.execPath, [PROGRAM, ...words], { cwd: root.folder, stdio: "ignore" });
      const { planned_values: planned, resource_changes: changes } = root.init().plan();
      expect(JSON.parse(String(planned.outputs?.policy?.value))).toEqual(await policy());
      expect(changes?.find(({ type }) => type === "aws_iam_policy")?.change.after?.tags).toEqual({
        note: "with : and @",
      });
    });
  });
});

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}
