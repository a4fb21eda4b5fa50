/** The texts that the tests of modules try, by the rules that refuse them. */
import { fields } from "../../lib/catalog/fields";
import * as formats from "../../lib/catalog/formats";
import type { TextRule } from "../../lib/catalog/text-rule";

const rules: readonly (readonly [name: string, rule: TextRule])[] = Object.entries({
  ...formats,
  ...fields,
});

test.each(rules)("%s refuses what it says", (_name, { pattern, except, refused }) => {
  const text = refused ?? "no such value";
  const isTaken =
    new RegExp(pattern, "u").test(text) &&
    !(except !== undefined && new RegExp(except, "u").test(text));
  expect(isTaken).toBe(false);
});
