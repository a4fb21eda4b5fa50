import { databaseTypes } from "../../lib/catalog";
import type { DatabaseType } from "../../lib/catalog/database-type";

/** Every non-empty set of types, in the page's order, by a number whose bits are the types. */
export const typeCombinations: readonly (readonly DatabaseType[])[] = Array.from(
  { length: 2 ** databaseTypes.length - 1 },
  (_, index) => databaseTypes.filter((_type, bit) => ((index + 1) & (1 << bit)) !== 0),
);
