/** Every combination of types: joined from forms, and rendered by CDKTF. */
import { joinedDifferently } from "../support/joined-modules";
import { typeCombinations } from "../support/type-combinations";

test("a joined module is byte for byte what CDKTF renders, for all 2,047 combinations", () => {
  expect(typeCombinations).toHaveLength(2047);
  expect(joinedDifferently(typeCombinations)).toEqual([]);
});
