import type { Options } from "yargs";
import { selectTypes, typeNames } from "../../catalog/select-types";
import { defineModule } from "../../inputs/module-definition";
import type { Command } from "../command";

/** `name=` of every variable of the module of all types; of one that is true or false, with the value. */
function assignments(): string[] {
  return defineModule(selectTypes(["all"]).types).variables.flatMap(({ name, type }) =>
    type.kind === "bool" ? [`${name}=true`, `${name}=false`] : [`${name}=`],
  );
}

/** The values of the flag `name` that begin as `current`; none if they are files or a person's own. */
function values(name: string, { choices = [], array }: Options, current: string): string[] {
  if (name === "set") return assignments();
  const words = name === "types" ? [...typeNames, "all"] : choices.map(String);
  // In a list, the values before the last comma stay.
  const before = array === true ? current.slice(0, current.lastIndexOf(",") + 1) : "";
  return words.map((word) => `${before}${word}`);
}

/** The flag of a command that a word names, with its own name. */
function flagNamed({ options }: Command, word: string): readonly [string, Options] | undefined {
  return Object.entries(options).find(
    ([name, { alias }]) =>
      word === `--${name}` || (typeof alias === "string" && word === `-${alias}`),
  );
}

function all(commands: readonly Command[], words: readonly string[], current: string): string[] {
  const described = commands.map(({ name, describe }) => `${name}\t${describe}`);
  const [name, ...before] = words;
  if (name === undefined) return [...described, "help", "version", "--help", "--version"];
  if (name === "help") return described;
  const command = commands.find((each) => each.name === name);
  if (command === undefined) return [];
  const [, assigned, value = ""] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
  if (assigned !== undefined) {
    const flag = flagNamed(command, assigned);
    return flag === undefined ? [] : values(...flag, value).map((each) => `${assigned}=${each}`);
  }
  const flag = flagNamed(command, before.filter((word) => word.startsWith("-")).at(-1) ?? "");
  if (flag !== undefined && flag[1].type !== "boolean" && !current.startsWith("-")) {
    return values(...flag, current);
  }
  const flags = Object.entries(command.options).map(
    ([each, { describe = "" }]) => `--${each}\t${describe}`,
  );
  const candidates = before.length === 0 ? (command.argument?.candidates() ?? []) : [];
  return [...candidates, ...flags, "--help"];
}

/**
 * The words that a shell offers in place of the last one, which is being typed: each with its description
 * after a tab, if it has one. If there are none, the shell offers files.
 *
 * @param words the words after the program's name, up to the cursor
 */
export function offers(commands: readonly Command[], words: readonly string[]): string[] {
  const current = words.at(-1) ?? "";
  return all(commands, words.slice(0, -1), current).filter((offer) => offer.startsWith(current));
}
