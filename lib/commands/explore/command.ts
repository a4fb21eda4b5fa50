import { command } from "../command";
import { exitStatus } from "../io";

/** `explore`: writes the page that shows the policies in a browser. */
export const exploreCommand = command({
  name: "explore",
  describe: "Write a page to choose types and switches and look at the policy, for a browser",
  options: {
    output: {
      type: "string",
      default: "teleport-db-iam.html",
      describe: "File to write the page to",
    },
    force: {
      type: "boolean",
      default: false,
      describe: "Write even where the file is one that this program did not write",
    },
  },
  examples: [["$0 explore --output database-access.html", "then open it in a browser"]],
  run: async ({ output, force }, io) => {
    const { readPage, writePage } = await import("./page");
    const changed = writePage(output, readPage(), { force });
    io.stderr(changed ? `Wrote ${output}. Open it in a browser.\n` : `${output} is up to date.\n`);
    return exitStatus.ok;
  },
});
