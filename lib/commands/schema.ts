import { schema } from "../answers/schema";
import { prettyJson } from "../text/json";
import { command } from "./command";

/** `schema`: JSON Schema of the other commands' JSON output. */
export const schemaCommand = command({
  name: "schema",
  describe: "Print the JSON Schema of everything that the commands print for programs",
  options: {},
  examples: [["$0 schema | jq '.\"$defs\".explain'", "the schema of one command's JSON"]],
  run: (_args, io) => {
    io.stdout(prettyJson(schema()));
  },
});
