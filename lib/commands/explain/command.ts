import { databaseTypes } from "../../catalog";
import { command, formatOption } from "../command";
import { exitStatus } from "../io";

/** `explain`: the statements of a type, or one statement, with all that there is to know. */
export const explainCommand = command({
  name: "explain",
  argument: {
    name: "type-or-sid",
    describe: "Name of a database type, or Sid of a statement",
    candidates: () =>
      databaseTypes.flatMap(({ name, statements }) => [name, ...statements.map(({ sid }) => sid)]),
  },
  describe:
    "Say why a type or a statement needs what it needs, and how to narrow it or leave it out",
  options: { format: formatOption },
  examples: [
    ["$0 explain rds", "every statement of a type"],
    ["$0 explain RDSConnect", "one statement, by the Sid that a plan shows"],
    ["$0 explain rds --format json", "the same for a program"],
  ],
  run: async ({ argument, format }, io) => {
    const [{ explain }, { explainText }] = await Promise.all([
      import("./explain"),
      import("./text"),
    ]);
    const explanation = explain(argument);
    io.stdout(
      format === "json"
        ? `${JSON.stringify(explanation, null, 2)}\n`
        : explainText(explanation, io),
    );
    return exitStatus.ok;
  },
});
