import { unsupportedTypes } from "../catalog/unsupported-types";
import type { Io } from "./io";
import { wrap } from "../text/wrap";
import type { ListedType } from "../answers/list";

/** The database types as a person reads them, and which databases of AWS are none. */
export function listText(
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
        ...wrap(`${type.name}  ${type.title}`, columns).map((line) =>
          line.replace(type.name, colours.bold(type.name)),
        ),
        ...wrap(type.purpose, columns - 2).map((line) => `  ${line}`),
        ...type.statements.flatMap(statementLines),
        "",
      ].join("\n"),
    ),
    [...wrap(others, columns), ""].join("\n"),
  ].join("\n");
}
