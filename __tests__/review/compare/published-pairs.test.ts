/** Questions that others have published, and analysed with other tools: each is decided. */
import { compareAccess } from "../../../lib/review/compare";
import { publishedPairs, SOURCE } from "./published-pairs";

test.each(publishedPairs)(
  `$title (${SOURCE}/$after)`,
  ({ documents: [before, after], gained, lost }) => {
    const [one, other] = [before, after].map((Statement) => ({
      policies: [{ Version: "2012-10-17", Statement }],
    }));
    if (one === undefined || other === undefined) throw new Error("A pair has two sides");
    const answers = compareAccess(one, other);
    expect([answers.gained.answer, answers.lost.answer]).toEqual([gained, lost]);
  },
);
