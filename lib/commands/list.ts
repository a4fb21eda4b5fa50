import { list, type ListedType } from "../answers/list";
import { unsupportedTypes } from "../catalog/unsupported-types";
import { prettyJson } from "../text/json";
import { wrap } from "../text/wrap";
import { command, formatOption } from "./command";
import type { Io } from "./io";

/** The database types as a person reads them, and which databases of AWS are none. */
function listText(
  types: readonly ListedType[],
  { colours, columns }: Pick<Io, "colours" | "columns">,
): string {
  const sids = types.flatMap(({ statements }) => statements.map(({ sid }) => sid.length));
  const width = sids.reduce((most, length) => Math.max(most, length), 0);
  const statementLines = ({
    sid,
    purpose,
    variable,
  }: ListedType["statements"][number]): string[] => {
    const name = variable === null ? "" : `[${variable}]`;
    return wrap(`${purpose} ${name}`.trim(), columns - width - 4).map(
      (line, index) =>
        `  ${colours.cyan((index === 0 ? sid : "").padEnd(width))}  ${line.replace(name, colours.dim(name))}`,
    );
  };

  const unsupported = unsupportedTypes.map(({ title, names }) => `${title} (${names.join(", ")})`);
  const others = `Teleport does not support ${unsupported.join(", ")}, so they have no module.`;

  return [
    ...types.map((type) =>
      [
        `${colours.bold(type.name)}  ${type.title}`,
        ...wrap(type.purpose, columns - 2).map((line) => `  ${line}`),
        ...type.statements.flatMap(statementLines),
        "",
      ].join("\n"),
    ),
    [...wrap(others, columns), ""].join("\n"),
  ].join("\n");
}

/** `list`: the database types, their statements, and what each is for. */
export const listCommand = command({
  name: "list",
  describe: "Show the database types, their statements by Sid, and what each is for",
  options: { format: formatOption },
  examples: [
    ["$0 list", "all types"],
    ["$0 list --format json | jq -r '.[].name'", "their names, for a script"],
  ],
  run: ({ format }, io) => {
    const types = list();
    io.stdout(format === "json" ? prettyJson(types) : listText(types, io));
  },
});
