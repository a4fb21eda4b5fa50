import { didYouMean } from "../../nearest";
import { UserError } from "../../user-error";
import { type Command, command } from "../command";
import { exitStatus } from "../io";

/** `completion`: a script that completes commands, flags, types and Sids. */
export function completionCommand(commands: () => readonly Command[]): Command {
  return command({
    name: "completion",
    argument: { name: "shell", describe: "bash or zsh", candidates: () => ["bash", "zsh"] },
    describe: "Print a script that completes commands, flags and database types",
    options: {},
    examples: [
      ["$0 completion bash >> ~/.bashrc", "for bash"],
      ["$0 completion zsh >> ~/.zshrc", "for zsh"],
    ],
    run: async ({ argument }, io) => {
      const { completion, shells } = await import("./completion");
      const shell = shells.find((name) => name === argument);
      if (shell === undefined) {
        throw new UserError(
          `There is no completion for ${JSON.stringify(argument)}.${didYouMean(argument, shells)} Shells: ${shells.join(", ")}.`,
        );
      }
      io.stdout(completion(shell, commands()));
      return exitStatus.ok;
    },
  });
}
