/** What a reusable module may not have. */
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
import { contentOf } from "../support/content-of";
import { readyModule } from "../support/terraform";

type Block = Readonly<Record<string, unknown>>;

const modules: readonly (readonly [string, readonly Block[]])[] = [
  ...databaseTypes.map(
    ({ name }) => [`modules/${name}`, blocksOf(contentOf(readyModule(name)))] as const,
  ),
  ["the module of all types", blocksOf(Object.fromEntries(compose({ types: ["all"] })))],
];

describe.each(modules)("files of %s", (_, blocks) => {
  test("have no data source and no provider", () => {
    const allowed = [
      "//",
      "terraform",
      "variable",
      "locals",
      "check",
      "resource",
      "moved",
      "removed",
      "output",
    ];
    const found = new Set(blocks.flatMap((block) => Object.keys(block)));
    expect([...found].filter((block) => !allowed.includes(block))).toEqual([]);
  });

  test("have no backend, and minimum versions only", () => {
    expect(blocks.flatMap(({ terraform }) => terraform ?? [])).toEqual([
      {
        required_version: expect.stringMatching(/^>= [\d.]+$/) as string,
        required_providers: {
          aws: {
            source: "hashicorp/aws",
            version: expect.stringMatching(/^>= [\d.]+$/) as string,
          },
        },
      },
    ]);
  });
});

function blocksOf(files: Readonly<Record<string, string>>): Block[] {
  return Object.entries(files)
    .filter(([file]) => file.endsWith(".tf.json"))
    .map(([, content]) => JSON.parse(content) as Block);
}
