import { databaseTypes } from "../catalog";
import { explain, subjectOf, typesOf } from "../answers/explain";
import { defineModule } from "../inputs/module-definition";
import { setValues } from "../inputs/set-values";
import { prettyJson } from "../text/json";
import { command, formatOption, setOption, splitWords } from "./command";
import { explainText } from "./explain-text";
import { exitStatus } from "./io";

/** `explain`: the statements of a type, or one statement, with all that there is to know. */
export const explainCommand = command({
  name: "explain",
  argument: {
    name: "type-or-sid",
    describe: "Name of a database type, or Sid of a statement; several with commas",
    candidates: () =>
      databaseTypes.flatMap(({ name, statements }) => [name, ...statements.map(({ sid }) => sid)]),
  },
  describe:
    "Say why a type or a statement needs what it needs, and how to narrow it or leave it out",
  options: { format: formatOption, set: setOption },
  examples: [
    ["$0 explain rds", "every statement of a type"],
    ["$0 explain RDSConnect", "one statement, by the Sid that a plan shows"],
    ["$0 explain rds,redshift", "several types, one after the other"],
    ["$0 explain rds --set restrict_to_account=true", "what the values make of each statement"],
    ["$0 explain rds --format json", "the same for a program; a list where several are asked for"],
  ],
  run: ({ argument, format, set = [] }, io) => {
    const names = splitWords([argument]);
    // Without a name, explain says which there are.
    const asked = (names.length === 0 ? [argument] : names).map((name) => ({
      name,
      types: typesOf(subjectOf(name)),
    }));
    const values = setValues(
      asked.flatMap(({ types }) => types.map(({ name }) => name)),
      set,
    );
    const explanations = asked.map(({ name, types }) => {
      if (set.length === 0) return explain(name);
      // A variable of one of the types says nothing of the others.
      const known = new Set(defineModule(types).variables.map((variable) => variable.name));
      return explain(
        name,
        Object.fromEntries(Object.entries(values).filter(([variable]) => known.has(variable))),
      );
    });
    const [first, ...more] = explanations;
    io.stdout(
      format === "json"
        ? prettyJson(more.length === 0 ? first : explanations)
        : explanations.map((explanation) => explainText(explanation, io)).join("\n"),
    );
    return exitStatus.ok;
  },
});
