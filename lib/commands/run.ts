import yargs, { type Argv } from "yargs";
import { version } from "../../package.json";
import { typeNames } from "../catalog/select-types";
import { didYouMean, nearest } from "../text/nearest";
import { UserError } from "../text/user-error";
import { type Command, flagEmpty } from "./command";
import { commands } from "./commands";
import { exitStatus, type ExitStatus, type Io } from "./io";
import { wrap } from "../text/wrap";

/** How wide the help is where no terminal says it, in characters. */
const HELP_WIDTH = 100;

const PROGRAM = "teleport-db-iam";

const names = commands.map(({ name }) => name);

/** The part of a command that its messages need. */
type Usage = Pick<Command, "name" | "options">;

/** Where a message sends the reader for more. */
function seeHelp({ name }: Usage): string {
  return `See: teleport-db-iam ${[name, "--help"].join(" ").trim()}`;
}

/** A word of the command line that a command does not take. */
function unknownArgument(given: string, usage: Usage): UserError {
  const isType = "types" in usage.options && [...typeNames, "all"].includes(given);
  const near = nearest(given.replace(/^-+/, ""), Object.keys(usage.options));
  const meant = isType ? `types ${given}` : near;
  return new UserError(
    `Unknown argument: ${given}.${meant === undefined ? "" : ` Did you mean --${meant}?`}\n${seeHelp(usage)}`,
  );
}

/** What yargs says of the words, in our own. */
function usageError(message: string, usage: Usage = { name: "", options: {} }): UserError {
  const { options } = usage;
  const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(message) ?? [];
  if (unknown !== undefined) return unknownArgument(unknown, usage);
  // As of a lone "-x" where a value should stand.
  const [, valueless] = /^Not enough arguments following: (.+)/.exec(message) ?? [];
  if (valueless !== undefined) return flagEmpty(valueless);
  const [, flag, given] = /^ *Argument: (.+?), Given: (.+), Choices: /m.exec(message) ?? [];
  if (flag === undefined || given === undefined) {
    return new UserError(`${message}\n${seeHelp(usage)}`);
  }
  const choices = options[flag]?.choices?.join(", ") ?? "";
  return new UserError(`--${flag} is ${given}. Choices: ${choices}.\n${seeHelp(usage)}`);
}

/** What is thrown where yargs fails: an error of ours as it is, and what yargs says in our words. */
function failure(message: string, error: Error | undefined, usage?: Usage): Error {
  return error === undefined || error.name === "YError" ? usageError(message, usage) : error;
}

/**
 * Refuses what yargs lets pass: a flag given twice as a list, one without a value as "", and
 * words behind "--".
 */
function checkValues(
  args: Readonly<Record<string, unknown>> & { readonly _: readonly (string | number)[] },
  usage: Usage,
): true {
  const [, extra] = args._;
  if (extra !== undefined) throw unknownArgument(String(extra), usage);
  for (const [flag, { array }] of Object.entries(usage.options)) {
    const value = args[flag];
    if (Array.isArray(value) && array !== true) {
      throw new UserError(`--${flag} was given twice. Give it once.`);
    }
    if (value === "") throw flagEmpty(flag);
  }
  return true;
}

/**
 * Refuses what yargs does not tell apart from a right use: a value of a switch, which it takes for
 * "false" (`--check=1` must not write), and a flag without a value, for which it takes the default.
 */
function checkWords(words: readonly string[], options: Command["options"]): void {
  for (const [index, word] of words.entries()) {
    const [, flag = "", value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (!Object.hasOwn(options, flag)) continue;
    if (options[flag]?.type === "boolean") {
      if (value === undefined || /^(true|false)$/.test(value)) continue;
      throw new UserError(`--${flag} takes no value. Give it alone, or leave it out.`);
    }
    const next = value ?? words[index + 1];
    if (next === undefined || next.startsWith("--")) throw flagEmpty(flag);
  }
}

/** What stands below the flags: in columns of its own it would be broken in the middle of words. */
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

/**
 * A command line that was parsed. It is thrown, for yargs renders the command's help as soon as a
 * handler returns, which takes longer than parsing.
 */
class Parsed extends Error {
  constructor(readonly run: () => ReturnType<Command["run"]>) {
    super("parsed");
  }
}

/** Adds a command to the parser. */
function add(parser: Argv, command: Command, io: Io): Argv {
  const { name, argument, describe, options } = command;
  return parser.command(
    argument === undefined ? name : `${name} [${argument.name}]`,
    describe,
    (own) => {
      if (argument !== undefined) {
        own.positional(argument.name, { type: "string", describe: argument.describe });
      }
      return own
        .version(false)
        .epilog(epilog(command, io))
        .options(options)
        .check((args) => checkValues(args, command))
        .fail((message, error: Error | undefined) => {
          throw failure(message, error, command);
        });
    },
    (args) => {
      const word = argument === undefined ? undefined : args[argument.name];
      if (argument !== undefined && argument.optional !== true && word === undefined) {
        throw new UserError(
          `${name} needs a word: teleport-db-iam ${name} <${argument.name}>. It is: ${argument.describe}.`,
        );
      }
      throw new Parsed(() => command.run({ ...args, argument: word ?? "" }, io));
    },
  );
}

/** The words that the parser knows: no word, `help` and `version` are flags to it. */
function asFlags([first, ...others]: readonly string[]): readonly string[] {
  switch (first) {
    case undefined:
      return ["--help"];
    case "help":
      return [...others, "--help"];
    case "version":
      return ["--version", ...others];
    default:
      return [first, ...others];
  }
}

/** A word whose value yargs takes as it is: of `--flag="value"` it drops the quotes, which no shell left. */
function withItsQuotes(word: string): string {
  const [, flag, value = ""] = /^(--[^=]+=)(.*)$/s.exec(word) ?? [];
  return flag !== undefined && /^(["']).*\1$/s.test(value) ? `${flag}"${value}"` : word;
}

/** The command that `words` are; undefined where they ask for help or the version, which is printed. */
async function parse(parser: Argv, words: readonly string[], io: Io): Promise<Parsed | undefined> {
  try {
    await parser.parseAsync(words.map(withItsQuotes), {}, (error, _argv, output) => {
      if (error === undefined && output !== "") io.stdout(`${output}\n`);
    });
    return undefined;
  } catch (error) {
    if (error instanceof Parsed) return error;
    throw error;
  }
}

/**
 * Runs the command line.
 *
 * @param args the words after the program's name
 * @returns the exit status; nothing is thrown for a mistake of the caller
 */
export async function run(args: readonly string[], io: Io): Promise<ExitStatus> {
  const parser = yargs()
    .scriptName(PROGRAM)
    .usage(
      "$0 <command>\n\nTerraform modules for the AWS IAM permissions of Teleport's Database Service.",
    )
    // The help follows $LANG otherwise.
    .locale("en")
    .parserConfiguration({ "dot-notation": false, "boolean-negation": false })
    .demandCommand(1, "Name a command.")
    .strict()
    .version(version)
    .alias("help", "h")
    .epilog(
      "Exit status: 0 done, 1 the answer is no, 2 wrong use or not done. Every message says what to do.",
    )
    .wrap(Number.isFinite(io.columns) ? io.columns : HELP_WIDTH)
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      throw failure(message, error);
    });
  for (const command of commands) add(parser, command, io);
  try {
    const words = asFlags(args);
    const [first = ""] = words;
    if (!first.startsWith("-") && !names.includes(first)) {
      throw new UserError(
        `Unknown command ${JSON.stringify(first)}.${didYouMean(first, [...names, "help", "version"])} Commands: ${names.join(", ")}.`,
      );
    }
    checkWords(words, commands.find(({ name }) => name === first)?.options ?? {});
    const parsed = await parse(parser, words, io);
    return (await parsed?.run()) ?? exitStatus.ok;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    io.stderr(`Error: ${error.message}\n`);
    return exitStatus.failed;
  }
}
