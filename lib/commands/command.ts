import type { InferredOptionTypes, Options } from "yargs";
import { UserError } from "../text/user-error";
import type { ExitStatus, Io } from "./io";

/** The parts of every command. Help, checks of flags and completion come from here. */
export interface Command {
  readonly name: string;
  /** The one word after the command's name; with `anyNumber`, several words or none. */
  readonly argument?: {
    readonly name: string;
    readonly describe: string;
    readonly anyNumber?: true;
    /** The words that are offered for completion. */
    readonly candidates: () => readonly string[];
  };
  readonly describe: string;
  readonly options: Readonly<Record<string, Options>>;
  readonly examples: readonly (readonly [command: string, effect: string])[];
  readonly run: Run<Readonly<Record<string, unknown>>>;
}

/** Runs a command; the exit status is that of success if it returns none. */
type Run<Args> = ((args: Args, io: Io) => Promise<ExitStatus>) | ((args: Args, io: Io) => void);

/** Declares a command; `run` gets the values of its flags, and those of its argument as `words`. */
export function command<const Flags extends Readonly<Record<string, Options>>>(
  definition: Omit<Command, "options" | "run"> & {
    readonly options: Flags;
    readonly run: Run<InferredOptionTypes<Flags> & { readonly words: readonly string[] }>;
  },
): Command {
  // yargs has checked and converted the values by the same options.
  return definition as unknown as Command;
}

/** `a,b`, `a b` and repeated flags all name a and b. */
export function splitWords(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(/[\s,]+/)).filter((word) => word !== "");
}

/** The flag that names database types. */
export const typesOption = {
  type: "string",
  array: true,
  describe: 'Database types, separated by commas or spaces, or "all"',
  coerce: splitWords,
} as const;

/** A command line without database types. */
export function typesMissing(): UserError {
  return new UserError(
    'Name the database types: --types rds,redshift, or --types all. "teleport-db-iam list" shows them.',
  );
}

/** The flag that sets variables. */
export const setOption = {
  type: "string",
  array: true,
  describe:
    "variable=value, as often as needed: text as it is, lists and objects as JSON. The rules are the variable's own",
} as const;

/** The flag that chooses between text and JSON. */
export const formatOption = {
  choices: ["text", "json"] as const,
  default: "text" as const,
  describe: "Text for people, or JSON for programs (its JSON Schema: teleport-db-iam schema)",
};
