import { didYouMean } from "../../text/nearest";
import { UserError } from "../../text/user-error";
import { type Command, command } from "../command";
import { exitStatus } from "../io";

/** The generator of each shell's script, loaded on demand. */
const shells: Readonly<Record<string, () => Promise<(commands: readonly Command[]) => string>>> = {
  bash: async () => (await import("./bash")).bashCompletion,
  zsh: async () => (await import("./zsh")).zshCompletion,
  fish: async () => (await import("./fish")).fishCompletion,
};
const names = Object.keys(shells);

/** `completion`: a script that completes commands, flags and their values. */
export function completionCommand(commands: () => readonly Command[]): Command {
  return command({
    name: "completion",
    argument: { name: "shell", describe: "bash, zsh or fish", candidates: () => names },
    describe: "Print a script that completes commands, flags, database types and variables",
    options: {},
    examples: [
      ["$0 completion bash >> ~/.bashrc", "for bash"],
      ["$0 completion zsh >> ~/.zshrc", "for zsh"],
      ["$0 completion fish > ~/.config/fish/completions/teleport-db-iam.fish", "for fish"],
    ],
    run: async ({ argument }, io) => {
      const load = Object.hasOwn(shells, argument) ? shells[argument] : undefined;
      if (load === undefined) {
        throw new UserError(
          `There is no completion for ${JSON.stringify(argument)}.${didYouMean(argument, names)} Shells: ${names.join(", ")}.`,
        );
      }
      io.stdout((await load())(commands()));
      return exitStatus.ok;
    },
  });
}
