import type { Colors } from "picocolors/types";
import type { ListedType } from "./list";

/** The database types as a person reads them. */
export function listText(types: readonly ListedType[], colours: Colors): string {
  const sids = types.flatMap(({ statements }) => statements.map(({ sid }) => sid.length));
  const width = Math.max(...sids);
  return types
    .map((type) =>
      [
        `${colours.bold(type.name)}  ${type.title}`,
        `  ${type.purpose}`,
        ...type.statements.map(
          ({ sid, purpose, variable }) =>
            `  ${colours.cyan(sid.padEnd(width))}  ${purpose}${variable === null ? "" : colours.dim(` [${variable}]`)}`,
        ),
        "",
      ].join("\n"),
    )
    .join("\n");
}
