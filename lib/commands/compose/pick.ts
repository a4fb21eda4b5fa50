import { selectTypes } from "../../catalog/select-types";
import type { Inputs } from "../../inputs/assignments";
import { defineModule } from "../../inputs/module-definition";
import { switchesOf } from "../../inputs/type-variables";
import { UserError } from "../../text/user-error";
import { commandLineOf, shellWord } from "../../files/command-line";
import { list } from "../../answers/list";
import type { Io } from "../io";

const FOLDER = "./database-access";

/** The choices of a person: `defaults` are the switches that were turned. */
interface Choice {
  readonly types: readonly string[];
  readonly defaults: Inputs;
  readonly output: string;
}

/**
 * Asks for types, then for their switches, then for the folder if none was named, and ends with
 * the command that does the same without asking.
 *
 * @param output the folder, if the command line names one
 * @throws UserError if the person cancels
 */
export async function pick(output: string | undefined, io: Io): Promise<Choice> {
  // Loaded here, because only a person at a terminal needs it. What is asked is talk: not on stdout.
  const prompts = await import("@clack/prompts");
  const talk = { output: process.stderr };
  const answered = <Answer>(answer: Answer): Exclude<Answer, symbol> => {
    if (prompts.isCancel(answer)) throw new UserError("Cancelled. Nothing was written.");
    return answer as Exclude<Answer, symbol>;
  };

  const types = answered(
    await prompts.autocompleteMultiselect({
      ...talk,
      message: "Which databases does the Database Service give access to?",
      options: list().map(({ name, title, purpose }) => ({
        value: name,
        label: `${name} (${title})`,
        hint: purpose,
      })),
      maxItems: 12,
      required: true,
    }),
  );
  const { types: selected } = selectTypes(types);
  const switches = switchesOf(selected);
  const on =
    switches.size === 0
      ? []
      : answered(
          await prompts.autocompleteMultiselect({
            ...talk,
            message: "Which other permissions does it get?",
            options: [...switches].map(([variable, { description }]) => ({
              value: variable,
              label: variable,
              hint: description,
            })),
            initialValues: [...switches]
              .filter(([, toggle]) => toggle.default)
              .map(([name]) => name),
          }),
        );
  const folder =
    output ??
    answered(
      await prompts.text({
        ...talk,
        message: "Into which folder?",
        // Shown until something is typed.
        placeholder: FOLDER,
        defaultValue: FOLDER,
      }),
    );
  const defaults = Object.fromEntries(
    [...switches]
      .filter(([variable, toggle]) => on.includes(variable) !== toggle.default)
      .map(([variable]) => [variable, on.includes(variable)]),
  );
  io.stderr(
    `The same without questions:\n\n  ${commandLineOf(defineModule(selected), defaults)} --output ${shellWord(folder)}\n\n`,
  );
  return { types, defaults, output: folder };
}
