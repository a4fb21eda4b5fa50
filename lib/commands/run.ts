import yargs, { type Argv } from "yargs";
import {
  argumentMissing,
  flagEmpty,
  flagGivenTwice,
  flagWithValue,
  unknownArgument,
  unknownCommand,
  UserError,
} from "../user-error";
import { nearest } from "../nearest";
import type { Command } from "./command";
import { commands } from "./commands";
import { exitStatus, type ExitStatus, type Io } from "./io";

/** Called wrongly: yargs found fault with the words of the command line. */
class UsageError extends UserError {}

const names = commands.map(({ name }) => name);

/** What yargs says of the words, with the nearest flag for one that does not exist. */
function usageError(message: string, { options }: Pick<Command, "options">): UserError {
  const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(message) ?? [];
  if (unknown === undefined) return new UsageError(message);
  return unknownArgument(unknown, nearest(unknown.replace(/^-+/, ""), Object.keys(options)));
}

/**
 * Refuses what yargs lets pass: a flag given twice as a list, one without a value as "", and
 * words behind "--".
 */
function checkValues(
  args: Readonly<Record<string, unknown>> & { readonly _: readonly (string | number)[] },
  { options }: Command,
): true {
  const [, extra] = args._;
  if (extra !== undefined) throw unknownArgument(String(extra), undefined);
  for (const [flag, { array }] of Object.entries(options)) {
    const value = args[flag];
    if (Array.isArray(value) && array !== true) throw flagGivenTwice(flag);
    if (value === "") throw flagEmpty(flag);
  }
  return true;
}

/**
 * Refuses what yargs does not tell apart from a right use: a value of a switch, which it takes for
 * "false" (`--check=1` must not write), and a list flag without a value.
 */
function checkWords(words: readonly string[], options: Command["options"]): void {
  for (const [index, word] of words.entries()) {
    const [, flag = "", value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const { type, array } = options[flag] ?? {};
    if (type === "boolean" && value !== undefined && !/^(true|false)$/.test(value)) {
      throw flagWithValue(flag);
    }
    const next = value ?? words[index + 1];
    if (array === true && (next === undefined || next.startsWith("--"))) throw flagEmpty(flag);
  }
}

/** Adds a command to the parser. */
function add(parser: Argv, command: Command, io: Io, done: (status: ExitStatus) => void): Argv {
  const { name, argument, describe, options, examples } = command;
  return parser.command(
    argument === undefined ? name : `${name} [${argument.name}]`,
    describe,
    (own) => {
      if (argument !== undefined) {
        own.positional(argument.name, { type: "string", describe: argument.describe });
      }
      for (const [example, effect] of examples) own.example(example, effect);
      return own
        .options(options)
        .check((args) => checkValues(args, command))
        .fail((message, error: Error | undefined) => {
          throw error ?? usageError(message, command);
        });
    },
    async (args) => {
      const word = argument === undefined ? undefined : args[argument.name];
      if (argument !== undefined && argument.optional !== true && word === undefined) {
        throw argumentMissing(name, argument.name, argument.describe);
      }
      done(await command.run({ ...args, argument: word ?? "" }, io));
    },
  );
}

/**
 * Runs the command line.
 *
 * @param args the words after the program's name
 * @returns the exit status; nothing is thrown for a mistake of the caller
 */
export async function run(args: readonly string[], io: Io): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.ok;
  const parser = yargs()
    .scriptName("teleport-db-iam")
    .usage(
      "$0 <command>\n\nTerraform modules for the AWS IAM permissions of Teleport's Database Service.",
    )
    // The help follows $LANG otherwise.
    .locale("en")
    .parserConfiguration({ "dot-notation": false, "boolean-negation": false })
    .demandCommand(1, "Name a command.")
    .strict()
    .version(false)
    .help()
    .alias("help", "h")
    .epilog(
      "Exit status: 0 done, 1 the answer is no, 2 wrong use or not done. Every message says what to do.",
    )
    .wrap(100)
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      throw error ?? usageError(message, { options: {} });
    });
  for (const command of commands) {
    add(parser, command, io, (result) => {
      status = result;
    });
  }
  try {
    const [first] = args;
    if (first !== undefined && !first.startsWith("-") && !names.includes(first)) {
      throw unknownCommand(first, nearest(first, names), names);
    }
    checkWords(args, commands.find(({ name }) => name === first)?.options ?? {});
    await parser.parseAsync(args, {}, (error, _argv, output) => {
      if (error === undefined && output !== "") io.stdout(`${output}\n`);
    });
    return status;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const help = error instanceof UsageError ? "\nSee: teleport-db-iam --help" : "";
    io.stderr(`Error: ${error.message}${help}\n`);
    return exitStatus.failed;
  }
}
