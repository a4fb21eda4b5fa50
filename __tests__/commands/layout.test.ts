/** Layout of the output at the widths of terminals. */
import { runCommand, runCommandOn } from "../support/command";

const PAGES = ["--help", "compose --help", "review --help", "list", "explain elasticache"];
const WIDTHS = [80, 200];

/** The words of a text, whatever their places. */
const words = (text: string): string[] => text.split(/\s+/).sort();

test.each(PAGES.flatMap((page) => WIDTHS.map((columns) => [page, columns] as const)))(
  "%s fits %i columns, and no word is broken",
  async (page, columns) => {
    const { stdout } = await runCommandOn(columns, ...page.split(" "));
    const tooLong = stdout.split("\n").filter((line) => line.length > columns);
    // What is one word stays whole, such as an ARN or a URL beside its label.
    expect(tooLong.filter((line) => !/^ *((Source|Resources) +)?\S+$/.test(line))).toEqual([]);
    expect(words(stdout)).toEqual(words((await runCommand(...page.split(" "))).stdout));
  },
);
