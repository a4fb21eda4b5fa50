import { list, type ListedType } from "../answers/list";
import { unsupportedTypes } from "../catalog/unsupported-types";
import { prettyJson } from "../text/json";
import { wrap } from "../text/wrap";
import { command, formatOption } from "./command";
import { type Layout, part } from "./explain-text";

/** The database types as a person reads them, and which databases of AWS are none. */
function listText(types: readonly ListedType[], layout: Layout): string {
  const sids = types.flatMap(({ statements }) => statements.map(({ sid }) => sid.length));
  const width = sids.reduce((most, length) => Math.max(most, length), 0) + 2;
  const unsupported = unsupportedTypes.map(({ title, names }) => `${title} (${names.join(", ")})`);
  const others = `Teleport does not support ${unsupported.join(", ")}, so they have no module.`;
  const parts = types.map(({ name, title, purpose, statements }) => {
    const lines = statements.map(
      ({ sid, purpose: why, variable }) =>
        [sid, [variable === null ? why : `${why} [${variable}]`]] as const,
    );
    return part(`${layout.colours.bold(name)}  ${title}`, purpose, lines, layout, width);
  });
  return [...parts, wrap(others, layout.columns)].flatMap((lines) => [...lines, ""]).join("\n");
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
