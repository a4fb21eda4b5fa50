/** The Terraform blocks of the pages: each is a complete root, but for the provider, and plans. */
import * as fs from "node:fs";
import * as path from "node:path";
import { fencedBlocks } from "../support/fenced-blocks";
import { Registry } from "../support/registry";
import { OFFLINE_PROVIDER, PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

/** Pages whose blocks are applied to an AWS API, one after the other. */
const APPLIED = ["adopt.md", "operations.md", "upgrading.md"];

const DOCS = path.join(PROJECT, "docs");

/** The blocks of each page that are not saved under a name, which shell.test.ts uses. */
const pages = fs
  .readdirSync(DOCS)
  .filter((page) => !APPLIED.includes(page))
  .map((page) => {
    const blocks = fencedBlocks(fs.readFileSync(path.join(DOCS, page), "utf8"), "hcl");
    return [page, blocks.filter(({ file }) => file === undefined)] as const;
  })
  .filter(([, blocks]) => blocks.length > 0);

test("there are pages with roots", () => {
  expect(pages.map(([page]) => page)).toEqual(
    expect.arrayContaining(["get-started.md", "several-accounts.md", "tighten-access.md"]),
  );
});

describeWithTerraform()("the blocks of", () => {
  let registry: Registry;

  beforeAll(async () => {
    registry = await Registry.start();
  });
  afterAll(() => {
    registry.stop();
  });

  test.each(pages)("%s plan", (_, blocks) => {
    // One root calls all of them: one init for a page.
    const root = new TerraformRoot({});
    registry.serve(root);
    blocks.forEach(({ text }, index) => {
      const name = `block-${String(index)}`;
      root.write({
        [`${name}.tf`]: `module "${name}" {\n  source = "./${name}"\n}\n`,
        [`${name}/main.tf`]: text,
        ...(text.includes('provider "aws"') ? {} : { [`${name}/provider.tf`]: OFFLINE_PROVIDER }),
      });
    });
    const planned = root.init().plan().resource_changes ?? [];
    const inBlock = (index: number): number =>
      planned.filter(({ address }) => address.startsWith(`module.block-${String(index)}.`)).length;
    expect(blocks.map((_block, index) => inBlock(index))).not.toContain(0);
  });
});
