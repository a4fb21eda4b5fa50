import { list } from "../answers/list";
import { prettyJson } from "../text/json";
import { command, formatOption } from "./command";
import { exitStatus } from "./io";
import { listText } from "./list-text";

/** `list`: the database types, their statements, and what each is for. */
export const listCommand = command({
  name: "list",
  describe: "Show the database types, their statements by Sid, and what each is for",
  options: { format: formatOption },
  examples: [
    ["$0 list", "all types"],
    ["$0 list --format json | jq -r '.[].name'", "their names, for a script"],
  ],
  run: ({ format }, io) => {
    const types = list();
    io.stdout(format === "json" ? prettyJson(types) : listText(types, io));
    return exitStatus.ok;
  },
});
