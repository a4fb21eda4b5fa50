import type { Options } from "yargs";
import { UserError } from "../text/user-error";

const isBlank = (value: unknown): boolean => typeof value === "string" && /^[\s,]*$/.test(value);

/**
 * An option with the rules that hold for all of them:
 *
 * - a switch takes no value: `--check=1` must not write
 * - everything else needs a value, and an empty one is refused: `--fail-on "$UNSET"` must not pass
 * - an option that is not a list, and has no way of its own to take several values, is given once
 */
function withRules(name: string, option: Options): Options {
  if (option.type === "boolean") return { ...option, nargs: 0 };
  const { array = false, coerce } = option;
  return {
    requiresArg: true,
    ...option,
    coerce: (value: unknown): unknown => {
      const values = [value].flat();
      if (values.some(isBlank)) {
        throw new UserError(`--${name} is empty. Give it a value, or leave it out.`);
      }
      if (coerce !== undefined) return coerce(value) as unknown;
      if (values.length > 1 && !array) {
        throw new UserError(`--${name} was given twice. Give it once.`);
      }
      return value;
    },
  };
}

/** The options of a command as yargs gets them. */
export function yargsOptions(options: Readonly<Record<string, Options>>): Record<string, Options> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, withRules(name, option)]),
  );
}
