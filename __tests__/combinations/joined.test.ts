/** Every combination of types: joined from forms, and rendered by CDKTF. */
import { databaseTypes } from "../../lib/catalog";
import { joinedDifferently } from "../support/joined-modules";

test("a joined module is byte for byte what CDKTF renders, for all 2,047 combinations", () => {
  const all = Array.from({ length: 2 ** databaseTypes.length - 1 }, (_, index) =>
    databaseTypes.filter((_type, bit) => ((index + 1) & (1 << bit)) !== 0),
  );
  expect(all).toHaveLength(2047);
  expect(joinedDifferently(all)).toEqual([]);
});
