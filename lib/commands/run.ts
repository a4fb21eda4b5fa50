import type { Argv } from "yargs";
import yargs from "yargs/yargs";
import { version } from "../../package.json";
import { typeNames } from "../catalog/select-types";
import { didYouMean, nearest } from "../text/nearest";
import { withSystemErrorsExplained } from "../text/system-error";
import { showUnseenInLines } from "../text/unseen";
import { UserError } from "../text/user-error";
import { wrap } from "../text/wrap";
import type { Command } from "./command";
import { offers } from "./completion/offers";
import { ASK } from "./completion/scripts";
import { exitStatus, type ExitStatus, type Io } from "./io";
import { yargsOptions } from "./options";
import { commands } from "./registry";

/** The width of the help without a terminal, in characters. */
const HELP_WIDTH = 100;

const PROGRAM = "teleport-db-iam";

const names = commands.map(({ name }) => name);

/** Messages of yargs in our words. yargs puts its values in for %s. */
const MESSAGES = {
  "Not enough arguments following: %s": "--%s is empty. Give it a value, or leave it out.",
  "Argument unexpected for: %s": "--%s takes no value. Give it alone, or leave it out.",
  "Invalid values:": "Invalid value:",
  "Arguments %s and %s are mutually exclusive": "--%s and --%s exclude each other. Give one.",
  "Argument: %s, Given: %s, Choices: %s": "--%s is %s. Choices: %s.",
};

function seeHelp(command = ""): string {
  return `See: ${`${PROGRAM} ${command}`.trim()} --help`;
}

/** A word of the command line that a command does not take. */
function unknownArgument(given: string, { name, options }: Pick<Command, "name" | "options">) {
  const isType = "types" in options && [...typeNames, "all"].includes(given);
  const meant = isType ? `types ${given}` : nearest(given, Object.keys(options));
  return new UserError(
    `Unknown argument: ${given}.${meant === undefined ? "" : ` Did you mean --${meant}?`}\n${seeHelp(name)}`,
  );
}

/** Refuses words that the command does not take. yargs names each option once by its name and its alias. */
function checkArguments(args: Readonly<Record<string, unknown>>, command: Command): true {
  const { options, argument } = command;
  const aliases = Object.values(options).flatMap(({ alias = [] }) => alias);
  const known = ["_", "$0", argument?.name, ...Object.keys(options), ...aliases];
  const [, extra] = args._ as readonly (string | number)[];
  const unknown = Object.keys(args).find((name) => !known.includes(name)) ?? extra;
  if (unknown !== undefined) throw unknownArgument(String(unknown), command);
  const word = argument === undefined ? undefined : args[argument.name];
  if (argument !== undefined && argument.anyNumber !== true && word === undefined) {
    throw new UserError(
      `${command.name} needs an argument: ${PROGRAM} ${command.name} <${argument.name}>. It is: ${argument.describe}.`,
    );
  }
  return true;
}

/** The types and examples below the flags. In columns of yargs, words would be broken. */
function epilog({ options, examples }: Command, { columns }: Io): string {
  const lines = (text: string, margin: number): string[] =>
    wrap(text, columns - margin - 2).map((line) => " ".repeat(margin) + line);
  return [
    ...("types" in options ? ["Types:", ...lines(typeNames.join(", "), 2), ""] : []),
    "Examples:",
    ...examples.flatMap(([example, effect]) => [
      ...lines(example.replaceAll("$0", PROGRAM), 2),
      ...lines(effect, 6),
    ]),
  ].join("\n");
}

/** Adds a command to the parser. `finish` gets its exit status. */
function add(parser: Argv, command: Command, io: Io, finish: (status: ExitStatus) => void): void {
  const { name, argument, describe, options } = command;
  const several = argument?.anyNumber === true ? ".." : "";
  parser.command(
    argument === undefined ? name : `${name} [${argument.name}${several}]`,
    describe,
    (own) => {
      if (argument !== undefined) {
        own.positional(argument.name, { type: "string", describe: argument.describe });
      }
      return own
        .version(false)
        .epilog(epilog(command, io))
        .options(yargsOptions(options))
        .check((args) => checkArguments(args, command));
    },
    async (args) => {
      const words = [argument === undefined ? [] : (args[argument.name] ?? [])].flat();
      finish((await command.run({ ...args, words }, io)) ?? exitStatus.ok);
    },
  );
}

/** `help` and `version` as the flags that the parser knows. */
function asFlags([first = "help", ...others]: readonly string[]): readonly string[] {
  if (first === "version") return ["--version", ...others];
  if (first !== "help") return [first, ...others];
  return [...others.filter((word) => word !== "help"), "--help"];
}

/** Runs the command that the words name, or prints the help or the version. */
async function runCommand(words: readonly string[], io: Io): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.ok;
  // Some folder, because it asks for the working directory otherwise, which may not exist any more.
  const parser = yargs([], "/")
    .scriptName(PROGRAM)
    .usage(
      "$0 <command>\n\nTerraform modules for the AWS IAM permissions of Teleport's Database Service.",
    )
    // The help follows $LANG otherwise.
    .locale("en")
    .updateStrings(MESSAGES)
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
    })
    .demandCommand(1, "Name a command.")
    .version(version)
    .alias("help", "h")
    .nargs("help", 0)
    .epilog(
      "Exit status: 0 success; 1 the check failed; 2 invalid usage or an error. Every message says what to do.",
    )
    .wrap(Number.isFinite(io.columns) ? io.columns : HELP_WIDTH)
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      // Our own checks throw errors that have all that a person needs.
      if (error !== undefined && error.name !== "YError") throw error;
      throw new UserError(`${message}\n${seeHelp(names.find((name) => name === words[0]))}`);
    });
  for (const command of commands) add(parser, command, io, (own) => (status = own));
  await parser.parseAsync(words, {}, (error, _args, output) => {
    if (error === undefined && output !== "") io.stdout(`${output}\n`);
  });
  return status;
}

/** Names under which yargs keeps its own results, or finds what every object of JavaScript has. */
const isReserved = (name: string): boolean => ["$0", "_"].includes(name) || name in {};

/** @throws UserError for a flag that yargs would take for something else, and for an unknown command */
function checkWords(words: readonly string[]): void {
  for (const word of words) {
    const [, name = ""] = /^--?([^=]+)/.exec(word) ?? [];
    if (isReserved(name)) throw new UserError(`Unknown argument: ${name}.\n${seeHelp()}`);
  }
  const [first = ""] = words;
  if (first.startsWith("-") || names.includes(first)) return;
  throw new UserError(
    `Unknown command ${JSON.stringify(first)}.${didYouMean(first, [...names, "help", "version"])} Commands: ${names.join(", ")}.`,
  );
}

/**
 * Runs the command line.
 *
 * @param args the words after the program's name
 * @returns the exit status; nothing is thrown for a mistake of the caller
 */
export async function run(args: readonly string[], io: Io): Promise<ExitStatus> {
  const visible: Io = {
    ...io,
    stderr: (text) => {
      io.stderr(showUnseenInLines(text));
    },
  };
  try {
    if (args[0] === ASK) {
      io.stdout(
        offers(commands, args.slice(1))
          .map((offer) => `${offer}\n`)
          .join(""),
      );
      return exitStatus.ok;
    }
    const words = asFlags(args);
    checkWords(words);
    return await runCommand(words, visible);
  } catch (caught) {
    const error = withSystemErrorsExplained(caught);
    if (!(error instanceof UserError)) throw error;
    visible.stderr(`Error: ${error.message}\n`);
    return exitStatus.failed;
  }
}
