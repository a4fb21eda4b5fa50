import { databaseTypes } from "../catalog";
import { explain } from "../answers/explain";
import { subjectOf } from "../answers/explain-subject";
import { defineModule, roleModules } from "../inputs/module-definition";
import { setValues } from "../inputs/assignments";
import { prettyJson } from "../text/json";
import { command, formatOption, setOption, splitWords } from "./command";
import { explainText } from "./explain-text";

/** `explain`: the statements and variables that a word means, with all that there is to know. */
export const explainCommand = command({
  name: "explain",
  argument: {
    name: "word",
    describe: "Type, Sid, action, variable or role module; several with commas",
    candidates: () => [
      ...databaseTypes.flatMap(({ name, statements }) => [
        name,
        ...statements.map(({ sid }) => sid),
      ]),
      ...Object.keys(roleModules),
    ],
  },
  describe:
    "Explain the statements of a type, action or variable, and how to narrow or remove them",
  options: { format: formatOption, set: setOption },
  examples: [
    ["$0 explain rds", "every statement of a type"],
    ["$0 explain RDSConnect", "one statement, by the Sid that a plan shows"],
    ["$0 explain rds:ModifyDBInstance", "the statements with an action that AWS denied"],
    ["$0 explain rds_instances", "a variable, and the statements that it narrows"],
    ["$0 explain service-role", "a module that makes a role, with its variables"],
    ["$0 explain rds,redshift", "several types, one after the other"],
    ["$0 explain rds --set restrict_to_account=true", "what the values make of each statement"],
    ["$0 explain rds --format json", "the same for a program; a list for several words"],
  ],
  run: ({ words, format, set = [] }, io) => {
    const given = splitWords(words);
    // Without a word, explain lists the words that there are.
    const asked = given.length === 0 ? [""] : given;
    const names = asked.flatMap((word) => subjectOf(word).types.map(({ name }) => name));
    const values = names.length === 0 ? {} : setValues(names, set);
    const explanations = asked.map((word) => {
      if (set.length === 0) return explain(word);
      // A variable of one of the types does not apply to the others.
      const { variables } = defineModule(subjectOf(word).types);
      const isOwn = ([name]: readonly [string, unknown]) =>
        variables.some((variable) => variable.name === name);
      return explain(word, Object.fromEntries(Object.entries(values).filter(isOwn)));
    });
    const [first, ...more] = explanations;
    io.stdout(
      format === "json"
        ? prettyJson(more.length === 0 ? first : explanations)
        : explanations.map((explanation) => explainText(explanation, io)).join("\n"),
    );
  },
});
