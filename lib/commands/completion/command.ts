import { didYouMean } from "../../text/nearest";
import { UserError } from "../../text/user-error";
import { command } from "../command";
import { scripts } from "./scripts";

const shells = [...scripts.keys()];

/** `completion`: a script that completes commands, flags and their values. */
export const completionCommand = command({
  name: "completion",
  argument: { name: "shell", describe: "bash, zsh or fish", candidates: () => shells },
  describe: "Print a script that completes commands, flags, database types and variables",
  options: {},
  examples: [
    ["$0 completion bash >> ~/.bashrc", "for bash"],
    ["$0 completion zsh >> ~/.zshrc", "for zsh"],
    ["$0 completion fish > ~/.config/fish/completions/teleport-db-iam.fish", "for fish"],
  ],
  run: ({ words: [shell = ""] }, io) => {
    const script = scripts.get(shell);
    if (script === undefined) {
      throw new UserError(
        `There is no completion for ${JSON.stringify(shell)}.${didYouMean(shell, shells)} Shells: ${shells.join(", ")}.`,
      );
    }
    io.stdout(script);
  },
});
