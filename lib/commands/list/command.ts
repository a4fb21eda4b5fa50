import { command, formatOption } from "../command";
import { exitStatus } from "../io";

/** `list`: the database types, their statements, and what each is for. */
export const listCommand = command({
  name: "list",
  describe: "Show the database types, their statements by Sid, and what each is for",
  options: { format: formatOption },
  examples: [
    ["$0 list", "all types"],
    ["$0 list --format json | jq -r '.[].name'", "their names, for a script"],
  ],
  run: async ({ format }, io) => {
    const [{ list }, { listText }] = await Promise.all([import("./list"), import("./text")]);
    const types = list();
    io.stdout(format === "json" ? `${JSON.stringify(types, null, 2)}\n` : listText(types, io));
    return exitStatus.ok;
  },
});
