import { command } from "./command";
import { readPage, writePage } from "./explore-page";
import { exitStatus } from "./io";

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
  },
  examples: [["$0 explore --output database-access.html", "then open it in a browser"]],
  run: ({ output }, io) => {
    const changed = writePage(output, readPage());
    io.stderr(changed ? `Wrote ${output}. Open it in a browser.\n` : `${output} is up to date.\n`);
    return exitStatus.ok;
  },
});
