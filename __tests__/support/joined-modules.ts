import { RootConstruct } from "constructs";
import type { DatabaseType } from "../../lib/catalog/database-type";
import { defineModule } from "../../lib/inputs/module-definition";
import { databaseAccess } from "../../lib/module/database-access";
import { renderModule } from "../../lib/module/render";
import { DatabaseAccessModule } from "../../lib/synthesis/database-access-module";

const MARKER = "Made by a test.";

/** The combinations of types, as names, whose joined module is not byte for byte what CDKTF renders now. */
export function joinedDifferently(combinations: readonly (readonly DatabaseType[])[]): string[] {
  return combinations
    .filter((types) => {
      const definition = defineModule(types);
      const stack = new DatabaseAccessModule(new RootConstruct(), "module", MARKER, definition);
      const joined = renderModule(MARKER, databaseAccess(definition));
      return JSON.stringify(joined) !== JSON.stringify(stack.toModule());
    })
    .map((types) => types.map(({ name }) => name).join(","));
}
